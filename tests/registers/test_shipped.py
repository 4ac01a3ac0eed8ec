"""The register file that ships with the project, and our own two small files."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from programmes.registers.entry import read_entries
from programmes.registers.everyday import EVERYDAY, FACTS, NAME_COLUMNS

ENTRIES = {entry.key: entry for entry in read_entries()}


def test_it_holds_trusts_boards_councils_and_universities() -> None:
    counts = Counter(entry.source for entry in ENTRIES.values())
    assert counts == {"etr": 210, "nhs_other": 56, "councils": 470, "universities": 195}
    assert sum(entry.closed is None for entry in ENTRIES.values() if entry.source == "councils") == 397


@pytest.mark.parametrize("path", [EVERYDAY, FACTS], ids=["everyday names", "facts"])
def test_every_line_of_ours_is_about_an_organisation_of_the_register(path) -> None:  # type: ignore[no-untyped-def]
    with path.open(encoding="utf-8", newline="") as file:
        strangers = [row for row in csv.DictReader(file) if (row["scheme"], row["code"]) not in ENTRIES]
    assert strangers == []


def test_there_are_enough_everyday_names_and_each_stands_once() -> None:
    with EVERYDAY.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == NAME_COLUMNS
    assert sum(row["kind"] == "site" for row in rows) >= 300
    sites = Counter(row["name"].casefold() for row in rows if row["kind"] == "site")
    assert [name for name, times in sites.items() if times > 1] == []


def test_every_successor_exists_and_is_live_or_closed_later() -> None:
    for entry in ENTRIES.values():
        for code in entry.successors:
            after = ENTRIES[entry.scheme, code]
            assert after.closed is None or (entry.closed and after.closed >= entry.closed)


def test_nations_of_universities_are_right_at_the_borders() -> None:
    nations = {
        code: ENTRIES["ukprn", code].nation for code in ("10007790", "10007814", "10005343", "10007788")
    }
    assert list(nations.values()) == ["scotland", "wales", "northern_ireland", "england"]
