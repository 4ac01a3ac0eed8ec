"""How long we wait for the database: for a connection while it is away, and for its answer to one statement."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Final

from django.conf import settings

QUICK: Final = 2.0  # seconds; psycopg gives a connection at least so long
LATE: Final = 5.0  # seconds after the server's own limit in which it should have said so itself


@dataclass(frozen=True)
class Patience:
    """In seconds. `connecting` is for trying again and again, `answering` for one statement; None is for ever."""

    connecting: float
    answering: float | None

    def at_most(self, seconds: float) -> Patience:
        answering = seconds if self.answering is None else min(seconds, self.answering)
        return Patience(min(seconds, self.connecting), answering)


_chosen: ContextVar[Patience | None] = ContextVar("patience", default=None)


def now() -> Patience:
    """What holds in this thread: that of `at_most`, or of this kind of process."""
    limit = settings.DATABASE_STATEMENT_SECONDS
    return _chosen.get() or Patience(settings.DATABASE_PATIENCE_SECONDS, limit + LATE if limit else None)


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Within it nobody waits longer than this for one connection or one answer."""
    token = _chosen.set(now().at_most(seconds))
    try:
        yield
    finally:
        _chosen.reset(token)
