"""Does an entry, or a week of them, once more on other days: all but the date and what was thought about it (X-6)."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction

from embedded.accounts.models import Person
from embedded.vault import Sealer
from programmes.entries.days import check_day
from programmes.entries.waiting import plan
from programmes.entries.words import LOST, Words, text_of
from programmes.entries.writing import Entry, log_activity
from programmes.models import Activity, ResidencyQuerySet

WEEK: Final = datetime.timedelta(days=7)


def repeat(*, activity: Activity, on: datetime.date, by: Person) -> Activity:
    """The same once more on another day, today or before, whose sum the caller has looked at."""
    return log_activity(residency=activity.residency, entry=_again(activity, on, Sealer(by)), by=by)


@transaction.atomic
def copy_week(
    *,
    residencies: ResidencyQuerySet,
    from_monday: datetime.date,
    to_monday: datetime.date,
    today: datetime.date,
    by: Person,
) -> int:
    """Everything of one week again in another, within the residencies in which `by` may log; gives how many. What
    would fall on a day to come waits as planned, and a day that is full stays as it is (V-60)."""
    opener, copied = Sealer(by), 0
    found = Activity.objects.of(by).between(from_monday, from_monday + WEEK).filter(residency__in=residencies)
    related = found.select_related("residency__programme", "host", "project", "requester")
    for activity in related.prefetch_related("met").order_by("date", "id"):
        entry = _again(activity, activity.date + (to_monday - from_monday), opener)
        if entry.date > today:
            plan(residency=activity.residency, entry=entry, by=by)
        elif check_day(by, entry.date, entry.minutes):
            continue
        else:
            log_activity(residency=activity.residency, entry=entry, by=by)
        copied += 1
    return copied


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
