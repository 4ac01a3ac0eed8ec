"""A malformed file changes nothing and names the line and the fix (trust.md 4.1)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from programmes.registers.editing import Published, write_edition
from programmes.registers.problems import BadFile
from tests.registers.conftest import COUNCIL_HEADER, OTHER_HEADER, UNIVERSITY_HEADER, Write, trust_row

ON = date(2026, 5, 4)
GOOD = trust_row("RJ1", "GUY'S AND ST THOMAS' NHS FOUNDATION TRUST")
TWO = trust_row("RJZ", "KING'S COLLEGE HOSPITAL NHS FOUNDATION TRUST")


def as_text(rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue()


def changed(column: int, value: str) -> list[str]:
    return [*TWO[:column], value, *TWO[column + 1 :]]


ROWS = {
    "a column too few": (TWO[:-1], 2, "has 26 columns, not 27"),
    "a column too many": ([*TWO, ""], 2, "28 columns, not 27"),
    "a header": (changed(1, "Name"), 2, "header"),
    "a day that is none": (changed(10, "20240231"), 2, "'20240231' is not a day of the calendar"),
    "a date with hyphens": (changed(10, "2024-02-01"), 2, "not a date of eight digits"),
    "a date in other digits": (changed(10, "２０２４０２０１"), 2, "not a date of eight digits"),
    "a date of long ago": (changed(10, "00010101"), 2, "lies too far from today"),
    "closed before opened": (changed(11, "19000101"), 2, "closes before it opens"),
    "a bad code": (changed(0, "R-Z"), 2, "'R-Z' is not an ODS code"),
    "a code in small letters": (changed(0, "rjz"), 2, "'rjz' is not an ODS code"),
    "no code": (changed(0, ""), 2, "The code '' is not a code"),
    "no name": (changed(1, ""), 2, "name is missing"),
    "a long name": (changed(1, "X" * 251), 2, "longer than 250"),
    "a bad postcode": (changed(9, "LONDON"), 2, "'LONDON' is not a postcode"),
    "an unknown region": (changed(2, "Y99"), 2, "The region 'Y99'"),
    "the same code twice": (GOOD, 2, "RJ1 is already on line 1"),
    "an endless cell": (changed(4, "X" * 2001), 2, "longer than 2000"),
}


@pytest.mark.parametrize("case", ROWS)
def test_a_bad_row_is_named_with_its_line_and_nothing_is_written(
    case: str, write: Write, other: Path, tmp_path: Path
) -> None:
    row, line, what = ROWS[case]
    to = tmp_path / "organisations.csv"
    trusts = write("etr.csv", [GOOD, row])
    with pytest.raises(BadFile) as raised:
        write_edition(Published(trusts=trusts, other=other), to, on=ON)
    problem = raised.value.problems[0]
    assert (problem.file, problem.line) == ("etr.csv", line)
    assert what in problem.what
    assert problem.fix.endswith(".")
    assert not to.exists()


GOOD_TEXT = as_text([GOOD, TWO])
CONTENTS = {
    "empty": (b"", 1, "empty"),
    "only a byte order mark": (b"\xef\xbb\xbf", 1, "empty"),
    "only blank lines": (b"\r\n" * 50, 1, "empty"),
    "a web page": (b"<!DOCTYPE html><html><body>Sign in</body></html>", 1, "web page"),
    "a web page after a mark": (b"\xef\xbb\xbf\n <html>", 1, "web page"),
    "an Excel file": (b"PK\x03\x04" + b"\x00" * 40, 1, "spreadsheet"),
    "an old Excel file": (b"\xd0\xcf\x11\xe0" + b"\x00" * 40, 1, "old Excel"),
    "a PDF": (b"%PDF-1.7\n", 1, "PDF"),
    "a picture": (b"\x89PNG\r\n", 1, "picture"),
    "a program": (b"MZ\x90", 1, "program"),
    "UTF-16": (GOOD_TEXT.encode("utf-16"), 1, "UTF-16"),
    "Windows-1252": (GOOD_TEXT.replace("KING'S", "KING\u2019S").encode("cp1252"), 2, "not in UTF-8"),
    "a lone surrogate": (GOOD_TEXT.encode().replace(b"KING", b"\xed\xa0\x80"), 2, "not in UTF-8"),
    "a NUL character": (GOOD_TEXT.encode().replace(b"KING", b"KI\x00NG"), 2, "NUL"),
    "a quote left open": (
        GOOD_TEXT.encode().replace(b'"DENMARK', b"DENMARK")[:-10] + b'"',
        2,
        "cannot be read",
    ),
    "cut at the half": (GOOD_TEXT.encode()[: len(GOOD_TEXT) * 3 // 4], 2, ""),
    "semicolons": (GOOD_TEXT.replace(",", ";").replace('"', "").encode(), 1, "not separated by commas"),
    "tabs": (GOOD_TEXT.replace(",", "\t").replace('"', "").encode(), 1, "not separated by commas"),
    "two hundred thousand columns": (b"," * 200_000, 1, ""),
}


@pytest.mark.parametrize("case", CONTENTS)
def test_a_file_that_is_not_what_it_should_be_is_refused(case: str, other: Path, tmp_path: Path) -> None:
    content, line, what = CONTENTS[case]
    trusts = tmp_path / "etr.csv"
    trusts.write_bytes(content)
    with pytest.raises(BadFile) as raised:
        write_edition(Published(trusts=trusts, other=other), tmp_path / "organisations.csv", on=ON)
    assert raised.value.problems[0].line == line
    assert what in raised.value.problems[0].what
    assert not (tmp_path / "organisations.csv").exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\r\n", "\n"),
        lambda text: text.replace("\r\n", "\r"),
        lambda text: text + "\r\n" * 1000,
        lambda text: text.replace('"', ""),
        lambda text: text.replace('"LONDON"', '" LONDON "'),
    ],
    ids=["a mark", "LF", "CR", "blank lines at the end", "no quotes", "stray spaces"],
)
def test_what_is_only_unusual_is_read_all_the_same(
    change: Callable[[str], str], other: Path, tmp_path: Path
) -> None:
    trusts = tmp_path / "etr.csv"
    trusts.write_bytes(change(GOOD_TEXT).encode())
    report = write_edition(Published(trusts=trusts, other=other), tmp_path / "organisations.csv", on=ON)
    assert "5 organisations" in report


def test_every_bad_line_is_named_at_once_up_to_twenty(write: Write, other: Path, tmp_path: Path) -> None:
    trusts = write("etr.csv", [changed(10, "x") for _ in range(25)])
    with pytest.raises(BadFile) as raised:
        write_edition(Published(trusts=trusts, other=other), tmp_path / "o.csv", on=ON)
    assert len(raised.value.problems) == 25
    assert "line 20" in str(raised.value)
    assert "line 21" not in str(raised.value)
    assert "5 more lines" in str(raised.value)


COUNCILS = {
    "a column missing": ([COUNCIL_HEADER[:-1]], 1, "column replaced_by is missing"),
    "a column twice": ([[*COUNCIL_HEADER, "nation"]], 1, "column nation is there twice"),
    "only a header": ([COUNCIL_HEADER], 1, "a header and no rows"),
    "an unknown successor": (
        [COUNCIL_HEADER, ["OLD", "", "Old Council", "Old", "County", "England", "", "", "2020-04-01", "NEW"]],
        2,
        "successor NEW is not in the file",
    ),
    "an unknown nation": (
        [COUNCIL_HEADER, ["OLD", "", "Old Council", "Old", "County", "Ireland", "", "", "", ""]],
        2,
        "nation 'Ireland'",
    ),
    "a bad ONS code": (
        [COUNCIL_HEADER, ["OLD", "E0700", "Old Council", "Old", "County", "England", "", "", "", ""]],
        2,
        "'E0700' is not a GSS code",
    ),
    "a successor and no end": (
        [COUNCIL_HEADER, ["OLD", "", "Old Council", "Old", "County", "England", "", "", "", "OLD"]],
        2,
        "a successor and no closing date",
    ),
    "its own successor": (
        [COUNCIL_HEADER, ["OLD", "", "Old Council", "Old", "County", "England", "", "", "2020-04-01", "OLD"]],
        2,
        "succeeds itself",
    ),
}


@pytest.mark.parametrize("case", COUNCILS)
def test_a_bad_council_file_names_the_line(case: str, write: Write, tmp_path: Path) -> None:
    rows, line, what = COUNCILS[case]
    with pytest.raises(BadFile) as raised:
        write_edition(Published(councils=write("councils.csv", rows)), tmp_path / "o.csv", on=ON)
    assert raised.value.problems[0].line == line
    assert what in str(raised.value)


def test_councils_that_succeed_each_other_in_a_circle_are_refused(write: Write, tmp_path: Path) -> None:
    rows = [
        COUNCIL_HEADER,
        ["ONE", "", "One Council", "One", "County", "England", "", "", "2020-04-01", "TWO"],
        ["TWO", "", "Two Council", "Two", "County", "England", "", "", "2020-04-01", "ONE"],
    ]
    with pytest.raises(BadFile, match="lead back to it"):
        write_edition(Published(councils=write("councils.csv", rows)), tmp_path / "o.csv", on=ON)


@pytest.mark.parametrize(
    ("rows", "what"),
    [
        ([UNIVERSITY_HEADER, ("20007784", "X", "", "")], "UKPRN"),
        ([UNIVERSITY_HEADER, ("10007784", "X", "", "WC1")], "postcode"),
        ([OTHER_HEADER, ("Y56", "London", "planet", "")], "UKPRN|column ukprn is missing"),
    ],
)
def test_a_bad_university_file_names_the_line(
    rows: list[tuple[str, ...]], what: str, write: Write, tmp_path: Path
) -> None:
    with pytest.raises(BadFile, match=what):
        write_edition(Published(universities=write("u.csv", rows)), tmp_path / "o.csv", on=ON)


def test_a_kind_of_body_that_we_do_not_know_is_refused(write: Write, tmp_path: Path) -> None:
    rows = [OTHER_HEADER, ("Y56", "London", "planet", "")]
    with pytest.raises(BadFile, match="The kind 'planet' is none of"):
        write_edition(Published(other=write("other.csv", rows)), tmp_path / "o.csv", on=ON)


def test_the_command_says_that_nothing_has_changed(write: Write, tmp_path: Path) -> None:
    trusts = write("etr.csv", [changed(0, "R-Z")])
    to = tmp_path / "organisations.csv"
    with pytest.raises(CommandError, match=r"Nothing has been changed\.\netr.csv, line 1: 'R-Z'"):
        call_command("write_registers", trusts=trusts, to=to)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("write_registers", trusts=tmp_path / "nowhere.csv", to=to)
    assert not to.exists()
