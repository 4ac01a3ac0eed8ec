"""The work that workers do for calendars."""

from __future__ import annotations

from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from programmes.calendars.actions import READ
from programmes.calendars.work import read_calendar
from programmes.models import LogFile


@handler(READ)
def read(job: Job, progress: Progress) -> None:
    found = LogFile.objects.select_related("content", "person__user")
    if (file := found.filter(pk=job.payload["file"]).first()) is not None:
        read_calendar(file, progress)
