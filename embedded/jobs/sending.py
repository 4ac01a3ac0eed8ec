"""Sends the ids of jobs to the workers, and sends again those whose message or worker was lost."""

from __future__ import annotations

import time
from typing import Final

import structlog
from django.conf import settings
from django.db.models.functions import Now

from embedded.celery import FIRST, LATER, app
from embedded.jobs.models import Job

log = structlog.get_logger(__name__)

QUICK: Final = {
    "socket_timeout": 0.5,
    "socket_connect_timeout": 0.5,
    "retry_on_timeout": False,
    "max_retries": 0,
}
REST: Final = 5.0  # seconds; a broker that did not answer is left alone for so long
MOST_AT_ONCE: Final = 500
_rested_until = 0.0


def send(job_id: int, kind: str) -> bool:
    """True when the broker took the message. Never raises for a broker that is away, and waits half a
    second for one that hangs (P42); within the next seconds it is not asked again, so that no page waits twice."""
    global _rested_until  # one memory a process of when the broker last failed
    if time.monotonic() < _rested_until:
        return False
    try:
        with app.connection_for_write(transport_options=QUICK) as line:
            rank = LATER if kind in settings.JOB_LATER else FIRST
            app.send_task("jobs.run", kwargs={"job_id": job_id}, connection=line, priority=rank)
    except Exception as problem:  # noqa: BLE001 - whatever the broker's client raises, the row stands and is swept
        _rested_until = time.monotonic() + REST
        log.warning("job_not_sent", job_id=job_id, problem=type(problem).__name__)
        return False
    Job.objects.filter(pk=job_id).update(sent_at=Now())
    return True


def sweep() -> int:
    """Sends what is ready and was never sent, or was sent longer than a lease ago and is still not begun, or
    whose worker died. Sending too often is harmless: a claim succeeds once. Returns how many were sent."""
    late = Job.objects.to_send(Now(), patience=settings.JOB_LEASE)
    sent = 0
    for job_id, kind in late.values_list("pk", "kind")[:MOST_AT_ONCE]:
        if not send(job_id, kind):
            break
        sent += 1
    if sent:
        log.info("jobs_swept", sent=sent)
    return sent
