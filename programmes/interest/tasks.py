"""The daily round that forgets interests whose time is over."""

from __future__ import annotations

from django.utils import timezone

from embedded.jobs import Progress, handler
from embedded.jobs.models import Job
from programmes.interest.actions import forget


@handler("interests.purge")
def purge(job: Job, progress: Progress) -> None:
    forget(timezone.localdate())
