"""The spreadsheet of an edition works out what its text promises, and nothing else in it is a formula (trust.md F8)."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from embedded.tables.filling import About, Formula, Line, Page, filling_workbook, sheet_names
from guidance.actions import load_library
from guidance.catalogue import NotAnEdition
from guidance.formulas import NotAFormula
from guidance.models import Edition
from guidance.sheet import check_formulas, sheet_about, sheet_pages
from tests.guidance.shelf import BODY, write
from tests.guidance.working_out import value

YELLOW, GREY = "FFFFF2CC", "FFF0F4F5"
TABLES = """How to fill it in. [S3] {fact}

Table: Staff

| Who | Pay | Months | Share | Cost |
|---|---|---|---|---|
| Researcher | | | 50 | {= B * C / 12 * D / 100} |
| Manager | | 3 | | {= B * (C + 1) - 2} |
| All | – | – | – | {= sum E} |

More words.

## Money

Table: Days & 'nights'

| What | Number | Each | Cost |
|---|---|---|---|
| Meals | | | {= B * C} |
| Shared | | | {= B / C} |
| Sum | | | {= sum D} |

Table: Total

| Head | Cost | Who |
|---|---|---|
| Staff | {= total Staff} | |
| Days | {= total Days & 'nights'} | |
| All | {= sum B} | |

- [ ] Checked
"""


def edition_of(shelf: Path, tables: str = TABLES) -> Edition:
    write(shelf, body=BODY.replace("A sentence. [S3] {fact}", tables), sheet="true")
    load_library(library=shelf)
    return Edition.objects.select_related("document").get()


def sheet_file(edition: Edition) -> bytes:
    return filling_workbook(sheet_pages(edition), sheet_about(edition))


def book_of(edition: Edition) -> Any:
    return openpyxl.load_workbook(io.BytesIO(sheet_file(edition)))


def row_of(sheet: Any, name: str) -> int:
    return next(cell.row for cell in sheet["A"] if cell.value == name)


@pytest.mark.django_db
def test_each_table_is_a_sheet_between_what_to_read_first_and_the_sources(shelf: Path) -> None:
    book = book_of(edition_of(shelf))
    assert book.sheetnames == ["Read this first", "Staff", "Days & nights", "Total", "Sources"]
    first = [row[0].value for row in book["Read this first"].iter_rows() if row[0].value]
    assert (
        first[0] == "A guide" and "Type in the yellow cells. The grey cells are worked out for you." in first
    )
    assert "Subject: Hello" in first
    staff = [row[0].value for row in book["Staff"].iter_rows() if row[0].value]
    assert staff == [
        "Staff",
        "How to fill it in. [1] (fact)",
        "Who",
        "Researcher",
        "Manager",
        "All",
        "More words.",
    ]
    assert [cell.value for cell in book["Total"]["A"]][-1] == "☐ Checked"
    assert book["Sources"]["A2"].value == "1. A paper, 2023."


@pytest.mark.django_db
def test_formulas_work_out_what_is_typed(shelf: Path) -> None:
    book = book_of(edition_of(shelf))
    staff, days = book["Staff"], book["Days & nights"]
    one, two, every = (row_of(staff, name) for name in ("Researcher", "Manager", "All"))
    staff[f"B{one}"], staff[f"C{one}"], staff[f"B{two}"] = 40_000, 6, 10
    assert value(book, "Staff", f"E{one}") == 40_000 * 6 / 12 * 50 / 100
    assert value(book, "Staff", f"E{two}") == 10 * (3 + 1) - 2
    assert value(book, "Staff", f"E{every}") == 10_038
    meals, shared, both = (row_of(days, name) for name in ("Meals", "Shared", "Sum"))
    days[f"B{meals}"], days[f"C{meals}"] = 3, 4.5
    assert value(book, "Days & nights", f"D{shared}") == 0  # nothing to divide by yet
    days[f"B{shared}"], days[f"C{shared}"] = 10, 4
    assert value(book, "Days & nights", f"D{both}") == 16
    total = book["Total"]
    assert value(book, "Total", f"B{row_of(total, 'Staff')}") == 10_038
    assert value(book, "Total", f"B{row_of(total, 'Days')}") == 16
    assert value(book, "Total", f"B{row_of(total, 'All')}") == 10_054


@pytest.mark.django_db
def test_what_a_file_shows_before_it_is_worked_out_is_what_it_comes_to(shelf: Path) -> None:
    """Some programs show the value that is kept beside a formula."""
    edition = edition_of(shelf)
    book = book_of(edition)
    kept = openpyxl.load_workbook(io.BytesIO(sheet_file(edition)), data_only=True)
    found = 0
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.data_type == "f"):
            assert kept[sheet.title][cell.coordinate].value == value(book, sheet.title, cell.coordinate)
            found += 1
    assert found == 9


@pytest.mark.django_db
def test_empty_cells_are_yellow_and_open_and_nothing_else_is(shelf: Path) -> None:
    book = book_of(edition_of(shelf))
    staff, one = book["Staff"], row_of(book["Staff"], "Researcher")
    looks = {cell.column_letter: (cell.fill.fgColor.rgb, cell.protection.locked) for cell in staff[one]}
    assert looks["B"] == looks["C"] == (YELLOW, False)
    assert looks["E"] == (GREY, True)
    assert looks["A"][1] and looks["D"][1]
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)
    asked = {str(one) for one in staff.data_validations.dataValidation[0].sqref.ranges} | {
        str(place) for one in staff.data_validations.dataValidation for place in one.sqref.ranges
    }
    assert {f"B{one}", f"C{one}"} <= asked
    assert not any(place.startswith("C") for place in map(str, _asked(book["Total"])))


def rules_of(sheet: Any) -> dict[str, Any]:
    """The rule of each cell that has one, by the cell's place."""
    return {str(place): one for one in sheet.data_validations.dataValidation for place in one.sqref.ranges}


