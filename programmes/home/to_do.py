"""What waits for somebody in their own log, and what was shared with them: at most five lines of their front page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import Final

from django.db.models import Count, Q
from django.urls import reverse

from embedded.nhsuk.words import counted, day
from programmes.access import Scope
from programmes.measures.period import closed_months
from programmes.models import (
    Activity,
    Passage,
    PlannedEntry,
    PlannedOrigin,
    PlannedState,
    Readers,
    Request,
    Side,
    SupervisionMeeting,
)

MOST_LINES: Final = 5
_PLACE: Final = ("residency__programme__slug", "residency__code")


@dataclass(frozen=True)
class ToDo:
    words: str
    address: str


def to_do(scope: Scope) -> list[ToDo]:
    """Asks as often for much as for nothing."""
    own = chain(_planned(scope), _to_tell(scope), _supervision(scope)) if scope.has_log else []
    return [*own, *_shared(scope)][:MOST_LINES]


def _planned(scope: Scope) -> list[ToDo]:
    """Plans whose day has come, by residency, and meetings of a calendar."""
    come = PlannedEntry.objects.filter(person=scope.person, state=PlannedState.WAITING, on__lte=scope.today)
    there = come.filter(
        Q(origin=PlannedOrigin.CALENDAR) | Q(residency__in=scope.residencies(permission="log"))
    )
    found = []
    plans = there.order_by().values_list("origin", *_PLACE).annotate(Count("id"))
    for origin, slug, code, number in plans.order_by("-origin", "residency__code"):
        if origin == PlannedOrigin.CALENDAR:
            found.append(ToDo(f"{counted(number, 'meeting', 'meetings')} to tick", reverse("calendar_ticks")))
        else:
            words = f"Did this happen? {counted(number, 'plan', 'plans')} whose day has come, {code}"
            found.append(ToDo(words, reverse("log", args=[slug, code])))
    return found


def _to_tell(scope: Scope) -> list[ToDo]:
    answered = Request.objects.filter(
        person=scope.person,
        residency__in=scope.residencies(permission="log"),
        answered_on__isnull=False,
        told_on=None,
    )
    found = answered.order_by().values_list(*_PLACE).annotate(Count("id")).order_by("residency__code")
    return [
        ToDo(
            f"Tell whoever asked: {counted(number, 'request', 'requests')} answered, {code}",
            reverse("focus", args=[slug, code]),
        )
        for slug, code, number in found
    ]


def _supervision(scope: Scope) -> list[ToDo]:
    """By side: the day that the last meeting named has gone by, and none is recorded since."""
    own = SupervisionMeeting.objects.filter(
        person=scope.person, residency__in=scope.residencies(permission="log")
    )
    last = own.order_by("residency_id", "side", "-on", "-id").distinct("residency_id", "side")
    return [
        ToDo(
            f"Record supervision by {Side(side).label.lower()}: it was to be on {day(next_on)}, {code}",
            reverse("supervision", args=[slug, code]),
        )
        for side, next_on, slug, code in last.values_list("side", "next_on", *_PLACE)
        if next_on and next_on < scope.today
    ]


def _shared(scope: Scope) -> list[ToDo]:
    """What names the person, of this month or the last, and not answered by a comment yet. Which day it was is nobody
    else's to know."""
    parts = {one.residency_id for one in scope.memberships if one.residency_id}
    named = {"residency__in": parts, "readers": Readers.PEOPLE, "named_readers": scope.person}
    month = closed_months(scope.today, 1).start
    passages = Passage.objects.filter(**named, withdrawn_on=None, shared_on__gte=month)
    entries = Activity.objects.filter(**named, date__gte=month)
    passages = passages.exclude(author=scope.person).exclude(comments__by=scope.person)
    entries = entries.exclude(person=scope.person).exclude(comments__by=scope.person)
    notes = passages.order_by().values_list("pk", *_PLACE)
    found = notes.union(entries.order_by().values_list("pk", *_PLACE), all=True)
    places = [(slug, code) for _, slug, code in found]
    return [
        ToDo(
            f"Read what was shared with you: {counted(places.count(place), 'note', 'notes')}, {place[1]}",
            reverse("notes", args=place),
        )
        for place in sorted(set(places))
    ]
