"""Days, months and periods: half-open, in whole months where people are shown figures."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True)
class Period:
    """From `start` up to and not including `end`."""

    start: datetime.date
    end: datetime.date

    def holds(self, day: datetime.date) -> bool:
        return self.start <= day < self.end

    @property
    def last(self) -> datetime.date:
        return self.end - datetime.timedelta(days=1)

    def months(self) -> list[datetime.date]:
        """The first day of each month that begins in the period."""
        month = self.start if self.start.day == 1 else add_months(self.start.replace(day=1), 1)
        found = []
        while month < self.end:
            found.append(month)
            month = add_months(month, 1)
        return found


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day some months on; the last day of a shorter month where there is none (31 January + 1)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    first_of_next = datetime.date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (first_of_next - datetime.timedelta(days=1)).day
    return datetime.date(year, month + 1, min(day.day, last))


def closed_months(today: datetime.date, count: int) -> Period:
    """The last `count` whole months that are over on `today`: hosts and leads see no other (decision 8)."""
    end = today.replace(day=1)
    return Period(add_months(end, -count), end)


def working_days_before(day: datetime.date, count: int) -> datetime.date:
    """The date `count` working days (Monday to Friday; bank holidays are not known here) before a day."""
    while count:
        day -= datetime.timedelta(days=1)
        count -= day.weekday() < 5
    return day


def latest_start(today: datetime.date, count: int) -> datetime.date:
    """The last day for which `count` working days before it have come by `today`."""
    day = today
    while working_days_before(day + datetime.timedelta(days=1), count) <= today:
        day += datetime.timedelta(days=1)
    return day


def reporting_year(today: datetime.date, starts_month: int) -> Period:
    """The reporting year in which `today` falls; it begins on the first of `starts_month`."""
    start = datetime.date(today.year - (today.month < starts_month), starts_month, 1)
    return Period(start, add_months(start, 12))


def in_last_months(today: datetime.date, count: int) -> Period:
    """The last so many months up to today, today included: for things dated by themselves, such as decisions."""
    return Period(add_months(today, -count), today + datetime.timedelta(days=1))


def day_words(day: datetime.date) -> str:
    """ "3 May 2026"."""
    return f"{day.day} {day:%B %Y}"


def month_span(period: Period) -> str:
    """Whole months in words: "November 2025 to October 2026", or one month by its name."""
    first, last = f"{period.start:%B %Y}", f"{period.last:%B %Y}"
    return first if first == last else f"{first} to {last}"


def day_span(period: Period) -> str:
    """ "3 May 2026 to 31 July 2026", both days included."""
    return f"{day_words(period.start)} to {day_words(period.last)}"
