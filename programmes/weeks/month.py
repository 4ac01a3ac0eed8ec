"""A month of one's own log as a calendar: what each day holds, what waits there, and when one is away."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Count, Sum

from embedded.accounts.models import Person
from programmes.entries.away import aways_between, halves_away
from programmes.models import Activity, Away, PlannedEntry, PlannedOrigin, PlannedState
from programmes.weeks.calendar import Month, Week
from programmes.weeks.finding import Filter


@dataclass(frozen=True)
class Day:
    """`planned` is the number of entries that wait there, `meetings` that of a calendar that wait for a tick; `away`
    says so in words, or is empty."""

    date: datetime.date
    minutes: int
    entries: int
    planned: int
    meetings: int
    away: str
    is_today: bool

    @property
    def list_query(self) -> str:
        return Filter(since=self.date.isoformat(), until=self.date.isoformat()).query()


@dataclass(frozen=True)
class Line:
    """A week; None stands for a day of another month."""

    week: Week
    days: list[Day | None]

    @property
    def total(self) -> int:
        return sum(day.minutes for day in self.days if day)


@dataclass(frozen=True)
class Calendar:
    month: Month
    lines: list[Line]

    @property
    def total(self) -> int:
        return sum(line.total for line in self.lines)

    @property
    def days_logged(self) -> int:
        return sum(1 for line in self.lines for day in line.days if day and day.entries)


def calendar_of(person: Person, month: Month, today: datetime.date) -> Calendar:
    """All that the person logged, in whatever residency; sums are of that month alone."""
    logged, waiting = _logged(person, month), _waiting(person, month)
    aways = aways_between(person, month.first, month.after.first)

    def day(date: datetime.date) -> Day:
        minutes, entries = logged.get(date, (0, 0))
        planned, meetings = (waiting.get((date, origin), 0) for origin in PlannedOrigin)
        return Day(date, minutes, entries, planned, meetings, _away(aways, date), date == today)

    lines = [Line(week, [day(date) if date in month else None for date in week.days]) for week in month.weeks]
    return Calendar(month, lines)


def _logged(person: Person, month: Month) -> dict[datetime.date, tuple[int, int]]:
    """Minutes and number of entries, by day."""
    found = Activity.objects.of(person).between(month.first, month.after.first).order_by()
    sums = found.values_list("date").annotate(total=Sum("minutes"), entries=Count("id"))
    return {date: (total, entries) for date, total, entries in sums}


def _waiting(person: Person, month: Month) -> dict[tuple[datetime.date, str], int]:
    """How many, by day and by where they came from."""
    found = PlannedEntry.objects.filter(
        person=person, state=PlannedState.WAITING, on__gte=month.first, on__lt=month.after.first
    )
    counted = found.order_by().values_list("on", "origin").annotate(entries=Count("id"))
    return {(on, origin): entries for on, origin, entries in counted}


def _away(aways: list[Away], date: datetime.date) -> str:
    morning, afternoon = halves_away(aways, date)
    if morning and afternoon:
        return "Away"
    return "Away until noon" if morning else "Away from noon" if afternoon else ""
