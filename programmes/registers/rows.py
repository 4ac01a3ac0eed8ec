"""Reads the rows of a CSV file that somebody else wrote, and refuses what is not CSV in UTF-8."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from programmes.registers.problems import BadFile, Problem

LARGEST_FILE = 20 * 1024 * 1024
LONGEST_CELL = 2_000
SAVE_AS_CSV = "Save it as “CSV UTF-8” and give that file."

_SPACES = re.compile(r"[^\S\t]+")  # a tab stays: it tells that the columns were separated by tabs
_OTHER_FORMATS = (
    (b"PK\x03\x04", "is a spreadsheet (XLSX or ODS) or a ZIP file, not CSV."),
    (b"\xd0\xcf\x11\xe0", "is an old Excel file, not CSV."),
    (b"%PDF", "is a PDF, not CSV."),
    (b"\x89PNG", "is a picture, not CSV."),
    (b"MZ", "is a program, not CSV."),
)


@dataclass(frozen=True)
class Row:
    """The cells of one row, trimmed, and the line on which it starts."""

    line: int
    cells: tuple[str, ...]


def rows_of(path: Path, width: int | None = None) -> list[Row]:
    """All rows but blank ones. Raises BadFile naming the line and the fix.

    `width`: how many columns each row must have; None means as many as the first one.
    """
    text = _text(path)
    rows = list(_parsed(path.name, text))
    if not rows:
        raise BadFile([Problem(path.name, 1, "The file is empty.", "Download it again.")])
    wanted = width or len(rows[0].cells)
    problems = [problem for row in rows if (problem := _wrong_width(path.name, row, wanted, rows[0]))]
    problems += [
        Problem(
            path.name,
            row.line,
            f"A cell is longer than {LONGEST_CELL} characters.",
            "Look for a stray quote.",
        )
        for row in rows
        if any(len(cell) > LONGEST_CELL for cell in row.cells)
    ]
    if problems:
        raise BadFile(problems)
    return rows


def named_rows(path: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """(line, cells by column name) below a header that must hold `columns`, in any order and letter case."""
    header, *rows = rows_of(path)
    names = [cell.lower().replace(" ", "_") for cell in header.cells]
    problems = [
        Problem(
            path.name,
            header.line,
            f"The column {column} is missing.",
            f"Give the header: {','.join(columns)}.",
        )
        for column in columns
        if column not in names
    ]
    problems += [
        Problem(path.name, header.line, f"The column {name} is there twice.", "Leave one of them.")
        for name in sorted({name for name in names if names.count(name) > 1 and name in columns})
    ]
    if problems:
        raise BadFile(problems)
    if not rows:
        raise BadFile(
            [Problem(path.name, header.line, "There is a header and no rows.", "Download it again.")]
        )
    return [(row.line, dict(zip(names, row.cells, strict=True))) for row in rows]


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST_FILE else b""
    except OSError as error:
        raise BadFile(
            [Problem(path.name, 1, "The file cannot be read.", f"Check {path}: {error.strerror}.")]
        ) from error
    if size > LARGEST_FILE:
        raise BadFile(
            [Problem(path.name, 1, "The file is larger than 20 MB.", "Check that it is the right one.")]
        )
    _refuse_other_formats(path.name, content)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BadFile([Problem(path.name, line, "A character is not in UTF-8.", SAVE_AS_CSV)]) from error


def _refuse_other_formats(name: str, content: bytes) -> None:
    for start, what in _OTHER_FORMATS:
        if content.startswith(start):
            raise BadFile([Problem(name, 1, f"The file {what}", SAVE_AS_CSV)])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadFile([Problem(name, 1, "The file is in UTF-16.", SAVE_AS_CSV)])
    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        raise BadFile([Problem(name, 1, "The file is a web page, not CSV.", "Download the CSV file itself.")])
    if b"\x00" in content:
        line = content[: content.index(b"\x00")].count(b"\n") + 1
        raise BadFile([Problem(name, line, "There is a NUL character.", "Download the file again.")])


def _parsed(name: str, text: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    started = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(started, tuple(_SPACES.sub(" ", cell).strip(" ") for cell in cells))
            started = reader.line_num + 1
    except csv.Error as error:
        fix = "Look for a quote that is opened and not closed."
        raise BadFile([Problem(name, started, f"The row cannot be read ({error}).", fix)]) from error


def _wrong_width(name: str, row: Row, wanted: int, first: Row) -> Problem | None:
    found = len(row.cells)
    if found == wanted:
        return None
    separator = next((mark for mark in (";", "\t", "|") if row.cells[0].count(mark) >= wanted - 1 > 0), None)
    if found == 1 and separator:
        return Problem(name, row.line, "The columns are not separated by commas.", SAVE_AS_CSV)
    fix = f"Give it {wanted}, as {'the first row' if row is not first else 'the published file'} has."
    return Problem(name, row.line, f"The row has {found} column{'s' * (found != 1)}, not {wanted}.", fix)
