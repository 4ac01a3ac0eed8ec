"""Which days somebody is away: copies leave them out, a month says them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from embedded.accounts.models import Person
from programmes.models import Away


def aways_between(person: Person, first: datetime.date, end: datetime.date) -> list[Away]:
    """Those with a day from `first` up to and not including `end`."""
    return list(Away.objects.filter(person=person, start__lt=end, end__gte=first))


def halves_away(aways: Iterable[Away], day: datetime.date) -> tuple[bool, bool]:
    """Morning and afternoon: half a day where it begins at noon or ends there, unless two of them make both."""
    there = [one for one in aways if one.start <= day <= one.end]
    morning = any(not (one.start == day and one.start_afternoon) for one in there)
    return morning, any(not (one.end == day and one.end_noon) for one in there)


def days_away(person: Person, first: datetime.date, end: datetime.date) -> set[datetime.date]:
    """The whole days away from `first` up to and not including `end`."""
    aways = aways_between(person, first, end)
    days = (first + datetime.timedelta(days=number) for number in range((end - first).days))
    return {day for day in days if all(halves_away(aways, day))}
