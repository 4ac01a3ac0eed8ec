"""Does an entry, or a week of them, once more on other days: all but the date and what was thought about it (X-6)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Final

from django.db import transaction

from embedded.accounts.models import Person
from embedded.vault import Sealer
from programmes.entries.away import days_away
from programmes.entries.days import check_day
from programmes.entries.waiting import leave_out, plan
from programmes.entries.words import LOST, Words, text_of
from programmes.entries.writing import Entry, log_activity, remove_activity
from programmes.models import Activity, PlannedEntry, PlannedState, ResidencyQuerySet

WEEK: Final = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Copied:
    """The numbers of the entries that a copy made, and of what waits by it."""

    entries: list[int] = field(default_factory=list)
    plans: list[int] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.entries) + len(self.plans)


def repeat(*, activity: Activity, on: datetime.date, by: Person) -> Activity:
    """The same once more on another day, today or before, whose sum the caller has looked at."""
    opener = Sealer(by)
    again = _again(activity, on, opener)
    return log_activity(residency=activity.residency, entry=again, by=by, sealer=opener)


@transaction.atomic
def copy_week(
    *,
    residencies: ResidencyQuerySet,
    from_monday: datetime.date,
    to_monday: datetime.date,
    today: datetime.date,
    by: Person,
) -> Copied:
    """Everything of one week again in another, within the residencies in which `by` may log. What would fall on a day
    to come waits as planned, a day that is full (V-60) or away stays as it is, and what is there already is not there
    twice."""
    opener, copied, there = Sealer(by), Copied(), _there(by, to_monday)
    away = days_away(by, to_monday, to_monday + WEEK)
    found = Activity.objects.of(by).between(from_monday, from_monday + WEEK).filter(residency__in=residencies)
    related = found.select_related("residency__programme", "host", "project", "requester")
    for activity in related.prefetch_related("met").order_by("date", "id"):
        entry = _again(activity, activity.date + (to_monday - from_monday), opener)
        if (one := _same(activity.residency_id, entry)) in there:
            there.remove(one)
            continue
        if entry.date in away:
            continue
        if entry.date > today:
            waits = plan(residency=activity.residency, entry=entry, by=by, sealer=opener)
            copied.plans.append(waits.pk)
        elif check_day(by, entry.date, entry.minutes):
            continue
        else:
            made = log_activity(residency=activity.residency, entry=entry, by=by, sealer=opener)
            copied.entries.append(made.pk)
    return copied


@transaction.atomic
def take_copy_back(*, copied: Copied, by: Person) -> None:
    """Takes out what was copied, but nothing that was changed or answered since."""
    for activity in Activity.objects.of(by).filter(pk__in=copied.entries, version=1):
        remove_activity(activity=activity, by=by)
    waits = PlannedEntry.objects.filter(person=by, state=PlannedState.WAITING, version=1)
    for planned in waits.filter(pk__in=copied.plans):
        leave_out(planned=planned, by=by)


def _there(by: Person, monday: datetime.date) -> list[tuple[object, ...]]:
    """What a week holds and what waits in it, by what tells one from another without opening a text."""
    what = ("residency_id", "minutes", "kind", "project_id", "host_id")
    logged = Activity.objects.of(by).between(monday, monday + WEEK).values_list("date", *what)
    planned = PlannedEntry.objects.filter(
        person=by, state=PlannedState.WAITING, on__gte=monday, on__lt=monday + WEEK
    )
    return [*logged, *planned.values_list("on", *what)]


def _same(residency_id: int, entry: Entry) -> tuple[object, ...]:
    project, host = entry.project and entry.project.pk, entry.host and entry.host.pk
    return (entry.date, residency_id, entry.minutes, entry.kind, project, host)


def _again(activity: Activity, on: datetime.date, opener: Sealer) -> Entry:
    """Of the text the first line alone, and for its writer alone: nothing is shared without being asked."""
    text = text_of(activity, opener)
    return Entry(
        date=on,
        minutes=activity.minutes,
        kind=activity.kind,
        words=Words("" if text == LOST else text.partition("\n")[0].strip()),
        place=activity.place,
        host=activity.host,
        project=activity.project,
        requester=activity.requester,
        met=list(activity.met.all()),
    )
