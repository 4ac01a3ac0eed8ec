"""A newer published file: new ones appear, renamed ones keep their former name, closed ones stay, nothing goes."""

from __future__ import annotations

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from programmes.registers.editing import Published, write_edition
from programmes.registers.entry import Entry, FormerName, read_entries, write_entries
from programmes.registers.problems import BadFile
from programmes.registers.published.trusts import kind_of
from tests.registers.conftest import COUNCIL_HEADER, UNIVERSITY_HEADER, Write, trust_row

THEN, NOW = date(2025, 6, 1), date(2026, 5, 4)
GUYS = trust_row("RJ1", "GUY'S AND ST THOMAS' NHS FOUNDATION TRUST")
KINGS = trust_row("RJZ", "KING'S COLLEGE HOSPITAL NHS FOUNDATION TRUST")
SOLENT = trust_row("R1C", "SOLENT NHS TRUST")
HAMPSHIRE = trust_row("RW1", "SOUTHERN HEALTH NHS FOUNDATION TRUST")
FIVE = [GUYS, KINGS, SOLENT, HAMPSHIRE, trust_row("RJ2", "LEWISHAM AND GREENWICH NHS TRUST")]


@pytest.fixture
def to(write: Write, other: Path, tmp_path: Path) -> Path:
    """A register made of an older edition of the files."""
    path = tmp_path / "organisations.csv"
    write_edition(Published(trusts=write("etr.csv", FIVE), other=other), path, on=THEN)
    return path


def by_code(path: Path) -> dict[str, Entry]:
    return {entry.code: entry for entry in read_entries(path)}


def newer(write: Write, rows: list[list[str]], to: Path, **options: bool) -> str:
    return write_edition(Published(trusts=write("newer.csv", rows)), to, on=NOW, **options)


def test_the_first_edition_holds_names_places_and_regions(to: Path) -> None:
    guys = by_code(to)["RJ1"]
    assert guys.legal_name == "GUY'S AND ST THOMAS' NHS FOUNDATION TRUST"
    assert guys.display_name == "Guy's and St Thomas' NHS Foundation Trust"
    assert guys.address.splitlines() == ["St Thomas' Hospital", "Westminster Bridge Road", "London"]
    assert (guys.town, guys.postcode, guys.region, guys.icb_code) == ("London", "SE1 7EH", "London", "QKK")
    assert (guys.kind, guys.nation, guys.opened) == ("nhs_foundation_trust", "england", date(1993, 4, 1))
    assert "Evelina London Children's Hospital" in guys.sites
    assert by_code(to)["7A4"].kind == "health_board"
    assert by_code(to)["Y56"].display_name == "NHS England London"


def test_the_same_files_again_change_nothing(write: Write, to: Path) -> None:
    before = to.read_bytes()
    assert newer(write, FIVE, to) == "8 organisations. Nothing has changed.\n"
    assert to.read_bytes() == before


def test_a_new_one_appears(write: Write, to: Path) -> None:
    report = newer(write, [*FIVE, trust_row("RXX", "BRAND NEW NHS TRUST", opened="20260401")], to)
    assert "New: 1\n  RXX Brand New NHS Trust" in report
    assert by_code(to)["RXX"].opened == date(2026, 4, 1)


def test_a_renamed_one_keeps_its_former_name_with_the_date(write: Write, to: Path) -> None:
    report = newer(write, [trust_row("RJ1", "THAMES NHS FOUNDATION TRUST"), *FIVE[1:]], to)
    assert "Renamed: 1\n  RJ1 Thames NHS Foundation Trust; before: Guy's and St Thomas'" in report
    renamed = by_code(to)["RJ1"]
    assert renamed.display_name == "Thames NHS Foundation Trust"
    assert FormerName("Guy's and St Thomas' NHS Foundation Trust", NOW) in renamed.former_names


