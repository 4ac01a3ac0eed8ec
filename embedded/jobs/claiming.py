"""Who holds a job: claimed for the time of a lease, renewed while held, and ended only by its holder."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import uuid4

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Now

from embedded.jobs import handlers
from embedded.jobs.models import OPEN_STATES, Job, JobQuerySet, JobState

log = structlog.get_logger(__name__)

MOST_TRIES: Final = 3
GAVE_UP: Final = "We tried three times and could not finish this. Try again, and tell us if it fails again."


class LeaseLost(Exception):
    """Somebody else has taken the job over: whatever was made here must not count."""


@transaction.atomic
def claim(job_id: int) -> Job | None:
    """The job, now ours for the time of a lease; None when it is not ready, held, ended or given up."""
    job = Job.objects.ready(Now()).select_for_update(skip_locked=True).filter(pk=job_id).first()
    if job is None:
        return None
    if job.tries >= MOST_TRIES:
        give_up(job, GAVE_UP)
        return None
    Job.objects.filter(pk=job_id).update(
        state=JobState.RUNNING,
        lease_token=uuid4(),
        lease_until=Now() + settings.JOB_LEASE,
        tries=F("tries") + 1,
        started_at=Coalesce("started_at", Now()),
        not_before=None,
    )
    job.refresh_from_db()
    return job


def held(job: Job) -> JobQuerySet:
    """The job's row, as long as it is still ours."""
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, lease_token=job.lease_token)


def renew(job: Job, step: str = "", done: int = 0, of: int = 0) -> None:
    """Keeps the job for another lease and says how far it is."""
    held(job).update(
        lease_until=Now() + settings.JOB_LEASE, step=step[:200], done_units=max(0, done), of_units=max(0, of)
    )


def finish(job: Job) -> None:
    """Marks it done, in the transaction that holds its results. Raises LeaseLost, which takes them back."""
    _let_go(job, state=JobState.DONE, ended_at=Now())


def put_back(job: Job, at: datetime | Combinable, *, afresh: bool = False) -> None:
    """Lets it wait until `at`; `afresh` forgets the tries, for work that goes on rather than failed."""
    _let_go(job, state=JobState.WAITING, not_before=at, sent_at=None, **({"tries": 0} if afresh else {}))


def _let_go(job: Job, **changes: object) -> None:
    if not held(job).update(lease_token=None, lease_until=None, **changes):
        raise LeaseLost(job.pk)


@transaction.atomic
def give_up(job: Job, sentence: str) -> None:
    """Marks it failed for good and tells whoever should know, once; nothing if it is no longer ours."""
    ours = Job.objects.filter(pk=job.pk, lease_token=job.lease_token, state__in=OPEN_STATES)
    if ours.update(
        state=JobState.FAILED, error=sentence[:500], ended_at=Now(), lease_token=None, lease_until=None
    ):
        job.refresh_from_db()
        log.warning("job_failed", job_id=job.pk, job_kind=job.kind, tries=job.tries)
        _tell(job)


def _tell(job: Job) -> None:
    """A message about a failure that fails itself must not bring the job back to life."""
    try:
        work = handlers.find(job.kind)
        with transaction.atomic():
            if work.failed:
                work.failed(job)
    except Exception as problem:  # other rooms' code; see above
        log.error("job_failure_not_told", job_id=job.pk, problem=type(problem).__name__, exc_info=True)
