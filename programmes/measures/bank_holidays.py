"""Bank holidays of the four nations, by rule, and the days that were proclaimed once. Knows no database.

Rules: Banking and Financial Dealings Act 1971, the St Andrew's Day Bank Holiday (Scotland) Act 2007, and the yearly
proclamations. A holiday on a weekend moves to the next weekday that is none. Right from 2011 on; a day that is
proclaimed later has to be added here."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Final

from dateutil.easter import easter

ENGLAND, WALES, SCOTLAND, NORTHERN_IRELAND = "england wales scotland northern_ireland".split()
MONDAY: Final = 0
DAY: Final = datetime.timedelta(days=1)
# proclaimed once, for all four nations
ONCE: Final = frozenset(
    {
        datetime.date(2011, 4, 29),
        datetime.date(2012, 6, 5),
        datetime.date(2022, 6, 3),
        datetime.date(2022, 9, 19),
        datetime.date(2023, 5, 8),
    }
)
# proclaimed once, for Scotland
ONCE_IN_SCOTLAND: Final = frozenset({datetime.date(2026, 6, 15)})
# in place of the Monday of the rule
EARLY_MAY: Final = {2020: datetime.date(2020, 5, 8)}
SPRING: Final = {2012: datetime.date(2012, 6, 4), 2022: datetime.date(2022, 6, 2)}


@cache
def bank_holidays(nation: str, year: int) -> frozenset[datetime.date]:
    """The days of one year on which a nation's offices are closed, weekends aside."""
    sunday = easter(year)
    movable = {
        sunday - 2 * DAY,
        EARLY_MAY.get(year, first_monday(year, 5)),
        SPRING.get(year, last_monday(year, 5)),
        first_monday(year, 8) if nation == SCOTLAND else last_monday(year, 8),
    }
    if nation != SCOTLAND:
        movable.add(sunday + DAY)
    once = {day for day in ONCE | (ONCE_IN_SCOTLAND if nation == SCOTLAND else set()) if day.year == year}
    found = movable | once
    for month, day in _fixed(nation):
        found.add(_weekday(datetime.date(year, month, day), found))
    return frozenset(found)


def _fixed(nation: str) -> list[tuple[int, int]]:
    """Month and day of what moves off a weekend, the earlier first."""
    own = {SCOTLAND: [(1, 2), (11, 30)], NORTHERN_IRELAND: [(3, 17), (7, 12)]}.get(nation, [])
    return sorted([(1, 1), (12, 25), (12, 26), *own])


def _weekday(day: datetime.date, taken: set[datetime.date]) -> datetime.date:
    """That day, or the next weekday that is no holiday. Where Boxing Day stands, Christmas Day passes over it."""
    kept = {datetime.date(day.year, 12, 26)} if (day.month, day.day) == (12, 25) else set()
    while day.weekday() > 4 or day in taken | kept:
        day += DAY
    return day


def first_monday(year: int, month: int) -> datetime.date:
    first = datetime.date(year, month, 1)
    return first + (MONDAY - first.weekday()) % 7 * DAY


def last_monday(year: int, month: int) -> datetime.date:
    last = datetime.date(year + month // 12, month % 12 + 1, 1) - DAY
    return last - last.weekday() * DAY


def is_working_day(day: datetime.date, nation: str) -> bool:
    """Monday to Friday and no bank holiday; in a nation that is not known, Monday to Friday."""
    return day.weekday() < 5 and not (nation and day in bank_holidays(nation, day.year))
