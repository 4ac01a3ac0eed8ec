"""Reads a table in text: whichever letters it is written in, and whatever stands between its cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Final

from embedded.tables.reading.bounds import Bounds, CannotRead
from embedded.tables.reading.headings import Vocabulary
from embedded.tables.reading.table import Numbered

SEPARATORS: Final = ",;\t|"
SAVE_UTF8: Final = "Save it again as “CSV UTF-8”."
_SURROGATE: Final = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_SAID: Final = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_CONTROL: Final = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f]")


def rows_of(content: bytes, bounds: Bounds, vocabulary: Vocabulary) -> Iterator[Numbered]:
    """The rows with the number of each as a spreadsheet counts them. Raises CannotRead."""
    text = text_of(content)
    separator, text, passed = _separated(text, vocabulary)
    csv.field_size_limit(bounds.longest_cell)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = passed
    while True:
        number += 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            raise CannotRead(_in_words(problem, number, bounds)) from problem
        if len(row) > bounds.most_columns and any(cell.strip() for cell in row[bounds.most_columns :]):
            raise CannotRead(bounds.too_many_columns)
        yield number, [("s", _CONTROL.sub("", cell).strip()) for cell in row[: bounds.most_columns]]


def text_of(content: bytes) -> str:
    """The text, from UTF-8, UTF-16 or Windows-1252."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if content.startswith(mark):
            return _clean(_decoded(content[2:], encoding))
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    wide = _unmarked_wide(content)
    if wide:
        return _clean(_decoded(content, wide))
    try:
        return _clean(content.decode("utf-8"))
    except UnicodeDecodeError as problem:
        return _clean(_western(content, problem))


def _unmarked_wide(content: bytes) -> str:
    """UTF-16 without a mark: every other byte of plain letters is nothing."""
    start = content[:2000]
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd > len(start) * 0.3 and even == 0:
        return "utf-16-le"
    return "utf-16-be" if even > len(start) * 0.3 and odd == 0 else ""


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        raise CannotRead(f"Some letters of this file are broken. {SAVE_UTF8}") from problem


def _western(content: bytes, problem: UnicodeDecodeError) -> str:
    """Windows-1252, unless the file mixes it with UTF-8 or holds what neither has."""
    row = _row_at(content, problem.start)
    if _SURROGATE.search(content):
        raise CannotRead(f"Row {row} holds a broken letter. {SAVE_UTF8}") from problem
    lines = content.splitlines()
    if any(not line.isascii() and _is_utf8(line) for line in lines):
        raise CannotRead(
            f"Two ways of writing letters are mixed in this file, first in row {row}. {SAVE_UTF8}"
        ) from problem
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as again:
        row = _row_at(content, again.start)
        raise CannotRead(f"Row {row} holds a letter that we cannot read. {SAVE_UTF8}") from again


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _row_at(content: bytes, place: int) -> int:
    return len(content[:place].splitlines() or [b""])


def _clean(text: str) -> str:
    text = text.removeprefix("\ufeff")
    if "\x00" in text:
        row = len(text[: text.index("\x00")].splitlines() or [""])
        raise CannotRead(f"Row {row} holds a sign that no text has, so this may be no table. {SAVE_UTF8}")
    return text


def _separated(text: str, vocabulary: Vocabulary) -> tuple[str, str, int]:
    """What stands between the cells; the text without a line that only says so; and how many lines that took."""
    said = _SAID.match(text)
    if said and said[1] in SEPARATORS:
        return said[1], text[said.end() :], 1
    start = "\n".join(text[:20_000].splitlines()[:10])
    return max(SEPARATORS, key=lambda one: _known(start, one, vocabulary)), text, 0


def _known(start: str, separator: str, vocabulary: Vocabulary) -> tuple[int, int]:
    """How many headings of ours the first lines hold, if this is what separates them; where any will do, how often it
    stands in the first."""
    cells = (cell.strip(' "\t') for line in start.splitlines() for cell in line.split(separator))
    return vocabulary.count(cells), start.partition("\n")[0].count(separator) if vocabulary.any_head else 0


def _in_words(problem: csv.Error, number: int, bounds: Bounds) -> str:
    said = str(problem)
    if "field larger" in said:
        return bounds.too_long(number)
    if "unexpected end" in said:
        return f"A quote mark that opens in or after row {number} is never closed. Close it or take it out."
    return f"Row {number} has a quote mark in the middle of a cell. Write it twice, or take it out."
