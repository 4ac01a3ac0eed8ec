"""How often something may be tried (P15): counted in the database, one statement a try, so that a hundred at once
are a hundred, and a restart of Redis forgets none.

Nobody can use up the tries of somebody else: see docs/decisions/ and `password_limits`.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import connection
from django.utils import timezone

from embedded.accounts.models import Tries

FIVE_MINUTES: Final = timedelta(minutes=5)
ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """At most so many tries of one kind by one subject within a time that starts with the first of them."""

    kind: str
    times: int
    within: timedelta

    def key(self, subject: str) -> str:
        told = f"{self.kind}|{self.within.total_seconds():.0f}|{subject}"
        return hashlib.sha256(told.encode()).hexdigest()


@dataclass(frozen=True)
class Taken:
    """Tries that were counted, to be given back if they turn out right; or, if one was refused, how long to wait."""

    keys: tuple[str, ...] = ()
    wait: int = 0

    def give_back(self) -> None:
        with connection.cursor() as cursor:
            for key in self.keys:
                cursor.execute(
                    "UPDATE accounts_tries SET times = times - 1 WHERE key = %s AND times > 0", [key]
                )


PASSWORD_BY_ADDRESS: Final = Limit("password of an address", 10, FIVE_MINUTES)
PASSWORD_BY_DEVICE: Final = Limit("password on a known device", 10, FIVE_MINUTES)
PASSWORD_BY_PLACE: Final = Limit("password from a network address", 100, FIVE_MINUTES)
CONFIRMING: Final = Limit("password of somebody signed in", 10, FIVE_MINUTES)
CODES: Final = (
    Limit("code", 5, FIVE_MINUTES),
    Limit("code", 20, timedelta(hours=1)),
    Limit("code", 50, ONE_DAY),
)
NEW_PASSWORD_LETTERS: Final = Limit("letter for a new password", 5, ONE_DAY)


def take(limits: Iterable[tuple[Limit, str]]) -> Taken:
    """Counts one try against each (limit, subject). If one refuses, those counted before it are given back."""
    taken: list[str] = []
    for limit, subject in limits:
        key = limit.key(subject)
        if not _count(key, limit):
            Taken(tuple(taken)).give_back()
            return Taken(wait=_wait(key, limit))
        taken.append(key)
    return Taken(tuple(taken))


def same_address(typed: str) -> str:
    """One subject for all ways to write an address: the database compares in capitals, and a K may be a kelvin sign."""
    return typed.strip().upper().casefold()


def _count(key: str, limit: Limit) -> bool:
    """One try more, unless the time is not over and all are used up. A single statement, atomic by itself."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO accounts_tries AS tries (key, since, times) VALUES (%(key)s, %(now)s, 1)
            ON CONFLICT (key) DO UPDATE SET
                times = CASE WHEN tries.since > %(begin)s THEN tries.times + 1 ELSE 1 END,
                since = CASE WHEN tries.since > %(begin)s THEN tries.since ELSE excluded.since END
            WHERE tries.since <= %(begin)s OR tries.times < %(most)s
            RETURNING times
            """,
            {"key": key, "now": now, "begin": now - limit.within, "most": limit.times},
        )
        row = cursor.fetchone()
    if row == (1,):
        _forget_old()
    return row is not None


def _wait(key: str, limit: Limit) -> int:
    """Seconds until the next try is let through."""
    row = Tries.objects.filter(key=key).first()
    over = row.since + limit.within - timezone.now() if row else timedelta()
    return max(1, math.ceil(over.total_seconds()))


def _forget_old() -> None:
    """What was counted a day ago holds nobody back."""
    Tries.objects.filter(since__lt=timezone.now() - ONE_DAY).delete()
