"""Who does which kind of work: functions that name their kind, in the modules of settings.JOB_HANDLERS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from embedded.jobs.models import Job

Progress = Callable[[str, int, int], None]
Doing = Callable[["Job", Progress], datetime | timedelta | None]
Telling = Callable[["Job"], None]


class CannotBeDone(Exception):
    """Raised by a handler when trying again would not help; its words, one plain sentence, are for the asker."""


class UnknownKind(LookupError):
    """No module of settings.JOB_HANDLERS does this kind of work."""


@dataclass(frozen=True)
class Work:
    """How one kind is done, and who is told when it has failed for good."""

    do: Doing
    failed: Telling | None


_known: dict[str, Work] = {}


def handler(kind: str, *, failed: Telling | None = None) -> Callable[[Doing], Doing]:
    """Marks the function that does this kind of job: `def make(job, progress): ...`.

    It runs in one transaction with the mark "done": what it writes counts once or not at all, and letters
    and further jobs that it asks for leave only then. `progress("Drawing page", 3, 12)` is seen at once. A
    returned moment, or how long from now, means "not finished, run me again then". CannotBeDone fails the
    job with its sentence; any other exception lets it be tried again, three times in all. `failed(job)` then
    tells whoever should know.
    """

    def keep(do: Doing) -> Doing:
        known = _known.setdefault(kind, Work(do, failed))
        if known.do is not do:
            raise ValueError(f"Two functions do the job {kind!r}: {known.do.__module__} and {do.__module__}.")
        return do

    return keep


def find(kind: str) -> Work:
    """Raises UnknownKind."""
    _load(tuple(settings.JOB_HANDLERS))
    try:
        return _known[kind]
    except KeyError:
        raise UnknownKind(kind) from None


@cache
def _load(modules: tuple[str, ...]) -> None:
    """Only workers load them: a web process need not carry what printing needs."""
    for module in modules:
        import_module(module)
