"""A sheet as it was found: the headings, and the rows below them with what stands in each cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from embedded.tables.reading.bounds import EMPTY, TOO_MUCH, Bounds, CannotRead
from embedded.tables.reading.headings import Vocabulary, letter

# (what it is, its text); s text, n number, d day, t time of day, b yes or no, f formula, e error
Cell = tuple[str, str]
Numbered = tuple[int, list[Cell]]
NOTHING: Cell = ("s", "")


@dataclass
class Table:
    """`columns`: the name of the column that each heading means, or an empty text for one that is not read. The notes
    are whole once the rows were gone through."""

    head: list[str]
    columns: list[str]
    rows: Iterable[Numbered]
    notes: list[str] = field(default_factory=list)
    from_1904: bool = False
    sheet: str = ""


def table_of(rows: Iterable[Numbered], bounds: Bounds, vocabulary: Vocabulary, sheet: str = "") -> Table:
    """Finds the headings among the first rows and takes what stands below them. Raises CannotRead, at once or between
    the rows."""
    most = bounds.most_sheet_rows if sheet else bounds.most_rows
    ahead = _bounded(rows, bounds, most)
    first: list[Numbered] = []
    for row in ahead:
        first.append(row)
        if _score(row, vocabulary) >= 2 or len(first) == bounds.looked_through:
            break
    if not first:
        raise CannotRead(EMPTY)
    best = max(first, key=lambda row: _score(row, vocabulary))
    if not _score(best, vocabulary) and not vocabulary.any_head:
        raise CannotRead(_no_headings(first[0], vocabulary))
    head = [text for _, text in best[1]]
    table = Table(head, _columns(head, vocabulary), (), sheet=sheet)
    below = [row for row in first if row[0] > best[0]]
    table.rows = _counted(chain(below, ahead), bounds, most)
    table.notes = [
        f"Column {letter(at)} ({text}) is not one that we know, so it was not read."
        for at, text in enumerate(head)
        if text and not table.columns[at] and not vocabulary.is_passed_over(text) and not vocabulary.any_head
    ]
    return table


def _counted(rows: Iterable[Numbered], bounds: Bounds, most: int) -> Iterator[Numbered]:
    kept = 0
    for kept, row in enumerate(rows, 1):
        if kept > most:
            raise CannotRead(bounds.too_many_rows(most))
        yield row
    if not kept:
        raise CannotRead("This file has headings and no rows below them. Fill in at least one row.")


def _bounded(rows: Iterable[Numbered], bounds: Bounds, most: int) -> Iterator[Numbered]:
    """The rows that hold something, without the empty cells at their ends."""
    kept = empty = signs = 0
    for number, cells in rows:
        while cells and not cells[-1][1]:
            cells.pop()
        if not cells:
            empty += 1
            if empty > bounds.most_empty_rows:
                return
            continue
        kept += 1
        signs += _signs(number, cells, bounds)
        if kept > most + bounds.looked_through:
            raise CannotRead(bounds.too_many_rows(most))
        if signs > bounds.most_signs:
            raise CannotRead(TOO_MUCH)
        yield number, cells


def _signs(number: int, cells: list[Cell], bounds: Bounds) -> int:
    if len(cells) > bounds.most_columns:
        raise CannotRead(bounds.too_many_columns)
    longest = max(len(text) for _, text in cells)
    if longest > bounds.longest_cell:
        raise CannotRead(bounds.too_long(number))
    return sum(len(text) for _, text in cells)


def _score(row: Numbered, vocabulary: Vocabulary) -> int:
    return vocabulary.count(text for _, text in row[1])


def _columns(head: list[str], vocabulary: Vocabulary) -> list[str]:
    """What each heading means. Raises CannotRead when one is there twice or a needed one is missing, unless any
    headings will do."""
    columns = [vocabulary.column_called(text) for text in head]
    for name, heading in vocabulary.headings.items():
        places = [at for at, one in enumerate(columns) if one == name]
        if len(places) > 1 and not vocabulary.any_head:
            where = " and ".join(f"{letter(at)} (“{head[at]}”)" for at in places)
            raise CannotRead(
                f"The columns {where} both mean “{heading}”. Take one of them out, or give it another heading."
            )
    missing = [vocabulary.headings[name] for name in vocabulary.needed if name not in columns]
    if missing:
        words = " and ".join(f"“{one}”" for one in missing)
        raise CannotRead(f"There is no column headed {words}. Add it, or start from the template.")
    return columns


def _no_headings(row: Numbered, vocabulary: Vocabulary) -> str:
    found = ", ".join(f"“{text[:40]}”" for _, text in row[1] if text)[:200]
    *some, last = [f"“{vocabulary.headings[name]}”" for name in vocabulary.needed]
    return (
        f"We found none of the headings of the template. The first row says {found}. Put the headings "
        f"{', '.join(some)} and {last} above the rows, or start from the template."
    )
