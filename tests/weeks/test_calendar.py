"""Weeks of ISO 8601 and months, over new year, clocks-change weekends and leap days."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from programmes.weeks.calendar import FIRST_YEAR, LAST_YEAR, Month, Week

DAYS = st.dates(datetime.date(FIRST_YEAR, 1, 5), datetime.date(LAST_YEAR, 12, 22))


@settings(deadline=None)
@given(DAYS)
@example(datetime.date(2021, 1, 3))
@example(datetime.date(2027, 1, 1))
@example(datetime.date(2026, 3, 29))
@example(datetime.date(2026, 10, 25))
@example(datetime.date(2028, 2, 29))
def test_every_day_is_in_one_week_of_seven_days_with_a_name(day: datetime.date) -> None:
    week = Week.of(day)
    assert Week.named(week.name) == week
    assert day in week.days and len(set(week.days)) == 7 and week.days[0].weekday() == 0
    assert week.name == f"{day:%G}-W{day:%V}"
    assert week.before.after == week.after.before == week
    assert week.after.days[0] == week.days[-1] + datetime.timedelta(days=1)


@pytest.mark.parametrize(
    ("name", "first", "words"),
    [
        ("2026-W20", datetime.date(2026, 5, 11), "11 to 17 May 2026"),
        ("2020-W53", datetime.date(2020, 12, 28), "28 December 2020 to 3 January 2021"),
        ("2026-W53", datetime.date(2026, 12, 28), "28 December 2026 to 3 January 2027"),
        ("2027-W01", datetime.date(2027, 1, 4), "4 to 10 January 2027"),
        ("2028-W09", datetime.date(2028, 2, 28), "28 February to 5 March 2028"),
    ],
)
def test_weeks_by_name(name: str, first: datetime.date, words: str) -> None:
    week = Week.named(name)
    assert week is not None and (week.monday, week.words) == (first, words)


@pytest.mark.parametrize(
    "name",
    ["2025-W53", "2026-W00", "2026-W54", "0000-W01", "9999-W52", "2026-W1", "2026W20", "２０２６-W20", ""],
)
def test_the_calendar_has_no_such_week(name: str) -> None:
    assert Week.named(name) is None


@settings(deadline=None)
@given(DAYS)
@example(datetime.date(2028, 2, 29))
@example(datetime.date(2027, 1, 31))
@example(datetime.date(2026, 2, 28))
def test_every_day_is_in_one_month_with_a_name(day: datetime.date) -> None:
    month = Month.of(day)
    assert Month.named(month.name) == month and day in month
    assert day not in month.before and day not in month.after
    assert month.before.after == month.after.before == month
    found = [one for week in month.weeks for one in week.days if one in month]
    assert len(found) == len(set(found)) == (month.after.first - month.first).days
    assert day in found and all(any(one in month for one in week.days) for week in month.weeks)


@pytest.mark.parametrize(
    "name", ["2026-00", "2026-13", "2026-5", "202605", "0000-01", "9999-12", "２０２６-05", ""]
)
def test_the_calendar_has_no_such_month(name: str) -> None:
    assert Month.named(name) is None
