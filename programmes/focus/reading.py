"""What the page of a clear line of work fetches: one's own requests opened, the scope, what the time is for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.http import Http404

from embedded.accounts.models import Person
from embedded.vault import CannotBeRead, Sealer
from programmes.entries.people_met import name_of
from programmes.entries.words import LOST
from programmes.models import Request, RequestAnswer, Residency, ScopeChange

MOST_SHOWN: Final = 100


@dataclass(frozen=True)
class Line:
    """One request as its owner reads it."""

    request: Request
    what: str
    asked_by: str

    @property
    def waits(self) -> bool:
        return self.request.answered_on is None

    @property
    def to_tell(self) -> bool:
        """Answered, and whoever asked does not know yet."""
        return self.request.answered_on is not None and self.request.told_on is None


@dataclass(frozen=True)
class Lists:
    """The requests by what is still to do about them."""

    waiting: list[Line]
    to_tell: list[Line]
    done: list[Line]

    @property
    def any(self) -> bool:
        return bool(self.waiting or self.to_tell or self.done)

    @property
    def refused(self) -> int:
        """How many got a no or a not now."""
        refused = (RequestAnswer.NO, RequestAnswer.NOT_NOW)
        return sum(line.request.answer in refused for line in [*self.to_tell, *self.done])


def own_requests(residency: Residency, person: Person) -> QuerySet[Request]:
    found = Request.objects.filter(residency=residency, person=person)
    return found.select_related("asked_by", "project", "residency__programme")


def lists_of(residency: Residency, person: Person) -> Lists:
    """The person's own, the latest first, no more than a page holds."""
    lines = _opened(own_requests(residency, person)[:MOST_SHOWN], person)
    return Lists(
        waiting=[line for line in lines if line.waits],
        to_tell=[line for line in lines if line.to_tell],
        done=[line for line in lines if not line.waits and not line.to_tell],
    )


def own_request(residency: Residency, person: Person, pk: int) -> Line:
    """One of the person's own list; anybody else's is a 404."""
    found = _opened(own_requests(residency, person).filter(pk=pk), person)
    if not found:
        raise Http404("No request of yours has that number")
    return found[0]


def _opened(requests: Iterable[Request], person: Person) -> list[Line]:
    opener = Sealer(person)
    return [
        Line(one, _words(one, opener), name_of(one.asked_by, opener) if one.asked_by else "")
        for one in requests
    ]


def _words(request: Request, opener: Sealer) -> str:
    try:
        return opener.open(request.what)
    except CannotBeRead:
        return LOST


def scope_changes(residency: Residency) -> list[ScopeChange]:
    return list(residency.scope_changes.select_related("by")[:MOST_SHOWN])
