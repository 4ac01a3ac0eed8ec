"""Changes the tables beside a service that runs: one at a time, with short locks, and a word about who is in the way.

A change of a table waits for everybody who uses it, and everybody who comes later waits behind it. So it waits for
four seconds at most, lets them through, and tries again (trust.md P50).
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import Error, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import errors

LOCK_SECONDS: Final = 4
STATEMENT_SECONDS: Final = 60
TRIES: Final = 10
LONGEST_PAUSE: Final = 16.0
TURN: Final = 7_164_202_611  # the number of the advisory lock; any, as long as all replicas have the same
LOOK: Final = 0.5

Say = Callable[[str], None]

IN_THE_WAY = """
SELECT pid, application_name, state, extract(epoch FROM now() - xact_start)::int, left(query, 200)
FROM pg_stat_activity WHERE pid = ANY(pg_blocking_pids(%s)) ORDER BY xact_start LIMIT 1
"""


@contextmanager
def our_turn(connection: BaseDatabaseWrapper, say: Say) -> Iterator[None]:
    """Waits until no other replica changes the tables; the lock goes with the connection, however we end."""
    told = False
    while not _ask(connection, "SELECT pg_try_advisory_lock(%s)", [TURN])[0]:
        if not told:
            say("Somebody else is changing the tables; waiting until they are done.")
        told = True
        time.sleep(LOOK)
    try:
        yield
    finally:
        _ask(connection, "SELECT pg_advisory_unlock(%s)", [TURN])


@contextmanager
def short_locks(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """No statement waits longer than LOCK_SECONDS for a lock, or takes longer than STATEMENT_SECONDS."""
    limits = {"lock_timeout": LOCK_SECONDS, "statement_timeout": STATEMENT_SECONDS}
    for name, seconds in limits.items():
        _ask(connection, "SELECT set_config(%s, %s, false)", [name, f"{seconds}s"])
    try:
        yield
    finally:
        for name in limits:
            _ask(connection, f"RESET {name}")


def politely(change: Callable[[], Any], connection: BaseDatabaseWrapper, say: Say) -> None:
    """Tries a change until it gets its locks, TRIES times with longer and longer pauses; then OperationalError."""
    pause = 1.0
    for left in reversed(range(TRIES)):
        with Lookout(connection) as lookout:
            try:
                change()
            except OperationalError as problem:
                if not isinstance(problem.__cause__, errors.LockNotAvailable):
                    raise
                say(f"The tables were in use for {LOCK_SECONDS} seconds. {lookout.seen}".strip())
                if not left:
                    raise
            else:
                return
        say(f"Trying again in {pause:.0f} seconds, {left} more times.")
        time.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


class Lookout:
    """Watches from a connection of its own who is in the way, for afterwards they may be gone."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.seen = ""
        self._backend = _ask(connection, "SELECT pg_backend_pid()")[0]
        self._connection = connection
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="lookout", daemon=True)

    def __enter__(self) -> Lookout:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        line = self._connection.copy()  # of this thread, which alone may close it
        try:
            while not self._over.wait(LOOK):
                if row := _ask(line, IN_THE_WAY, [self._backend]):
                    pid, name, state, seconds, query = row
                    who = f"process {pid}{f' ({name})' if name else ''}"
                    self.seen = f"In the way was {who}, {state} for {seconds} seconds with: {query}"
        except Error:
            return  # it only watches; what it cannot see stops nobody
        finally:
            line.close()


def _ask(connection: BaseDatabaseWrapper, sql: str, params: list[Any] | None = None) -> Any:
    """The first row of the answer; None without one."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone() if cursor.description else None
