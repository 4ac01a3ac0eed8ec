"""The daily round that looks who has logged nothing for a while."""

from __future__ import annotations

from django.utils import timezone

from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from programmes.nudges.actions import remind


@handler("nudges.look")
def look(job: Job, progress: Progress) -> None:
    remind(timezone.localdate())
