"""A small row of columns that shows a course of time beside its number, with its first and last month."""

from __future__ import annotations

from collections.abc import Sequence

from embedded.charts.drawing import BLUE, QUIET, RULE, SMALL, box, line, root, words

COLUMN = 14
GAP = 4
TALL = 40
FOOT = 18


def spark(
    ident: str, title: str, description: str, values: Sequence[float], *, first: str = "", last: str = ""
) -> str:
    """Columns from left to right on a scale from nought to the highest; nought is a gap on the line."""
    top = max(values, default=0)
    width = max((COLUMN + GAP) * len(values) - GAP, COLUMN)
    columns = "".join(
        box(number * (COLUMN + GAP), TALL - 2 - high, COLUMN, high, BLUE)
        for number, value in enumerate(values)
        if top > 0 and (high := max((TALL - 2) * value / top, 2 if value > 0 else 0)) > 0
    )
    foot = line(0, TALL - 1, width, TALL - 1, RULE, width=2)
    ends = words(0, TALL + 14, first, fill=QUIET, points=SMALL) if first else ""
    ends += words(width, TALL + 14, last, at="end", fill=QUIET, points=SMALL) if last else ""
    return root(ident, title, description, TALL + (FOOT if ends else 0), columns + foot + ends, width)
