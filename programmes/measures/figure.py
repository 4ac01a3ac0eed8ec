"""A figure: one set of numbers as a sentence, a drawing and a table, with all that one must know to trust it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final

NO_DATA: Final = "no data"  # instead of 0 % where there is nothing to divide by
TOO_FEW: Final = "too few"
HIDDEN: Final = "*"

Cell = str | int | float


@dataclass(frozen=True)
class Words:
    """What the programme calls a residency."""

    one: str = "residency"
    many: str = "residencies"

    def counted(self, number: int) -> str:
        return f"{number or 'no'} {self.one if number == 1 else self.many}"


@dataclass(frozen=True)
class Figure:
    """The same on the dashboard and in a report. `svg` is finished markup, "" where a list says it better; `rows` are
    cells in the order of `head`, `foot` the totals beneath them; `numeric` are the columns of numbers, from 0."""

    key: str
    title: str
    sentence: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    period: str
    denominator: str
    missing: str
    computed_at: datetime.datetime
    svg: str = ""
    foot: tuple[tuple[Cell, ...], ...] = ()
    numeric: tuple[int, ...] = ()
    note: str = ""

    @property
    def small_print(self) -> list[tuple[str, str]]:
        """What each figure states beside itself; the time of computing is shown by whoever shows the figure."""
        lines = [("Period", self.period), ("Counted from", self.denominator), ("Missing", self.missing)]
        return lines + ([("Note", self.note)] if self.note else [])

    def to_json(self) -> dict[str, Any]:
        """Plain values, for a report's snapshot."""
        return asdict(self) | {"computed_at": self.computed_at.isoformat()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Figure:
        """The figure as it was when `to_json` kept it."""
        values = dict(kept)
        for name in ("rows", "foot"):
            values[name] = tuple(tuple(row) for row in values[name])
        for name in ("head", "numeric"):
            values[name] = tuple(values[name])
        values["computed_at"] = datetime.datetime.fromisoformat(values["computed_at"])
        return cls(**values)


def percent(part: float, whole: float) -> str:
    """ "31%", "under 1%" for the smallest, NO_DATA where there is nothing to divide by."""
    if not whole:
        return NO_DATA
    return "under 1%" if 0 < part / whole < 0.01 else f"{part / whole:.0%}"


def listed(words: list[str]) -> str:
    """ "a, b and c"."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""


def hours(minutes: int) -> float:
    """Hours with one decimal."""
    return round(minutes / 60, 1)


def start_high(text: str) -> str:
    """The text with a capital first letter, the rest as it is."""
    return text[:1].upper() + text[1:]
