"""How much one day holds (V-60), asked in one place by everything that writes entries."""

from __future__ import annotations

import datetime
from typing import Final

from django.db.models import Sum

from embedded.accounts.models import Person
from programmes.models import Activity

MOST_A_DAY: Final = 960  # V-60, minutes
LATE_AFTER: Final = datetime.timedelta(days=31)  # V-60
FULL: Final = "All of one day must come to 16 hours or less: check the date and how long"


def check_day(person: Person, date: datetime.date, minutes: int, without: Activity | None = None) -> str:
    """What is wrong with so much more on that day over all the person's residencies, or ""; `without` is the entry
    that is being changed."""
    entries = Activity.objects.of(person).filter(date=date)
    if without is not None:
        entries = entries.exclude(pk=without.pk)
    there = entries.aggregate(total=Sum("minutes"))["total"] or 0
    return FULL if there + minutes > MOST_A_DAY else ""
