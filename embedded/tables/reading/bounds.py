"""What a file may hold at most, and the sentences that say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

MEGABYTE: Final = 1024 * 1024


class CannotRead(Exception):
    """The file as a whole cannot be used; the words say why and what to do."""


TOO_MUCH: Final = (
    "This file is too large to read once it is unpacked. Copy only the rows and columns that you need into the "
    "template, and upload that."
)
EMPTY: Final = "This file is empty. Fill in the template and upload that."


@dataclass(frozen=True)
class Bounds:
    """Of one kind of upload, and of the process that opens it: bytes, rows, columns, signs and seconds."""

    most_bytes: int = 5 * MEGABYTE
    most_rows: int = 2_000
    most_sheet_rows: int = 2_000  # of a workbook
    most_columns: int = 100
    most_empty_rows: int = 100_000  # that are passed over
    longest_cell: int = 10_000  # signs
    most_signs: int = 8_000_000  # in all cells together
    most_unpacked: int = 30 * MEGABYTE
    most_entries: int = 1_000  # files within a workbook
    looked_through: int = 10  # rows in which the headings may stand
    memory: int = 300 * MEGABYTE  # of address space for the process that opens the file
    cpu_seconds: int = 20
    patience: int = 30  # seconds by the clock

    def too_many_rows(self, most: int) -> str:
        return f"This file has more than {most:,} rows. Split it, and upload the parts one after the other."

    @property
    def too_many_columns(self) -> str:
        return (
            f"This file has more than {self.most_columns} columns. Copy the columns of the template into a new "
            "file."
        )

    def too_long(self, row: int) -> str:
        return (
            f"Row {row} has a cell of more than {self.longest_cell:,} characters. Shorten it, or look for a quote "
            "mark that is never closed."
        )
