"""The daily round that asks what lasted, six and twelve months after the end."""

from __future__ import annotations

from django.utils import timezone

from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from programmes.course.due import ask_what_is_due


@handler("looking_back.ask")
def ask_what_lasted(job: Job, progress: Progress) -> None:
    ask_what_is_due(timezone.localdate())
