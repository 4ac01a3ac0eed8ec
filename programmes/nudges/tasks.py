"""The round that looks each morning who has logged nothing for a while."""

from __future__ import annotations

from typing import Final

from django.utils import timezone

from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from programmes.nudges.actions import remind

MORNING: Final = range(8, 12)  # hours in London; a morning in which nothing ran is not made up for at night


@handler("nudges.look")
def look(job: Job, progress: Progress) -> None:
    now = timezone.localtime()
    if now.hour in MORNING:
        remind(now.date())
