"""What a file may hold at most, and the sentence that says so."""

from __future__ import annotations

from typing import Final

MEGABYTE: Final = 1024 * 1024
MOST_BYTES: Final = 5 * MEGABYTE
MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 100
MOST_EMPTY_ROWS: Final = 100_000  # that are passed over
LONGEST_CELL: Final = 10_000  # signs
MOST_SIGNS: Final = 8_000_000  # in all cells together
MOST_UNPACKED: Final = 30 * MEGABYTE
MOST_ENTRIES: Final = 1_000  # files within a workbook
LOOKED_THROUGH: Final = 10  # rows in which the headings may stand

MEMORY: Final = 300 * MEGABYTE  # of address space for the process that opens the file
CPU_SECONDS: Final = 20
PATIENCE: Final = 30  # seconds by the clock


class CannotRead(Exception):
    """The file as a whole cannot be used; the words say why and what to do."""


TOO_MANY_ROWS: Final = (
    f"This file has more than {MOST_ROWS:,} rows. Split it, and upload the parts one after the other."
)
TOO_MANY_COLUMNS: Final = (
    f"This file has more than {MOST_COLUMNS} columns. Copy the columns of the template into a new file."
)
TOO_MUCH: Final = (
    "This file is too large to read once it is unpacked. Copy only the rows and columns that you need into the "
    "template, and upload that."
)
EMPTY: Final = "This file is empty. Fill in the template and upload that."


def too_long(row: int) -> str:
    return (
        f"Row {row} has a cell of more than {LONGEST_CELL:,} characters. Shorten it, or look for a quote mark "
        "that is never closed."
    )
