"""Reads a workbook (.xlsx): its bounds first, then cell by cell, without ever working anything out."""

from __future__ import annotations

import datetime
import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, Final

from embedded.tables.reading.bounds import TOO_MUCH, Bounds, CannotRead
from embedded.tables.reading.headings import Vocabulary
from embedded.tables.reading.table import NOTHING, Cell, Numbered, Table, table_of

BROKEN: Final = (
    "This workbook is damaged or was cut off. Open it in your spreadsheet program, save it again as .xlsx, and upload "
    "that."
)
NOT_ONE: Final = (
    "This is a packed file and no Excel workbook. Save the table itself as .xlsx or as “CSV UTF-8”."
)
MACROS: Final = "This workbook holds macros, which we do not open. Save it as .xlsx without macros."
ODD: Final = (
    "This workbook holds something that no spreadsheet program puts there, so we did not open it. Copy the rows into "
    "the template."
)
SHEET: Final = "Sheet"  # one without a name
OPEN_DOCUMENT: Final = "This is an OpenDocument file. Save it as .xlsx or as “CSV UTF-8”."
UNREADABLE: Final = (zipfile.BadZipFile, OSError, NotImplementedError)
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|_x000[0-9A-Fa-f]_")
_DECLARES: Final = re.compile(rb"<\x00?!\x00?(D\x00?O\x00?C\x00?T|E\x00?N\x00?T\x00?I)")


def table_in(content: bytes, bounds: Bounds, vocabulary: Vocabulary) -> Table:
    """The sheet that holds what we look for, as a table. Raises CannotRead."""
    _check_package(content, bounds)
    import openpyxl  # only now: it is large, and what was refused needs none of it

    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        table = _chosen(book, bounds, vocabulary)
    except (CannotRead, MemoryError):
        raise
    except Exception as problem:
        raise CannotRead(BROKEN) from problem
    table.rows = _unbroken(table.rows)
    return table


def _unbroken(rows: Iterable[Numbered]) -> Iterator[Numbered]:
    """The rows, whatever is wrong further down in the words of whoever uploaded it."""
    try:
        yield from rows
    except (CannotRead, MemoryError):
        raise
    except Exception as problem:
        raise CannotRead(BROKEN) from problem


def _check_package(content: bytes, bounds: Bounds) -> None:
    """Looks at the list of what is packed, before anything is unpacked."""
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except (*UNREADABLE, ValueError) as problem:
        raise CannotRead(BROKEN) from problem
    entries = package.infolist()
    names = {entry.filename for entry in entries}
    if "mimetype" in names:
        raise CannotRead(OPEN_DOCUMENT)
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise CannotRead(NOT_ONE)
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise CannotRead(MACROS)
    if any(entry.flag_bits & 1 for entry in entries):
        raise CannotRead("This workbook is protected by a password. Take it off and save the workbook again.")
    if len(entries) > bounds.most_entries or sum(entry.file_size for entry in entries) > bounds.most_unpacked:
        raise CannotRead(TOO_MUCH)
    if len(names) != len(entries) or any(_is_odd(entry) for entry in entries):
        raise CannotRead(ODD)
    _check_parts(package)


def _is_odd(entry: zipfile.ZipInfo) -> bool:
    """A name that leads out of the package, or something that is no file."""
    parts = entry.filename.replace("\\", "/").split("/")
    return ".." in parts or entry.filename.startswith("/") or stat.S_ISLNK(entry.external_attr >> 16)


def _check_parts(package: zipfile.ZipFile) -> None:
    """No part may declare names of its own: that is how a few letters become gigabytes, or another file."""
    for entry in package.infolist():
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            try:
                with package.open(entry) as part:
                    start = part.read(4096)
            except (*UNREADABLE, EOFError, zlib.error) as problem:
                raise CannotRead(BROKEN) from problem
            if _DECLARES.search(start):
                raise CannotRead(ODD)


def _chosen(book: Any, bounds: Bounds, vocabulary: Vocabulary) -> Table:
    """The first sheet in sight that has headings of ours, with a note on those that were not read."""
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise CannotRead(
            "This workbook has no sheet in sight. Show the sheet that holds the rows and save it again."
        )
    fitting = [sheet for sheet in sheets if _has_headings(sheet, bounds, vocabulary)]
    sheet = (fitting or sheets)[0]
    table = table_of(_rows(sheet, bounds), bounds, vocabulary, sheet.title or SHEET)
    table.from_1904 = book.epoch.year == 1904
    for other in book.worksheets:
        if other is not sheet and (other in fitting or other.sheet_state != "visible"):
            hidden = "" if other.sheet_state == "visible" else ", which is hidden,"
            table.notes.append(
                f"We read the sheet “{sheet.title}”. The sheet “{other.title}”{hidden} was not read: upload it in a "
                "file of its own."
            )
    return table


def _has_headings(sheet: Any, bounds: Bounds, vocabulary: Vocabulary) -> bool:
    first = sheet.iter_rows(max_row=bounds.looked_through, max_col=bounds.most_columns)
    return any(
        vocabulary.count(str(cell.value) for cell in row if cell.value is not None) > 1 for row in first
    )


def _rows(sheet: Any, bounds: Bounds) -> Iterator[Numbered]:
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    last = 0
    for number, row in enumerate(sheet.iter_rows(max_col=bounds.most_columns + 1), start=1):
        cells = [_cell(one, number, bounds) for one in row]
        if len(cells) > bounds.most_columns and cells[bounds.most_columns][1]:
            raise CannotRead(bounds.too_many_columns)
        if any(text for _, text in cells):
            last = number
        elif number - last > bounds.most_empty_rows:
            return
        yield number, cells[: bounds.most_columns]


def _cell(cell: Any, row: int, bounds: Bounds) -> Cell:
    value = cell.value
    if value is None:
        return NOTHING
    if cell.data_type == "f":
        return "f", str(getattr(value, "text", None) or value)[:200]
    if cell.data_type == "e":
        return "e", str(value)[:40]
    if isinstance(value, str) and len(value) > bounds.longest_cell:
        raise CannotRead(bounds.too_long(row))
    return _kind(value), _CONTROL.sub("", _words(value)).strip()


def _kind(value: object) -> str:
    match value:
        case bool():
            return "b"
        case int() | float():
            return "n"
        case datetime.datetime() | datetime.date():
            return "d"
        case datetime.time() | datetime.timedelta():
            return "t"
    return "s"


def _words(value: object) -> str:
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime.datetime() if value.time() == datetime.time():
            return value.date().isoformat()
        case datetime.datetime():
            return value.isoformat(" ", "minutes")
    return str(value)
