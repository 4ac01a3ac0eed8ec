"""What is due again and again: one job for a schedule and a period, however many clocks tick and however often."""

from __future__ import annotations

import datetime
from typing import Final

import structlog
from django.conf import settings
from django.db import connection

from embedded.jobs.asking import ask
from embedded.jobs.models import Job

log = structlog.get_logger(__name__)

KEPT_FOR: Final = datetime.timedelta(days=30)
BEGINNING: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def ask_due(at: datetime.datetime | None = None) -> int:
    """Asks for every round of settings.JOB_ROUNDS that the period of this moment has not had yet; how many.

    The unique key of a job is its schedule and period (P45): two beats, a beat that begins anew or a clock put
    back find the job there already. Periods that passed while nothing ran are not made up for; the one that is
    under way is, once. `at` is the database's own time unless given, as clocks of machines differ."""
    at = at or _now()
    due = {
        f"{kind}:{period_of(every, at):%Y-%m-%dT%H:%M:%SZ}": kind
        for kind, every in settings.JOB_ROUNDS.items()
    }
    had = set(Job.objects.filter(key__in=due).values_list("key", flat=True))
    fresh = {key: kind for key, kind in due.items() if key not in had}
    for key, kind in fresh.items():
        ask(kind, key, {}, asker=None)
    if fresh:
        log.info("rounds_asked", rounds=sorted(fresh))
        Job.objects.filter(kind__in=settings.JOB_ROUNDS, ended_at__lt=at - KEPT_FOR).delete()
    return len(fresh)


def period_of(every: datetime.timedelta, at: datetime.datetime) -> datetime.datetime:
    """When the period of this moment began. Periods are counted in UTC, so that none is longer, missing or there
    twice when the clocks change."""
    return at - (at - BEGINNING) % every


def _now() -> datetime.datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT now()")
        now: datetime.datetime = cursor.fetchone()[0]
    return now