def takes(rule: Any, place: str, typed: float | str) -> bool:
    """Whether a cell takes what was typed, as a spreadsheet program decides it."""
    if rule.type == "decimal":
        return not isinstance(typed, str) and float(rule.formula1) <= typed <= float(rule.formula2)
    said = re.fullmatch(
        rf"AND\(ISNUMBER\({place}\),OR\({place}=0,{place}>1\),{place}<=(\d+)\)", rule.formula1
    )
    assert rule.type == "custom" and said
    return not isinstance(typed, str) and (typed == 0 or typed > 1) and typed <= float(said[1])


@pytest.mark.django_db
def test_per_cent_typed_with_its_sign_is_refused_and_so_is_less_than_nothing(shelf: Path) -> None:
    """A spreadsheet takes 60% for 0.6 and 100% for 1."""
    edition = edition_of(shelf, TABLES.replace("| Share | Cost |", "| Share, per cent | Cost |"))
    staff = book_of(edition)["Staff"]
    rules, share, pay = rules_of(staff), f"D{row_of(staff, 'Manager')}", f"B{row_of(staff, 'Manager')}"
    assert rules[share].error.startswith("Write 60, not 60%.")
    refused = [
        typed for typed in (-60, -0.1, 0.005, 0.6, 1, 60, "sixty") if not takes(rules[share], share, typed)
    ]
    assert refused == [-60, -0.1, 0.005, 0.6, 1, "sixty"]
    assert [typed for typed in (-1, -0.01, 0, 0.5, 40_000) if takes(rules[pay], pay, typed)] == [
        0,
        0.5,
        40_000,
    ]
    assert all(takes(rules[share], share, typed) for typed in (0, 1.5, 100, 120))


@pytest.mark.django_db
def test_costs_sheet_works_out_what_nobody_pays_yet() -> None:
    load_library()
    book = book_of(Edition.objects.published().select_related("document").get(document__slug="costs-sheet"))
    travel, pays, gap = book["Travel, training and disseminati"[:31]], book["Who pays"], book["The gap"]
    row = row_of(travel, "Travel between sites")
    travel[f"B{row}"], travel[f"C{row}"] = 10, 50
    pays[f"B{row_of(pays, 'Host')}"] = 300
    line = row_of(gap, "The whole post")
    assert [value(book, "The gap", f"{column}{line}") for column in "BCD"] == [500, 300, 200]


