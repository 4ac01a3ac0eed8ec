"""The tables that we hand out around an import: the template, and the rows that have to be put right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.http import Http404
from django.http.response import HttpResponseBase

from embedded.tables.csv import csv_response
from embedded.tables.xlsx import Sheet, xlsx_response
from programmes.interchange.columns import HEADINGS, KIND_LABELS, WHY
from programmes.interchange.present import sentences
from programmes.interchange.reading import Head, Row
from programmes.models import PLAIN_KINDS, Place

CHOICES: Final[dict[str, Sequence[str]]] = {
    "Kind": [KIND_LABELS[kind.value] for kind in PLAIN_KINDS],
    "Place": [str(place.label) for place in Place],
}


def template(kind: str) -> HttpResponseBase:
    """The headings, ready to be filled in."""
    if kind == "csv":
        return csv_response("log-template.csv", HEADINGS, [])
    if kind == "xlsx":
        return xlsx_response("log-template.xlsx", [Sheet("Log", HEADINGS, choices=CHOICES)])
    raise Http404("No template of that kind")


def bad_rows(kind: str, head: Head, rows: Iterable[Row], at: dict[str, int]) -> HttpResponseBase:
    """The rows as they were found, under the headings that they had, and why each did not come in."""
    kept = [place for place, heading in enumerate(head.head) if heading != WHY]
    headings = [*(head.head[place] for place in kept), WHY]
    lines = _lines(rows, kept, head, at)
    if kind == "csv":
        return csv_response("log-to-put-right.csv", headings, lines)
    if kind == "xlsx":
        return xlsx_response("log-to-put-right.xlsx", [Sheet("Log", headings, lines)], in_memory=True)
    raise Http404("No list of that kind")


def _lines(rows: Iterable[Row], kept: list[int], head: Head, at: dict[str, int]) -> Iterator[list[str]]:
    for row in rows:
        cells = [row.cells[place] if place < len(row.cells) else "" for place in kept]
        yield [*cells, " ".join(sentences(row, head, at))]
