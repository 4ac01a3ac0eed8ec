"""XLSX to be filled in: yellow cells to type in, cells that are worked out, and words that nothing can turn into a
formula (trust.md F8)."""

from __future__ import annotations

import datetime
import hashlib
import io
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from embedded.tables.xlsx import LONGEST, QUIET, REFUSED

LONGEST_NAME: Final = 31  # letters that the name of a sheet may have
NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\'‘’]+")
FIRST_COLUMN: Final = 44  # letters wide
OTHER_COLUMNS: Final = 20
LINE_HEIGHT: Final = 15.5  # points
LOOKS: Final[dict[str, dict[str, Any]]] = {
    "title": {"bold": True, "font_size": 16, "font_color": "#003087"},
    "heading": {"bold": True, "font_size": 12, "text_wrap": True, "font_color": "#003087"},
    "line": {"text_wrap": True},
    "head": {"bold": True, "text_wrap": True, "bg_color": "#E8EDEE", "border": 1},
    "name": {"bold": True, "text_wrap": True, "border": 1},
    "text": {"text_wrap": True, "border": 1},
    "number": {"num_format": "#,##0.##", "border": 1},
    "input": {"bg_color": "#FFF2CC", "locked": False, "text_wrap": True, "border": 1},
    "worked": {"num_format": "#,##0.00", "bg_color": "#F0F4F5", "border": 1},
}


@dataclass(frozen=True)
class Input:
    """A cell to type in; `number` takes nothing but numbers from 0, `per_cent` only 0 and those above 1: a spreadsheet
    takes "60%" for 0.6 and "100%" for 1, which as a number of per cent is a hundredth of what was meant."""

    number: bool = False
    per_cent: bool = False


@dataclass(frozen=True)
class Formula:
    """What a cell works out, as Excel writes it after the "="; `value` is what comes of it before anybody typed."""

    text: str
    value: float


Cell = str | float | Input | Formula


@dataclass(frozen=True)
class Line:
    """A line of words above or below a table."""

    text: str
    heading: bool = False


@dataclass(frozen=True)
class Page:
    """A sheet: lines of words, then a table if there is one, then more lines. `name` comes from `sheet_names`."""

    name: str
    title: str
    before: Sequence[Line] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = ()
    after: Sequence[Line] = ()

    @property
    def first_row(self) -> int:
        """The number, counted from 1, of the row that stands under the head."""
        return len(self.before) + 4


def sheet_names(wanted: Sequence[str]) -> list[str]:
    """Names that a spreadsheet takes, each another."""
    found: list[str] = []
    for one in wanted:
        base = " ".join(NOT_IN_NAMES.sub(" ", one).split())[:LONGEST_NAME].strip() or "Sheet"
        name, number = base, 2
        while name.lower() in {other.lower() for other in found}:
            ending = f" {number}"
            name, number = base[: LONGEST_NAME - len(ending)] + ending, number + 1
        found.append(name)
    return found


@dataclass(frozen=True)
class About:
    """What a file says about itself; `footer` stands on every printed page."""

    title: str
    author: str
    subject: str
    made_on: datetime.date
    footer: str


def filling_workbook(pages: Sequence[Page], about: About) -> bytes:
    """The .xlsx file; the same pages make the same bytes. Sheets are protected without a password, so that
    no formula is typed over by accident."""
    held = io.BytesIO()
    quiet = QUIET | {"constant_memory": False, "in_memory": True}
    with xlsxwriter.Workbook(held, quiet) as book:
        book.set_properties(_properties(about))
        looks = {
            name: book.add_format({"valign": "top", "font_name": "Arial"} | look)
            for name, look in LOOKS.items()
        }
        for page in pages:
            _write(book.add_worksheet(page.name), page, looks, about.footer)
    return held.getvalue()


@lru_cache(maxsize=1)
def look() -> str:
    """SHA-256 of all that decides how such a file looks, beside what is in it."""
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def _properties(about: About) -> dict[str, Any]:
    texts = {"title": about.title, "author": about.author, "subject": about.subject}
    plain = {name: REFUSED.sub("", text)[:255] for name, text in texts.items()}
    return plain | {"created": datetime.datetime.combine(about.made_on, datetime.time(12))}


def _write(sheet: Any, page: Page, looks: Mapping[str, Any], footer: str) -> None:
    columns = max(len(page.head), 4)
    sheet.set_column(0, 0, FIRST_COLUMN)
    sheet.set_column(1, columns - 1, OTHER_COLUMNS)
    _string(sheet, 0, 0, page.title, looks["title"])
    row = _write_lines(sheet, 1, page.before, columns, looks)
    if page.head:
        row = _write_table(sheet, page, looks)
    _write_lines(sheet, row + 1, page.after, columns, looks)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L" + REFUSED.sub("", footer).replace("&", "&&") + "&R&P / &N")
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})


def _write_lines(sheet: Any, row: int, lines: Sequence[Line], columns: int, looks: Mapping[str, Any]) -> int:
    """Each across all columns, and as high as it is likely to need; the row after the last."""
    letters = FIRST_COLUMN + OTHER_COLUMNS * (columns - 1)
    for row, line in enumerate(lines, row):  # noqa: B020  the row after the last is wanted
        look = looks["heading" if line.heading else "line"]
        sheet.merge_range(row, 0, row, columns - 1, "", look)
        _string(sheet, row, 0, line.text, look)
        sheet.set_row(row, LINE_HEIGHT * max(1, math.ceil(len(line.text) * 1.1 / letters)))
    return row + 1 if lines else row


def _write_table(sheet: Any, page: Page, looks: Mapping[str, Any]) -> int:
    head = page.first_row - 2  # counted from 0
    for column, words in enumerate(page.head):
        _string(sheet, head, column, words, looks["head"])
    sheet.repeat_rows(head)
    for row, cells in enumerate(page.rows, head + 1):
        for column, cell in enumerate(cells):
            _write_cell(sheet, row, column, cell, looks)
    return head + len(page.rows) + 1


def _write_cell(sheet: Any, row: int, column: int, cell: Cell, looks: Mapping[str, Any]) -> None:
    match cell:
        case Formula(text, value):
            sheet.write_formula(row, column, f"={text}", looks["worked"], value)
        case Input(number, per_cent):
            sheet.write_blank(row, column, None, looks["input"])
            if per_cent:
                here = xl_rowcol_to_cell(row, column)
                rule = f"=AND(ISNUMBER({here}),OR({here}=0,{here}>1),{here}<=1000000)"
                sheet.data_validation(row, column, row, column, ONLY_PER_CENT | {"value": rule})
            elif number:
                sheet.data_validation(row, column, row, column, ONLY_NUMBERS)
        case str():
            _string(sheet, row, column, cell, looks["text" if column else "name"])
        case _:
            sheet.write_number(row, column, cell, looks["number"])


def _string(sheet: Any, row: int, column: int, text: str, look: Any) -> None:
    sheet.write_string(row, column, REFUSED.sub("", text)[:LONGEST], look)


ONLY_NUMBERS: Final = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": 0,
    "maximum": 1e12,
    "error_title": "Enter a number",
    "error_message": "Enter a number, 0 or more, without commas, signs or words. Put words beside the table.",
}
ONLY_PER_CENT: Final = {
    "validate": "custom",
    "error_title": "Write 60, not 60%",
    "error_message": "Write 60, not 60%. Enter 0 or a number above 1, without the sign.",
}
