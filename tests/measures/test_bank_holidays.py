"""Bank holidays of the four nations, against the dates that their governments published."""

from __future__ import annotations

import datetime

import pytest

from programmes.measures.bank_holidays import bank_holidays, is_working_day

ENGLAND = {
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
}
SCOTLAND = {
    2022: "01-03 01-04 04-15 05-02 06-02 06-03 08-01 09-19 11-30 12-26 12-27",
    2023: "01-02 01-03 04-07 05-01 05-08 05-29 08-07 11-30 12-25 12-26",
    2024: "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26",
    2026: "01-01 01-02 04-03 05-04 05-25 06-15 08-03 11-30 12-25 12-28",
    2027: "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28",
}
NORTHERN_IRELAND = {
    2024: "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26",
    2025: "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26",
    2026: "01-01 03-17 04-03 04-06 05-04 05-25 07-13 08-31 12-25 12-28",
}
PUBLISHED = [
    (nation, year, days)
    for nation, years in [
        ("england", ENGLAND),
        ("wales", ENGLAND),
        ("scotland", SCOTLAND),
        ("northern_ireland", NORTHERN_IRELAND),
    ]
    for year, days in years.items()
]


@pytest.mark.parametrize(("nation", "year", "days"), PUBLISHED)
def test_holidays_are_those_that_were_published(nation: str, year: int, days: str) -> None:
    assert sorted(f"{day:%m-%d}" for day in bank_holidays(nation, year)) == days.split()


def test_no_holiday_is_on_a_weekend() -> None:
    for nation in ("england", "scotland", "wales", "northern_ireland"):
        for year in range(2011, 2060):
            assert all(day.weekday() < 5 for day in bank_holidays(nation, year))


@pytest.mark.parametrize(
    ("nation", "month", "day", "works"),
    [
        ("england", 1, 2, True),
        ("scotland", 1, 2, False),
        ("scotland", 4, 6, True),
        ("wales", 4, 6, False),
        ("northern_ireland", 7, 13, False),
        ("england", 7, 13, True),
        ("", 12, 25, True),
        ("england", 12, 26, False),
    ],
)
def test_nations_differ(nation: str, month: int, day: int, works: bool) -> None:
    assert is_working_day(datetime.date(2026, month, day), nation) is works
