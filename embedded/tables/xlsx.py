"""XLSX out: nothing in it is worked out, whatever it begins with (trust.md F8); days and numbers are what they are."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST: Final = 60  # letters of a column
OF_WORDS: Final = 48
FIRST_DAY: Final = "1900-03-01"  # before it spreadsheets count days each in their own way
LONGEST: Final = 32_767  # signs that a cell takes
REFUSED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
QUIET: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


TOP: Final = {"valign": "top"}
LOOKS: Final[dict[str, dict[str, Any]]] = {
    "head": {"bold": True, "text_wrap": True, "num_format": "@"},
    "text": {"text_wrap": True, "num_format": "@"},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "number": {"num_format": "0"},
}
Kind = Literal["day", "number", "words"]


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its headings, its rows of texts, and the choices that a column offers by its heading. `kinds`
    says by its place what a column holds: days written 2026-05-03, whole numbers, or longer texts; others hold short
    ones."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[str]] = ()
    choices: dict[str, Sequence[str]] = field(default_factory=dict)
    kinds: Mapping[int, Kind] = field(default_factory=dict)


def workbook(sheets: Iterable[Sheet], *, in_memory: bool = False) -> bytes:
    """The whole file. `in_memory` for what may not lie on disk in the clear, not even for a moment."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, QUIET | {"in_memory": in_memory}) as book:
        looks = {name: book.add_format(TOP | look) for name, look in LOOKS.items()}
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, looks)
    return held.getvalue()


def _write(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, looks: Mapping[str, Any]) -> None:
    """Columns are formatted as text, so that what somebody types there stays as it was typed. No cell stands empty."""
    _write_head(page, sheet, looks)
    text, day, number = looks["text"], looks["day"], looks["number"]
    kinds = [sheet.kinds.get(at) for at in range(len(sheet.head))]
    last = 0
    for last, cells in enumerate(sheet.rows, 1):
        for at, cell in enumerate(cells):
            if not cell:
                continue
            if kinds[at] == "day" and cell >= FIRST_DAY:
                page.write_datetime(last, at, datetime.date.fromisoformat(cell), day)
            elif kinds[at] == "number":
                page.write_number(last, at, int(cell), number)
            else:
                page.write_string(last, at, REFUSED.sub("", cell)[:LONGEST], text)
    if last:
        page.autofilter(0, 0, last, len(sheet.head) - 1)


def _write_head(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, looks: Mapping[str, Any]) -> None:
    for at, heading in enumerate(sheet.head):
        kind = sheet.kinds.get(at)
        width = OF_WORDS if kind == "words" else min(max(len(heading) + 4, 16), WIDEST)
        page.set_column(at, at, width, looks["text" if kind == "words" else kind or "text"])
        page.write_string(0, at, heading, looks["head"])
        if choices := sheet.choices.get(heading):
            page.data_validation(1, at, 2_000, at, {"validate": "list", "source": list(choices)})
    page.freeze_panes(1, 0)


def xlsx_response(filename: str, sheets: Iterable[Sheet], *, in_memory: bool = False) -> HttpResponse:
    """A download that is never cached. `filename` ends in .xlsx."""
    return HttpResponse(
        workbook(sheets, in_memory=in_memory),
        content_type=XLSX,
        headers={
            "Content-Disposition": content_disposition_header(True, filename) or "attachment",
            "Cache-Control": "no-store, private",
            "X-Content-Type-Options": "nosniff",
        },
    )