def _asked(sheet: Any) -> list[Any]:
    return [place for one in sheet.data_validations.dataValidation for place in one.sqref.ranges]


@pytest.mark.django_db
def test_every_shipped_spreadsheet_adds_up() -> None:
    """Every yellow cell is given a number; every grey cell comes to what the text says it comes to."""
    load_library()
    editions = list(Edition.objects.published().filter(sheet=True).select_related("document"))
    assert editions
    for edition in editions:
        book = book_of(edition)
        for sheet in book:
            for number, cell in enumerate(cell for row in sheet.iter_rows() for cell in row):
                if cell.fill.fgColor.rgb == YELLOW:
                    cell.value = 1 + number % 7
        formulas = 0
        for page in sheet_pages(edition):
            for row, cells in enumerate(page.rows, page.first_row):
                for column, cell in enumerate(cells):
                    if isinstance(cell, Formula):
                        assert value(book, page.name, f"{chr(65 + column)}{row}") > 0, (page.name, cell)
                        formulas += 1
        assert formulas > 10


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("E * 2", "column E is not there"),
        ("C * 2", "column C is not there, or not worked out before"),
        ("D * 2", "column D is not there, or not worked out before"),
        ("B ** 2", "only columns, numbers"),
        ("B * (2", "only columns, numbers"),
        ("B(2)", "only columns, numbers"),
        ("B * 1E9", "only columns, numbers"),
        ("B * 1.2.3", "only columns, numbers"),
        ("B & B", "only columns, numbers"),
        ("HYPERLINK(B)", "only columns, numbers"),
        ("__import__", "only columns, numbers"),
        ("B1", "only columns, numbers"),
        ("sum Z", "nothing above it"),
        ("total Nowhere", "no table above"),
        ("(" * 100 + "B" + ")" * 19, "only columns, numbers"),
    ],
)
def test_formula_that_cannot_be_worked_out_is_refused(formula: str, said: str) -> None:
    body = f"| A | B | C | D |\n|---|---|---|---|\n| x | | {{= {formula}}} | {{= B}} |\n"
    with pytest.raises(NotAFormula, match=said):
        check_formulas(body)


def test_sum_without_rows_above_and_formula_beside_words_are_refused() -> None:
    for cell in ("{= sum B}", "about {= A}"):
        with pytest.raises(NotAFormula):
            check_formulas(f"| A | B |\n|---|---|\n| | {cell} |\n")


@pytest.mark.django_db
def test_library_is_not_loaded_with_such_a_formula(shelf: Path) -> None:
    with pytest.raises(NotAnEdition, match=r"a-guide/1\.0\.0\.md: “total Nowhere”"):
        edition_of(shelf, TABLES.replace("total Staff", "total Nowhere"))


@pytest.mark.parametrize(
    "start", ["=", "+", "-", "@", "\t=", " =", "＝", "\r=", "|", "{=1+1}", "=HYPERLINK(1)"]
)
def test_words_that_begin_like_a_formula_are_words(start: str) -> None:
    text = f"{start}1+1"
    pages = [Page("One", text, [Line(text)], [text, text], [[text, text]], [Line(text, heading=True)])]
    made = filling_workbook(pages, About(text, text, text, datetime.date(2026, 11, 1), text))
    for row in openpyxl.load_workbook(io.BytesIO(made))["One"].iter_rows():
        assert all(
            cell.data_type in ("s", "n") and not (cell.data_type == "n" and cell.value) for cell in row
        )


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=50), max_size=6))
def test_names_of_sheets_are_taken_and_each_another(wanted: list[str]) -> None:
    names = sheet_names(wanted)
    assert len({name.lower() for name in names}) == len(wanted)
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\'") for name in names)


@pytest.mark.django_db
def test_same_edition_is_the_same_file_and_fetches_nothing(shelf: Path) -> None:
    edition = edition_of(shelf)
    made = sheet_file(edition)
    assert made == sheet_file(edition)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        whole = b"".join(parts.read(name) for name in parts.namelist())
    assert b"TargetMode" not in whole and b"externalLink" not in whole
    assert b"2026-11-01T12:00:00Z" in whole
