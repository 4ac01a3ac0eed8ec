"""How much one entry and one day hold (V-60) and which days lie outside, for everything that writes entries."""

from __future__ import annotations

import datetime
from typing import Final

from django.db.models import Sum

from embedded.accounts.models import Person
from programmes.entries.durations import HALF_DAY
from programmes.models import Activity, Residency

MOST_A_DAY: Final = 960  # V-60, minutes
LATE_AFTER: Final = datetime.timedelta(days=31)  # V-60
RANGE: Final = "How long it took must be between 1 minute and 16 hours"
HALVES: Final = "Enter half-days here, like half a day or a day"
FULL: Final = "All of one day must come to 16 hours or less: check the date and how long"


def check_day(person: Person, date: datetime.date, minutes: int, without: Activity | None = None) -> str:
    """What is wrong with so much more on that day over all the person's residencies, or ""; `without` is the entry
    that is being changed."""
    entries = Activity.objects.of(person).filter(date=date)
    if without is not None:
        entries = entries.exclude(pk=without.pk)
    there = entries.aggregate(total=Sum("minutes"))["total"] or 0
    return FULL if there + minutes > MOST_A_DAY else ""


def check_length(minutes: int, *, half_days_only: bool = False) -> str:
    """What is wrong with so long an entry, or ""."""
    if not 1 <= minutes <= MOST_A_DAY:
        return RANGE
    return HALVES if half_days_only and minutes % HALF_DAY else ""


def side_of(residency: Residency, date: datetime.date) -> str:
    """ "before" it started, which it may not have done yet, "after" it ended, or "" (X-13: said, never refused)."""
    if residency.started_on is None or date < residency.started_on:
        return "before"
    return "after" if residency.ended_on and date > residency.ended_on else ""
