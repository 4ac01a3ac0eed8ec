"""The letters about a report: it is ready, or it could not be made. A link, never the file."""

from __future__ import annotations

from django.conf import settings

from embedded import post
from embedded.jobs.models import Job
from programmes.measures.period import Period, day_span
from programmes.models import Report


def tell_made(report: Report) -> None:
    _tell(report, f"Your report is ready: {report.programme}", "report_made", f"report-made-{report.pk}")


def tell_failed(report: Report, job: Job) -> None:
    """Once for each time that it failed for good."""
    subject = f"Your report could not be made: {report.programme}"
    _tell(report, subject, "report_failed", f"report-failed-{report.pk}-{job.ended_at:%Y%m%d%H%M%S%f}", job)


def _tell(report: Report, subject: str, template: str, key: str, job: Job | None = None) -> None:
    asker = report.asked_by
    to = asker.email or (asker.user.email if asker.user else "")
    if not to:
        return
    post.write(
        to=to,
        subject=subject,
        template=template,
        context={
            "report": report,
            "period": day_span(Period(report.start, report.end)),
            "error": job.error if job else "",
            "address": settings.BASE_URL + report.get_absolute_url(),
        },
        key=key,
    )
