"""Adds up in Redis what is counted while pages are read, until a job takes it over into the database."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final

import redis
import structlog
from django.conf import settings
from django.db import connection, transaction
from redis.backoff import NoBackoff
from redis.retry import Retry

log = structlog.get_logger(__name__)

PATIENCE: Final = 0.2  # seconds for an answer
REST: Final = 5.0  # seconds; a Redis that did not answer is left alone for so long
TAKING_OVER: Final = 0x456D6254  # the advisory lock of whoever takes over
_rested_until = 0.0


def add(name: str, field: str) -> bool:
    """One more of `field` under `name`. False when Redis is away: count it otherwise. Never raises, and waits at most a
    moment for a Redis that hangs; within the next seconds it is not asked again."""
    global _rested_until  # one memory a process of when Redis last failed
    if time.monotonic() < _rested_until:
        return False
    try:
        _line(settings.REDIS_URL).hincrby(_key(name), field, 1)
    except (redis.RedisError, OSError) as problem:
        _rested_until = time.monotonic() + REST
        log.warning("not_tallied", tally=name, problem=type(problem).__name__)
        return False
    return True


@transaction.atomic
def take_over(name: str, put: Callable[[Mapping[str, int]], None]) -> int:
    """Hands what was added up to `put`, which writes it into the database, and forgets it; how many fields.

    One at a time takes over. Redis keeps what was handed over, with the transaction that wrote it, until that one is
    known to have been committed: what a job that was rolled back had been handed is handed over again, and nothing is
    handed over twice. Raises redis.RedisError when Redis is away."""
    if not _only_one(name):
        return 0
    line, key = _line(settings.REDIS_URL), _key(name)
    aside, written = f"{key}:aside", f"{key}:written"
    if _is_committed(line.get(written)):
        line.delete(aside, written)
    if line.exists(key):
        line.renamenx(key, aside)  # what is left aside by one that failed goes first
    counts = {field.decode(): int(number) for field, number in line.hgetall(aside).items()}  # type: ignore[union-attr]
    if counts:
        put(counts)
        line.set(written, _this_transaction())
        transaction.on_commit(lambda: line.delete(aside, written), robust=True)
    return len(counts)


def _only_one(name: str) -> bool:
    """Whether nobody else is taking over what is counted under this name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [TAKING_OVER, name])
        return bool(cursor.fetchone()[0])


def _this_transaction() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        return str(cursor.fetchone()[0])


def _is_committed(told: Any) -> bool:
    """Whether that transaction is, or is the present one; none is that this database does not know, or forgot."""
    if told is None:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT CASE WHEN told.id = pg_current_xact_id_if_assigned() THEN true
                WHEN told.id < pg_snapshot_xmax(pg_current_snapshot()) THEN pg_xact_status(told.id) = 'committed'
                ELSE false END
            FROM (SELECT %s::xid8 AS id) told""",
            [told.decode()],
        )
        return bool(cursor.fetchone()[0])


def _key(name: str) -> str:
    """Two services may share a Redis, but no database."""
    return f"tally:{connection.settings_dict['NAME']}:{name}"


@lru_cache(maxsize=4)
def _line(url: str) -> redis.Redis:
    """The connections of this process; a page that counts opens none."""
    return redis.Redis.from_url(
        url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 0)
    )
