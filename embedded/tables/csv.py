"""CSV out: streamed, quoted, readable by Excel, and nothing in it that a spreadsheet would run (trust.md F8)."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice
from typing import Final

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

BYTE_ORDER_MARK: Final = "\ufeff"  # without it Excel reads UTF-8 as something else
ROWS_AT_ONCE: Final = 500
# Blank: white space, control characters and signs without width, which spreadsheets skip. Quotes count as
# blank too, so that one single quote can be taken off again and no two texts come out alike.
_BLANK: Final = r"['\s\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
_DANGEROUS: Final = re.compile(rf"{_BLANK}*[=+\-@＝＋－＠\t\r\n\x00]")


def escaped(text: str) -> str:
    """The text, with a single quote before it if a spreadsheet could take it for a formula."""
    return f"'{text}" if _DANGEROUS.match(text) else text


def unescaped(text: str) -> str:
    """The text that `escaped` was given."""
    return text[1:] if text.startswith("'") and _DANGEROUS.match(text[1:]) else text


def cell(value: object) -> str:
    """A value as CSV says it: nothing for None, yes or no, plain numbers, dates as 2026-05-03, times in
    London as 2026-05-03 14:30, everything else as escaped text.
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case int():
            return str(value)
        case Decimal() if value.is_finite():
            return f"{value:f}"
        case datetime():
            return (timezone.localtime(value) if value.tzinfo else value).isoformat(" ", "minutes")[:16]
        case date():
            return value.isoformat()
    return escaped(str(value))


def csv_lines(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """The file in pieces of some hundred rows; rows are taken as they are needed, never all at once."""
    writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)
    lines = (writer.writerow([cell(value) for value in row]) for row in chain([list(head)], rows))
    yield BYTE_ORDER_MARK
    while piece := "".join(islice(lines, ROWS_AT_ONCE)):
        yield piece


def lines_of_texts(head: Iterable[str], rows: Iterable[list[str]], typed: Collection[int]) -> Iterator[str]:
    """The same lines of rows that are texts already, in less time. `typed` says at which places (from 0) somebody typed
    what stands there; all else must be words, days and numbers of ours, without quotes."""
    lines = (_line(row, typed) for row in chain([list(head)], rows))
    yield BYTE_ORDER_MARK
    while piece := "".join(islice(lines, ROWS_AT_ONCE)):
        yield piece


def _line(row: list[str], typed: Collection[int]) -> str:
    for at in typed:
        if text := row[at]:
            row[at] = escaped(text).replace('"', '""')
    return '"' + '","'.join(row) + '"\r\n'


def csv_response(
    filename: str,
    head: Iterable[str],
    rows: Iterable[Iterable[object]],
) -> StreamingHttpResponse:
    """A download that is never cached. `filename` ends in .csv; `rows` may be a queryset's iterator."""
    return csv_streamed(filename, csv_lines(head, rows))


def csv_streamed(filename: str, lines: Iterator[str]) -> StreamingHttpResponse:
    """The same of lines that are written already."""
    return StreamingHttpResponse(
        lines,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": content_disposition_header(True, filename) or "attachment",
            "Cache-Control": "no-store, private",
            "X-Content-Type-Options": "nosniff",
        },
    )


class _Echo:
    """A file that hands each line straight back instead of keeping it."""

    def write(self, line: str) -> str:
        return line
