"""A sheet as it was found: the headings, and the rows below them with what stands in each cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from programmes.intake.columns import BY_NAME, NEEDED, column_called, is_ours, letter
from programmes.intake.sheets.bounds import (
    EMPTY,
    LONGEST_CELL,
    LOOKED_THROUGH,
    MOST_COLUMNS,
    MOST_EMPTY_ROWS,
    MOST_ROWS,
    MOST_SIGNS,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    TOO_MUCH,
    CannotRead,
    too_long,
)

# (what it is, its text); s text, n number, d day, t time of day, b yes or no, f formula, e error
Cell = tuple[str, str]
Numbered = tuple[int, list[Cell]]
NOTHING: Cell = ("s", "")


@dataclass
class Table:
    """`columns`: the name of the column that each heading means, or an empty text for one that is not read."""

    head: list[str]
    columns: list[str]
    rows: list[Numbered]
    notes: list[str] = field(default_factory=list)
    from_1904: bool = False
    sheet: str = ""

    def as_json(self) -> dict[str, Any]:
        return vars(self)


def table_of(rows: Iterable[Numbered], sheet: str = "") -> Table:
    """Finds the headings among the first rows and takes what stands below them. Raises CannotRead."""
    ahead = _bounded(rows)
    first: list[Numbered] = []
    for row in ahead:
        first.append(row)
        if _score(row) >= 2 or len(first) == LOOKED_THROUGH:
            break
    if not first:
        raise CannotRead(EMPTY)
    best = max(first, key=_score)
    if not _score(best):
        raise CannotRead(_no_headings(first[0]))
    head = [text for _, text in best[1]]
    below = [row for row in first if row[0] > best[0]]
    table = Table(head, _columns(head), [*below, *ahead], sheet=sheet)
    if len(table.rows) > MOST_ROWS:
        raise CannotRead(TOO_MANY_ROWS)
    if not table.rows:
        raise CannotRead("This file has headings and no rows below them. Fill in at least one row.")
    table.notes = [
        f"Column {letter(at)} ({text}) is not one that we know, so it was not read."
        for at, text in enumerate(head)
        if text and not table.columns[at] and not is_ours(text)
    ]
    return table


def _bounded(rows: Iterable[Numbered]) -> Iterator[Numbered]:
    """The rows that hold something, without the empty cells at their ends."""
    kept = empty = signs = 0
    for number, cells in rows:
        while cells and not cells[-1][1]:
            cells.pop()
        if not cells:
            empty += 1
            if empty > MOST_EMPTY_ROWS:
                return
            continue
        kept += 1
        signs += _signs(number, cells)
        if kept > MOST_ROWS + LOOKED_THROUGH:
            raise CannotRead(TOO_MANY_ROWS)
        if signs > MOST_SIGNS:
            raise CannotRead(TOO_MUCH)
        yield number, cells


def _signs(number: int, cells: list[Cell]) -> int:
    if len(cells) > MOST_COLUMNS:
        raise CannotRead(TOO_MANY_COLUMNS)
    longest = max(len(text) for _, text in cells)
    if longest > LONGEST_CELL:
        raise CannotRead(too_long(number))
    return sum(len(text) for _, text in cells)


def _score(row: Numbered) -> int:
    return len({column_called(text) for _, text in row[1]} - {""})


def _columns(head: list[str]) -> list[str]:
    """What each heading means. Raises CannotRead when one is there twice or a needed one is missing."""
    columns = [column_called(text) for text in head]
    for name in BY_NAME:
        places = [at for at, one in enumerate(columns) if one == name]
        if len(places) > 1:
            where = " and ".join(f"{letter(at)} (“{head[at]}”)" for at in places)
            raise CannotRead(
                f"The columns {where} both mean “{BY_NAME[name].heading}”. Take one of them out, or give it another "
                "heading."
            )
    missing = [BY_NAME[name].heading for name in NEEDED if name not in columns]
    if missing:
        words = " and ".join(f"“{one}”" for one in missing)
        raise CannotRead(f"There is no column headed {words}. Add it, or start from the template.")
    return columns


def _no_headings(row: Numbered) -> str:
    found = ", ".join(f"“{text[:40]}”" for _, text in row[1] if text)[:200]
    return (
        f"We found none of the headings of the template. The first row says {found}. Put the headings "
        f"“Title”, “Host” and “Stage” above the rows, or start from the template."
    )
