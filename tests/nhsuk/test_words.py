"""Dates, times, amounts and counts as they are said."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from embedded.nhsuk import words


def test_days_and_months() -> None:
    assert words.day(date(2026, 5, 3)) == "3 May 2026"
    assert words.month(date(2026, 5, 3)) == "May 2026"
    assert words.day(None) == words.month(None) == words.moment(None) == ""


def test_moments_are_london_time() -> None:
    assert words.moment(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026 at 12:30am"
    assert words.moment(datetime(2026, 1, 1, 13, 5, tzinfo=UTC)) == "1 January 2026 at 1:05pm"
    assert words.day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "2 July 2026"


@pytest.mark.parametrize(
    ("given", "said"),
    [(0, "0 min"), (45, "45 min"), (60, "1 h"), (90, "1 h 30 min"), (60000, "1,000 h"), (None, "")],
)
def test_minutes(given: int | None, said: str) -> None:
    assert words.minutes(given) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [(0, "£0"), (1234, "£1,234"), (Decimal("1234.5"), "£1,234.50"), (Decimal(-5), "-£5"), (None, "")],
)
def test_pounds(given: Decimal | int | None, said: str) -> None:
    assert words.pounds(given) == said


def test_counts() -> None:
    assert words.counted(1, "residency", "residencies") == "1 residency"
    assert words.counted(3, "residency", "residencies") == "3 residencies"
    assert words.counted(0, "note") == "no notes"


def test_first_letters() -> None:
    assert words.start_low("Start date") == "start date"
    assert words.start_low("ODS code") == "ODS code"
    assert words.start_high("start date") == "Start date"


def test_what_is_too_long_for_a_line_is_cut_between_words() -> None:
    assert words.cut("four", 4) == "four"
    assert words.cut("a longer title", 13) == "a longer…"
    assert words.cut("unbroken", 5) == "unbr…"
