"""Weeks as the calendar of ISO 8601 counts them, from Monday and named after the year of their Thursday; and months."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Final

WEEK: Final = datetime.timedelta(days=7)
FIRST_YEAR: Final = 1970
LAST_YEAR: Final = 2199
_NAME: Final = re.compile(r"([0-9]{4})-W([0-9]{2})")
_MONTH: Final = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True)
class Week:
    monday: datetime.date

    @classmethod
    def of(cls, day: datetime.date) -> Week:
        return cls(day - datetime.timedelta(days=day.weekday()))

    @classmethod
    def named(cls, name: str) -> Week | None:
        """The week of a name such as 2026-W20; None where the calendar has none of that name."""
        found = _NAME.fullmatch(name)
        if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            return None
        try:
            return cls(datetime.date.fromisocalendar(int(found[1]), int(found[2]), 1))
        except ValueError:  # week 0, 54, or 53 of a year that has 52
            return None

    @property
    def name(self) -> str:
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02}"

    @property
    def number(self) -> int:
        return self.monday.isocalendar().week

    @property
    def days(self) -> list[datetime.date]:
        return [self.monday + datetime.timedelta(days=number) for number in range(7)]

    @property
    def words(self) -> str:
        """Such as "28 December 2026 to 3 January 2027"; month and year once where they are the same."""
        first, last = self.days[0], self.days[-1]
        end = f"{last.day} {last:%B %Y}"
        if first.year != last.year:
            return f"{first.day} {first:%B %Y} to {end}"
        return f"{first.day} {first:%B} to {end}" if first.month != last.month else f"{first.day} to {end}"

    @property
    def before(self) -> Week:
        return Week(self.monday - WEEK)

    @property
    def after(self) -> Week:
        return Week(self.monday + WEEK)


@dataclass(frozen=True)
class Month:
    first: datetime.date

    @classmethod
    def of(cls, day: datetime.date) -> Month:
        return cls(day.replace(day=1))

    @classmethod
    def named(cls, name: str) -> Month | None:
        """The month of a name such as 2026-05; None where the calendar has none of that name."""
        found = _MONTH.fullmatch(name)
        if found is None or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR or not 1 <= int(found[2]) <= 12:
            return None
        return cls(datetime.date(int(found[1]), int(found[2]), 1))

    @property
    def name(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def before(self) -> Month:
        return Month.of(self.first - datetime.timedelta(days=1))

    @property
    def after(self) -> Month:
        return Month.of(self.first + datetime.timedelta(days=31))

    @property
    def weeks(self) -> list[Week]:
        """Every week that has a day in it."""
        found = [Week.of(self.first)]
        while found[-1].after.monday < self.after.first:
            found.append(found[-1].after)
        return found

    def __contains__(self, day: datetime.date) -> bool:
        return self.first <= day < self.after.first
