"""Tells what a file is by what is in it, whatever it is called."""

from __future__ import annotations

import re
from typing import Final

from embedded.tables.reading.bounds import EMPTY, CannotRead

SAVE: Final = "Open it in your spreadsheet program and save it as .xlsx or as “CSV UTF-8”."
_OTHERS: Final = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a text document"),
    (b"\x1f\x8b", "a packed file"),
    (b"Rar!", "a packed file"),
    (b"7z\xbc\xaf", "a packed file"),
)
_WEB: Final = re.compile(rb"(?i)^(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml|head|body|table|script)")


def kind_of(content: bytes) -> str:
    """ "workbook" or "text". Raises CannotRead for anything else."""
    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise CannotRead(EMPTY)
    if content.startswith(b"PK"):
        return "workbook"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise CannotRead(
            "This is an old Excel file (.xls), or one protected by a password. Open it, take the password off, and "
            "save it as .xlsx."
        )
    for opening, words in _OTHERS:
        if content.startswith(opening):
            raise CannotRead(f"This is {words}, not a table. {SAVE}")
    if _WEB.match(content[:400]):
        raise CannotRead(f"This is a web page, not a table, whatever it is called. {SAVE}")
    return "text"
