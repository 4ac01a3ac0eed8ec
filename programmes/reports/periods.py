"""The periods that a report can be about, in the programme's own reporting year."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from programmes.measures.period import Period, add_months, closed_months, day_span, reporting_year
from programmes.models import Programme

CHOSEN: Final = "chosen"
MOST_MONTHS: Final = 120


@dataclass(frozen=True)
class Offer:
    """One choice on the form; its days stand beneath its name."""

    name: str
    words: str
    period: Period

    @property
    def days(self) -> str:
        return day_span(self.period)


def offers(programme: Programme, today: datetime.date) -> list[Offer]:
    """What can be chosen by name, the shortest first; quarters are counted from the start of the reporting year."""
    year = reporting_year(today, programme.reporting_year_starts_month)
    return [
        Offer("quarter", "The last quarter", _last_quarter(year, today)),
        Offer(
            "year_so_far",
            "This reporting year so far",
            Period(year.start, today + datetime.timedelta(days=1)),
        ),
        Offer("last_year", "The last reporting year", Period(add_months(year.start, -12), year.start)),
        Offer("twelve_months", "The last 12 whole months", closed_months(today, 12)),
    ]


def _last_quarter(year: Period, today: datetime.date) -> Period:
    """The newest quarter that is over."""
    begun = (today.year * 12 + today.month - year.start.year * 12 - year.start.month) // 3
    end = add_months(year.start, 3 * begun)
    return Period(add_months(end, -3), end)


def months(programme: Programme, today: datetime.date) -> list[datetime.date]:
    """The whole months since the programme's start that can be chosen, the newest first, at least the last one."""
    last = closed_months(today, 1).start
    first = max(min(programme.start.replace(day=1), last), add_months(last, 1 - MOST_MONTHS))
    return Period(first, add_months(last, 1)).months()[::-1]


def from_to(first: datetime.date, last: datetime.date) -> Period:
    """Both months included; `last` must not be before `first`."""
    return Period(first, add_months(last, 1))
