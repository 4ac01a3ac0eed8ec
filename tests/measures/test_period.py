"""Days, months and periods: month ends, half-open edges, reporting years."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.measures.period import (
    Period,
    add_months,
    closed_months,
    day_span,
    in_last_months,
    month_span,
    reporting_year,
    working_days_before,
)

D = datetime.date
DAYS = st.dates(D(1990, 1, 1), D(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (D(2026, 1, 31), 1, D(2026, 2, 28)),
        (D(2024, 1, 31), 1, D(2024, 2, 29)),
        (D(2026, 12, 15), 1, D(2027, 1, 15)),
        (D(2026, 11, 30), 3, D(2027, 2, 28)),
        (D(2026, 3, 31), -1, D(2026, 2, 28)),
        (D(2026, 1, 1), -1, D(2025, 12, 1)),
        (D(2026, 12, 31), 0, D(2026, 12, 31)),
        (D(2026, 6, 30), 120, D(2036, 6, 30)),
    ],
)
def test_months_are_added_to_the_same_day_or_the_last(day: D, months: int, expected: D) -> None:
    assert add_months(day, months) == expected


@given(DAYS, st.integers(-200, 200))
def test_months_move_by_exactly_so_many(day: D, months: int) -> None:
    moved = add_months(day, months)
    assert moved.year * 12 + moved.month - day.year * 12 - day.month == months
    assert moved.day <= day.day


@pytest.mark.parametrize(
    ("today", "start", "end"),
    [
        (D(2026, 11, 1), D(2025, 11, 1), D(2026, 11, 1)),
        (D(2026, 10, 31), D(2025, 10, 1), D(2026, 10, 1)),
        (D(2026, 11, 30), D(2025, 11, 1), D(2026, 11, 1)),
        (D(2024, 2, 29), D(2023, 2, 1), D(2024, 2, 1)),
    ],
)
def test_closed_months_end_with_the_month_before_today(today: D, start: D, end: D) -> None:
    assert closed_months(today, 12) == Period(start, end)


@given(DAYS, st.integers(1, 40))
def test_closed_months_are_whole_and_over(today: D, count: int) -> None:
    period = closed_months(today, count)
    months = period.months()
    assert len(months) == count
    assert all(month.day == 1 for month in months)
    assert period.last < today
    assert not period.holds(today)


def test_period_holds_its_first_day_and_not_its_end() -> None:
    period = Period(D(2026, 5, 1), D(2026, 6, 1))
    assert period.holds(D(2026, 5, 1)) and period.holds(D(2026, 5, 31))
    assert not period.holds(D(2026, 6, 1)) and not period.holds(D(2026, 4, 30))


def test_period_names_the_months_that_begin_in_it() -> None:
    assert Period(D(2026, 5, 2), D(2026, 7, 2)).months() == [D(2026, 6, 1), D(2026, 7, 1)]
    assert Period(D(2026, 5, 2), D(2026, 5, 30)).months() == []


def test_last_months_include_today() -> None:
    period = in_last_months(D(2026, 11, 22), 12)
    assert period.holds(D(2026, 11, 22)) and period.holds(D(2025, 11, 22))
    assert not period.holds(D(2025, 11, 21)) and not period.holds(D(2026, 11, 23))


@pytest.mark.parametrize(
    ("day", "expected"),
    [(D(2026, 3, 31), D(2025, 4, 1)), (D(2026, 4, 1), D(2026, 4, 1)), (D(2026, 12, 31), D(2026, 4, 1))],
)
def test_reporting_year_turns_on_the_first_of_its_month(day: D, expected: D) -> None:
    assert reporting_year(day, 4) == Period(expected, add_months(expected, 12))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (D(2026, 11, 23), D(2026, 11, 9)),  # from a Monday
        (D(2026, 11, 27), D(2026, 11, 13)),  # from a Friday
        (D(2026, 11, 28), D(2026, 11, 16)),  # from a Saturday
        (D(2026, 11, 29), D(2026, 11, 16)),  # from a Sunday
    ],
)
def test_working_days_leave_out_saturdays_and_sundays(day: D, expected: D) -> None:
    assert working_days_before(day, 10) == expected


def test_periods_are_said_in_words() -> None:
    assert month_span(Period(D(2025, 11, 1), D(2026, 11, 1))) == "November 2025 to October 2026"
    assert month_span(Period(D(2026, 5, 1), D(2026, 6, 1))) == "May 2026"
    assert day_span(Period(D(2026, 5, 3), D(2026, 8, 1))) == "3 May 2026 to 31 July 2026"
