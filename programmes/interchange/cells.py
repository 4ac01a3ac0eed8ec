"""What stands in a cell of somebody's own log: the day, how long it took, and their own words."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from typing import Final

from embedded.tables.csv import unescaped
from embedded.tables.reading import cells
from embedded.tables.reading.cells import Wrong, text_in
from embedded.tables.reading.table import Cell
from programmes.entries.days import MOST_A_DAY
from programmes.entries.durations import NotADuration, minutes_of
from programmes.models import BareNumber

NO_LENGTH: Final = "Write how long it took, like 90, 1:30 or 1.5"
OUT_OF_RANGE: Final = "Write between 1 minute and 16 hours"
_CLOCK: Final = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)(?:\.\d+)?", re.ASCII)
_BARE: Final = re.compile(r"\d{1,6}([.,]\d{1,9})?", re.ASCII)
_TWO_FIRST: Final = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4})", re.ASCII)
_OFTEN: Final = {BareNumber.HOURS: 60.0, BareNumber.SECONDS: 1 / 60}


@dataclass(frozen=True)
class Reader(cells.Reader):
    """How one file is read: what a number without a unit means, and whether its dates begin with the month."""

    unit: str = BareNumber.MINUTES
    month_first: bool = False

    def day(self, cell: Cell) -> datetime.date:
        kind, written = cell
        if self.month_first and kind == "s":
            written = _TWO_FIRST.sub(r"\3\2\1\2\4", written)
        day = self.date((kind, written.split(" ")[0] if _has_time(written) else written))
        if day is None:
            raise Wrong(f"Write the day. {cells.LIKE}")
        if day > self.today:
            raise Wrong("This day is still to come. Bring it in once it has come")
        return day

    def minutes(self, cell: Cell) -> int:
        """Whole minutes, 1 to 960 (V-60)."""
        written = text_in(cell)
        if not written:
            raise Wrong(NO_LENGTH)
        minutes = self._minutes(written)
        if not 1 <= minutes <= MOST_A_DAY:
            raise Wrong(OUT_OF_RANGE)
        return minutes

    def _minutes(self, written: str) -> int:
        if clock := _CLOCK.fullmatch(written):
            return _at_least_one(int(clock[1]) * 60 + int(clock[2]) + int(clock[3]) / 60)
        if self.unit in _OFTEN and _BARE.fullmatch(written):
            return _at_least_one(float(written.replace(",", ".")) * _OFTEN[BareNumber(self.unit)])
        try:
            return minutes_of(written)
        except NotADuration:
            raise Wrong(NO_LENGTH) from None

    def words(self, cell: Cell) -> str:
        """As they were written, with all their lines; what our own files put before a formula is taken off."""
        kind, written = cell
        if kind in "fe":
            return text_in(cell)  # says what to do instead
        return unescaped(written)


def _has_time(written: str) -> bool:
    """A day with a time of day behind it, as in 3/5/2026 09:30."""
    return "/" in written and ":" in written


def _at_least_one(minutes: float) -> int:
    return max(1, int(minutes + 0.5)) if minutes > 0 else 0
