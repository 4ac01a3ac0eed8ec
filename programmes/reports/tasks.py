"""The work that workers do for reports: make one, and tell its asker when it failed for good."""

from __future__ import annotations

from typing import Final

from embedded.audit import record
from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from programmes.models import Report
from programmes.reports import build, notices
from programmes.reports.reading import place_of

KIND: Final = "programme_report"


def failed(job: Job) -> None:
    report = _report(job)
    record(report.asked_by, "report.failed", str(report), place_of(report), details={"tries": job.tries})
    notices.tell_failed(report, job)


@handler(KIND, failed=failed)
def make(job: Job, progress: Progress) -> None:
    build.make(_report(job), progress)


def _report(job: Job) -> Report:
    found = Report.objects.select_related("programme", "theme", "asked_by__user")
    return found.get(pk=job.payload["report"])
