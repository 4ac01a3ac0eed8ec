"""Asks for work: a row first, a message after the commit, and no harm done when nobody takes messages."""

from __future__ import annotations

from functools import partial
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from embedded.accounts.models import User
from embedded.jobs import sending
from embedded.jobs.models import Job, JobState

log = structlog.get_logger(__name__)


def ask(kind: str, key: str, payload: dict[str, Any], asker: User | None) -> Job:
    """The job with this key, made now if there is none. Asking again, also at the same moment, changes nothing.

    `payload` carries ids and short facts, never free text. Never raises when Redis is away: the row stands.
    """
    job, fresh = Job.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "payload": payload,
            "asker": asker,
            "request_id": str(structlog.contextvars.get_contextvars().get("request_id", ""))[:64],
            "asked_at": timezone.now(),
        },
    )
    if fresh:
        log.info("job_asked", job_id=job.pk, job_kind=kind)
        transaction.on_commit(partial(sending.send, job.pk, job.kind), robust=True)
    return job


def retry(job: Job) -> bool:
    """ "Try again": a failed job waits afresh, with three tries. False for one that has not failed."""
    put_back = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
        state=JobState.WAITING,
        tries=0,
        asked_at=timezone.now(),
        error="",
        step="",
        done_units=0,
        of_units=0,
        ended_at=None,
        started_at=None,
        not_before=None,
        sent_at=None,
    )
    if put_back:
        log.info("job_retried", job_id=job.pk, job_kind=job.kind)
        transaction.on_commit(partial(sending.send, job.pk, job.kind), robust=True)
    job.refresh_from_db()
    return bool(put_back)
