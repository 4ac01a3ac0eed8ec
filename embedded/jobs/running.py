"""Runs one job: claims it, lets its handler work, and counts what it made only if it is still ours then."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

import structlog
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.db.models.expressions import Combinable
from django.db.models.functions import Now

from embedded.jobs import claiming, handlers
from embedded.jobs.claiming import GAVE_UP, MOST_TRIES, LeaseLost
from embedded.jobs.handlers import CannotBeDone, Progress
from embedded.jobs.heartbeat import Heartbeat
from embedded.jobs.models import Job

log = structlog.get_logger(__name__)

TOO_LONG: Final = "This took too long and was stopped. Ask for less at once, for example a shorter period."
TOO_LARGE: Final = (
    "This is too large to make in one piece. Ask for less at once, for example a shorter period."
)


def run(job_id: int) -> None:
    """Does the job if it is free. Called twice, in turn or at once, it does the work once."""
    job = claiming.claim(job_id)
    if job is None:
        return
    names = {"request_id": job.request_id, "job_id": job.pk, "job_kind": job.kind, "job_try": job.tries}
    with structlog.contextvars.bound_contextvars(**names), Heartbeat(job) as heartbeat:
        _try(job, heartbeat.say)


def _try(job: Job, progress: Progress) -> None:
    try:
        _deliver(job, progress)
    except LeaseLost:
        log.warning("job_taken_over")
    except CannotBeDone as reason:
        claiming.give_up(job, str(reason))
    except SoftTimeLimitExceeded:
        claiming.give_up(job, TOO_LONG)
    except MemoryError:
        claiming.give_up(job, TOO_LARGE)
    except Exception as problem:  # other rooms' code: whatever it raises, the job has its three tries
        log.error("job_stumbled", problem=type(problem).__name__, exc_info=True)
        _try_later(job)


def _deliver(job: Job, progress: Progress) -> None:
    """The handler's writes and the mark "done" in one transaction: both, or neither."""
    with transaction.atomic():
        again = handlers.find(job.kind).do(job, progress)
        if again:
            claiming.put_back(job, _moment(again), afresh=True)
        else:
            claiming.finish(job)
    log.info("job_put_off" if again else "job_done")


def _moment(again: datetime | timedelta) -> datetime | Combinable:
    """A length of time runs by the database's clock, as the clocks of machines differ."""
    return Now() + again if isinstance(again, timedelta) else again


def _try_later(job: Job) -> None:
    if job.tries >= MOST_TRIES:
        claiming.give_up(job, GAVE_UP)
        return
    try:
        claiming.put_back(job, Now() + timedelta(seconds=settings.JOB_SWEEP_SECONDS * job.tries))
    except LeaseLost:
        log.warning("job_taken_over")
