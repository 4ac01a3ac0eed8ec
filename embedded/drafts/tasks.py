"""The hourly round that throws away old drafts, form keys and parked posts."""

from __future__ import annotations

from django.utils import timezone

from embedded.drafts.sweeping import sweep
from embedded.jobs import Progress, handler
from embedded.jobs.models import Job


@handler("drafts.sweep")
def sweep_drafts(job: Job, progress: Progress) -> None:
    sweep(timezone.now())
