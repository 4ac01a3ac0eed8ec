"""The work that workers do for working agreements: print one."""

from __future__ import annotations

from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from programmes.agreements import build
from programmes.agreements.working import KIND
from programmes.models import WorkingAgreement


@handler(KIND)
def make(job: Job, progress: Progress) -> None:
    found = WorkingAgreement.objects.select_related("residency__programme", "asked_by")
    build.make(found.get(pk=job.payload["working_agreement"]), progress)
