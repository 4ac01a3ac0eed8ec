"""The round that reminds of what is due or runs out."""

from __future__ import annotations

from django.utils import timezone

from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from programmes.onboarding.reminding import remind


@handler("access.remind")
def remind_of_access(job: Job, progress: Progress) -> None:
    remind(timezone.localdate())