def test_one_renamed_twice_keeps_both_and_one_renamed_back_is_not_its_own_former_name(
    write: Write, to: Path
) -> None:
    newer(write, [trust_row("RJ1", "THAMES NHS FOUNDATION TRUST"), *FIVE[1:]], to)
    newer(write, [trust_row("RJ1", "RIVER NHS FOUNDATION TRUST"), *FIVE[1:]], to)
    names = [former.name for former in by_code(to)["RJ1"].former_names]
    assert {"Thames NHS Foundation Trust", "Guy's and St Thomas' NHS Foundation Trust"} <= set(names)
    newer(write, FIVE, to)
    names = [former.name for former in by_code(to)["RJ1"].former_names]
    assert {"Thames NHS Foundation Trust", "River NHS Foundation Trust"} <= set(names)
    assert "Guy's and St Thomas' NHS Foundation Trust" not in names


def test_a_closed_one_stays_and_points_to_its_successor_where_one_is_known(write: Write, to: Path) -> None:
    closed = trust_row("R1C", "SOLENT NHS TRUST", closed="20240930")
    report = newer(write, [GUYS, KINGS, closed, HAMPSHIRE, FIVE[4]], to)
    assert "Closed: 1\n  R1C Solent NHS Trust, on 2024-09-30; now RW1" in report
    solent = by_code(to)["R1C"]
    assert (solent.closed, solent.successors) == (date(2024, 9, 30), ("RW1",))
    assert len(by_code(to)) == 8


def test_a_closed_one_without_a_known_successor_asks_for_it(write: Write, to: Path) -> None:
    report = newer(write, [trust_row("RJ1", GUYS[1], closed="20260331"), *FIVE[1:]], to)
    assert "no successor known: add it to data/facts.csv" in report


def test_one_that_is_open_again_has_no_successor(write: Write, to: Path) -> None:
    newer(
        write, [GUYS, KINGS, trust_row("R1C", "SOLENT NHS TRUST", closed="20240930"), HAMPSHIRE, FIVE[4]], to
    )
    report = newer(write, FIVE, to)
    assert "Open again: 1\n  R1C" in report
    assert (by_code(to)["R1C"].closed, by_code(to)["R1C"].successors) == (None, ())


def test_one_missing_from_the_newer_file_stays_as_it_was_and_is_reported(write: Write, to: Path) -> None:
    before = by_code(to)["RJ2"]
    report = newer(write, FIVE[:4], to)
    assert "No longer in the file, kept as they were: 1\n  RJ2" in report
    assert by_code(to)["RJ2"] == before


def test_a_file_that_shrank_below_four_fifths_is_not_believed_unless_told(write: Write, to: Path) -> None:
    before = to.read_bytes()
    with pytest.raises(BadFile, match="3 organisations where we had 5: it looks cut short"):
        newer(write, FIVE[:3], to)
    assert to.read_bytes() == before
    assert "kept as they were: 2" in newer(write, FIVE[:3], to, allow_fewer=True)


def test_a_bad_newer_file_leaves_the_register_byte_for_byte(write: Write, to: Path) -> None:
    before = to.read_bytes()
    with pytest.raises(BadFile):
        newer(write, [*FIVE, trust_row("RXX", "NEW NHS TRUST", opened="20261301")], to)
    assert to.read_bytes() == before


def test_a_moved_one_is_reported_with_what_changed(write: Write, to: Path) -> None:
    moved = [*GUYS[:9], "SE1 9RT", *GUYS[10:]]
    report = newer(write, [moved, *FIVE[1:]], to)
    assert "Changed: 1\n  RJ1 Guy's and St Thomas' NHS Foundation Trust: postcode" in report


def test_councils_point_to_their_successors_also_where_one_was_split(write: Write, tmp_path: Path) -> None:
    row = ["", "", "", ""]
    rows = [
        COUNCIL_HEADER,
        [
            "OLD",
            "E10000021",
            "Old County Council",
            "Old",
            "County",
            "England",
            "South East",
            "",
            "2021-04-01",
            "NOR,WES",
        ],
        ["NOR", "E06000061", "North Old Council", "North Old", "Unitary", "England", *row],
        ["WES", "E06000062", "West  Old Council", "West Old", "Unitary", "Wales", "Wales", *row[1:]],
    ]
    to = tmp_path / "o.csv"
    write_edition(Published(councils=write("councils.csv", rows)), to, on=NOW)
    old, west = by_code(to)["OLD"], by_code(to)["WES"]
    assert (old.successors, old.closed, old.region) == (("NOR", "WES"), date(2021, 4, 1), "South East")
    assert (west.display_name, west.nation, west.region) == ("West Old Council", "wales", "")
    assert west.other_names == ("West Old",)


