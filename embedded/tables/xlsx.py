"""XLSX out: every cell is text, so that nothing in it is worked out, whatever it begins with (trust.md F8)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import xlsxwriter
from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST: Final = 60  # letters of a column
LONGEST: Final = 32_767  # signs that a cell takes
_REFUSED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
QUIET: Final = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, its headings, its rows, and the choices that a column offers by its heading."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[str]] = ()
    choices: dict[str, Sequence[str]] = field(default_factory=dict)


def workbook(sheets: Iterable[Sheet], *, in_memory: bool = False) -> bytes:
    """The whole file. `in_memory` for what may not lie on disk in the clear, not even for a moment."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, QUIET | {"in_memory": in_memory}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "num_format": "@"})
        text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for sheet in sheets:
            _write(book.add_worksheet(sheet.name), sheet, bold, text)
    return held.getvalue()


def _write(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, bold: object, text: object) -> None:
    """Columns are formatted as text, so that what somebody types there stays as it was typed. No cell stands empty."""
    for at, heading in enumerate(sheet.head):
        page.set_column(at, at, min(max(len(heading) + 4, 16), WIDEST), text)
        if choices := sheet.choices.get(heading):
            page.data_validation(1, at, 2_000, at, {"validate": "list", "source": list(choices)})
    page.freeze_panes(1, 0)
    for number, cells in enumerate([sheet.head, *sheet.rows]):
        for at, cell in enumerate(cells):
            if cell:
                page.write_string(number, at, _REFUSED.sub("", cell)[:LONGEST], text if number else bold)


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
