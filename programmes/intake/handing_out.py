"""The files that we hand out: the template, the list of its columns, and the rows that have to be put right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.http import Http404
from django.http.response import HttpResponseBase

from embedded.nhsuk.words import start_high
from embedded.tables.csv import csv_response
from embedded.tables.xlsx import Sheet, xlsx_response
from programmes.intake.columns import (
    BY_NAME,
    COLUMNS,
    OFFERED_DIRECTIONS,
    OFFERED_PERMISSIONS,
    VOCABULARY,
    WHY,
)
from programmes.intake.present import problem_words
from programmes.lifecycle import STAGE_WORDS
from programmes.models import ResidencyFileRow

ROWS_SHEET: Final = "Residencies"
WORDS_SHEET: Final = "How to fill it in"
HEADINGS: Final = [column.heading for column in COLUMNS]
CHOICES: Final[dict[str, Sequence[str]]] = {
    BY_NAME["stage"].heading: list(STAGE_WORDS),
    BY_NAME["direction"].heading: OFFERED_DIRECTIONS.split(", "),
    BY_NAME["permission"].heading: OFFERED_PERMISSIONS.split(", "),
}
DICTIONARY: Final = ["Column", "Must it be filled?", "What stands in it", "Example", "Also known as"]


def dictionary() -> list[list[str]]:
    """One line for each column."""
    return [
        [one.heading, start_high(one.must), one.what, one.example, ", ".join(one.spellings)]
        for one in COLUMNS
    ]


def template(kind: str) -> HttpResponseBase:
    """The headings, ready to be filled in; the workbook also says how."""
    if kind == "csv":
        return csv_response("residencies-template.csv", HEADINGS, [])
    if kind == "xlsx":
        sheets = [
            Sheet(ROWS_SHEET, HEADINGS, choices=CHOICES),
            Sheet(WORDS_SHEET, DICTIONARY, dictionary()),
        ]
        return xlsx_response("residencies-template.xlsx", sheets)
    raise Http404("No template of that kind")


def columns(kind: str) -> HttpResponseBase:
    """The data dictionary."""
    if kind == "csv":
        return csv_response("residencies-columns.csv", DICTIONARY, dictionary())
    if kind == "xlsx":
        return xlsx_response("residencies-columns.xlsx", [Sheet(WORDS_SHEET, DICTIONARY, dictionary())])
    raise Http404("No list of that kind")


def bad_rows(kind: str, head: list[str], rows: Iterable[ResidencyFileRow]) -> HttpResponseBase:
    """The rows as they were found, under the headings that they had, and why each did not come in."""
    kept = [at for at, heading in enumerate(head) if not VOCABULARY.is_passed_over(heading)]
    headings = [*(head[at] for at in kept), WHY]
    lines = ([*(_cell(row, at) for at in kept), problem_words(row)] for row in rows)
    if kind == "csv":
        return csv_response("residencies-to-put-right.csv", headings, lines)
    if kind == "xlsx":
        return xlsx_response("residencies-to-put-right.xlsx", [Sheet(ROWS_SHEET, headings, lines)])
    raise Http404("No list of that kind")


def _cell(row: ResidencyFileRow, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""