def test_other_names_of_universities_come_apart_at_the_bars(write: Write, tmp_path: Path) -> None:
    rows = [
        UNIVERSITY_HEADER,
        (
            "10007798",
            "The University of Manchester",
            "University of Manchester|UoM||the university of manchester",
            "M13 9PL",
        ),
        ("10007790", "The University of Edinburgh", "", ""),
    ]
    to = tmp_path / "o.csv"
    write_edition(Published(universities=write("u.csv", rows)), to, on=NOW)
    manchester, edinburgh = by_code(to)["10007798"], by_code(to)["10007790"]
    assert manchester.other_names == ("University of Manchester", "UoM", "Manchester University")
    assert (edinburgh.nation, manchester.nation) == ("scotland", "england")


def test_files_not_given_stay_as_they_are(write: Write, to: Path) -> None:
    rows = [UNIVERSITY_HEADER, ("10007784", "University College London", "", "WC1E 6BT")]
    report = write_edition(Published(universities=write("u.csv", rows)), to, on=NOW)
    assert report.splitlines() == ["9 organisations.", "New: 1", "  10007784 University College London"]


def test_the_register_file_reads_back_as_it_was_written(to: Path, tmp_path: Path) -> None:
    entries = read_entries(to)
    write_entries(entries, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == to.read_bytes()


def test_the_command_prints_and_saves_the_report(write: Write, other: Path, tmp_path: Path) -> None:
    out, report = StringIO(), tmp_path / "report.txt"
    trusts = write("etr.csv", FIVE)
    call_command(
        "write_registers",
        trusts=trusts,
        other=other,
        to=tmp_path / "o.csv",
        report=report,
        on=NOW,
        stdout=out,
    )
    assert out.getvalue() == report.read_text()
    assert out.getvalue().startswith("8 organisations.\nNew: 8\n")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("LONDON AMBULANCE SERVICE NHS TRUST", "ambulance_trust"),
        ("GREATER MANCHESTER MENTAL HEALTH NHS FOUNDATION TRUST", "mental_health_trust"),
        ("KENT COMMUNITY HEALTH NHS FOUNDATION TRUST", "community_trust"),
        ("SUSSEX COMMUNITY NHS FOUNDATION TRUST", "community_trust"),
        ("BARTS HEALTH NHS TRUST", "nhs_trust"),
        ("OXLEAS NHS FOUNDATION TRUST", "nhs_foundation_trust"),
        ("BIRMINGHAM WOMEN'S AND CHILDREN'S NHS FOUNDATION TRUST", "nhs_foundation_trust"),
    ],
)
def test_the_kind_of_a_trust_is_what_its_name_plainly_says(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_the_published_files_make_the_shipped_register(published: Path, tmp_path: Path) -> None:
    """Tests as ODS and the others publish them; skipped where the files are not."""
    to = tmp_path / "organisations.csv"
    given = Published(
        trusts=published / "etr.csv",
        other=published / "nhs_organisations_other.csv",
        councils=published / "local_authorities.csv",
        universities=published / "higher_education_providers.csv",
    )
    assert write_edition(given, to, on=NOW).startswith("931 organisations.")
    assert to.read_bytes() == Path("programmes/registers/data/organisations.csv").read_bytes()
    trusts = [entry for entry in read_entries(to) if entry.source == "etr"]
    assert len(trusts) == 210
    assert sum(entry.closed is None for entry in trusts) == 205
    assert {entry.code for entry in trusts if entry.nation == "wales"} == {"RQF", "RT4", "RYT"}
    assert write_edition(given, to, on=NOW) == "931 organisations. Nothing has changed.\n"
