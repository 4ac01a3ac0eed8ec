"""What waits for a tick: which of one's own, with their titles, and where they can be logged."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import QuerySet
from django.http import Http404

from embedded.accounts.models import Person
from embedded.nhsuk.addresses import is_number
from embedded.vault import Sealer
from programmes.access import Scope
from programmes.entries.durations import words_of
from programmes.entries.waiting import text_planned
from programmes.models import (
    Activity,
    LogFile,
    LogFileForm,
    Organisation,
    PlannedEntry,
    PlannedOrigin,
    PlannedState,
    Residency,
)

NO_TITLE: Final = "No title"


@dataclass(frozen=True)
class Place:
    """A residency, and one of its hosts where it has any."""

    residency: Residency
    host: Organisation | None

    def __str__(self) -> str:
        """The host is named where there are several."""
        several = self.host and len(self.residency.hosts) > 1
        return f"{self.residency.title}, {self.host}" if several else self.residency.title

    @property
    def key(self) -> str:
        return f"{self.residency.pk}.{self.host.pk if self.host else 0}"


@dataclass(frozen=True)
class Draft:
    """A meeting that nobody has said anything about yet."""

    planned: PlannedEntry
    title: str
    how_long: str


def files_of(person: Person) -> QuerySet[LogFile]:
    return LogFile.objects.filter(person=person, form=LogFileForm.ICS).select_related("job", "person")


def file_of(person: Person, pk: int) -> LogFile:
    """A calendar of the person's own; anybody else's is a 404."""
    file = files_of(person).filter(pk=pk).first()
    if file is None:
        raise Http404("No calendar of yours has that number")
    return file


def waiting(person: Person) -> QuerySet[PlannedEntry]:
    """All that calendars held and that waits, the earliest first."""
    return PlannedEntry.objects.filter(
        person=person, state=PlannedState.WAITING, origin=PlannedOrigin.CALENDAR
    ).order_by("on", "id")


def drafts(rows: list[PlannedEntry], person: Person) -> list[Draft]:
    """With their titles, opened for their owner."""
    opener = Sealer(person)
    return [
        Draft(one, text_planned(one, opener) or NO_TITLE, words_of(one.minutes) if one.minutes else "")
        for one in rows
    ]


def with_ticked(
    shown: list[PlannedEntry], waiting: QuerySet[PlannedEntry], ticked: list[str]
) -> list[PlannedEntry]:
    """What a page shows, and what was ticked and stands on another one by now."""
    there = {one.pk for one in shown}
    numbers = {int(pk) for pk in ticked if is_number(pk)} - there
    return shown + list(waiting.filter(pk__in=numbers)) if numbers else shown


def drafts_in(typed: Iterable[str], ticked: Iterable[str], person: Person) -> list[Draft]:
    """Those of the person that wait and that a form speaks of, by the names of its fields or its ticks."""
    numbers = {name.removeprefix("long_") for name in typed if name.startswith("long_")} | set(ticked)
    return drafts(with_ticked([], waiting(person), list(numbers)), person)


def places_of(scope: Scope) -> dict[str, Place]:
    """Where the person may log; that of their last entry first. A 404 for whoever has nowhere."""
    found = scope.residencies(permission="log").select_related("programme")
    residencies = list(
        found.prefetch_related("organisations__organisation").order_by("programme__name", "code")
    )
    if not residencies:
        raise Http404("There is nowhere to log")
    last = (
        Activity.objects.of(scope.person).order_by("-date", "-id").values_list("residency", flat=True).first()
    )
    residencies.sort(key=lambda one: one.pk != last)
    places = [Place(residency, host) for residency in residencies for host in (*residency.hosts,) or (None,)]
    return {place.key: place for place in places}


def span(today: datetime.date) -> tuple[datetime.date, datetime.date]:
    """The days of a calendar that are looked at: the last sixty, today and the next fourteen; half-open."""
    return today - datetime.timedelta(days=60), today + datetime.timedelta(days=15)
