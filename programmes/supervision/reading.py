"""What the page of supervision fetches: the meetings as far as the reader may read them, days at the university."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from embedded.accounts.models import Person
from programmes.access import Scope
from programmes.models import Activity, Place, Residency, Role, Side, SupervisionMeeting

MOST_SHOWN: Final = 60
QUARTER: Final = datetime.timedelta(days=91)


@dataclass(frozen=True)
class Part:
    """As whom somebody reads and records: for whom it is about, both sides; for a supervisor, their own."""

    is_own: bool
    sides: tuple[str, ...]

    def reads(self, meeting: SupervisionMeeting) -> bool:
        """What was agreed is for the two who met, and for that side."""
        return self.is_own or meeting.side in self.sides


@dataclass(frozen=True)
class Stands:
    """How one side stands: the last meeting, and the next day that was agreed."""

    side: str
    words: str
    last: SupervisionMeeting | None
    next_on: datetime.date | None
    overdue: bool


def part_in(scope: Scope, residency: Residency) -> Part:
    """A researcher of the residency reads their own on both sides, whatever else they are in it."""
    roles = scope.roles_in(residency)
    if Role.RESEARCHER in roles:
        return Part(True, (Side.HOST.value, Side.UNIVERSITY.value))
    sides = [(Role.HOST_MANAGER, Side.HOST), (Role.ACADEMIC_SUPERVISOR, Side.UNIVERSITY)]
    return Part(False, tuple(side.value for role, side in sides if role in roles))


def meetings_of(residency: Residency, person: Person, part: Part) -> list[SupervisionMeeting]:
    """Those of the person, for a supervisor those of every researcher of the residency; the latest first."""
    found = residency.supervision_meetings.select_related("person")
    return list((found.filter(person=person) if part.is_own else found)[:MOST_SHOWN])


def own_meeting(residency: Residency, person: Person, part: Part, pk: int) -> SupervisionMeeting:
    """One to change: out of reach is a 404, recorded by somebody else a 403."""
    reach = Q(person=person) if part.is_own else Q(side__in=part.sides)
    found = residency.supervision_meetings.select_related("residency__programme", "person")
    meeting = found.filter(reach, pk=pk).first()
    if meeting is None:
        raise Http404("No meeting of that number in reach")
    if meeting.recorded_by_id != person.pk:
        raise PermissionDenied
    return meeting


def stands(meetings: Iterable[SupervisionMeeting], today: datetime.date) -> list[Stands]:
    """Each side by itself; a next day that has gone by without a record is to be recorded, not missed."""
    meetings, found = list(meetings), []
    for side in Side:
        last = next((meeting for meeting in meetings if meeting.side == side), None)
        next_on = last.next_on if last else None
        overdue = next_on is not None and next_on < today
        found.append(Stands(side.value, str(side.label), last, next_on, overdue))
    return found


def researchers(residency: Residency) -> list[Person]:
    """Those who hold a post in it, each once."""
    return list({post.person_id: post.person for post in residency.placements.all()}.values())


def days_at_the_university(residency: Residency, person: Person, today: datetime.date) -> int:
    """On how many days of the last quarter the person's own log says that they were there."""
    there = Activity.objects.of(person).filter(residency=residency, place=Place.ACADEMIC_HOME)
    return (
        there.between(today - QUARTER, today + datetime.timedelta(days=1)).values("date").distinct().count()
    )
