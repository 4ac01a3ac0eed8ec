"""A small row of columns that shows a course of time beside its number."""

from __future__ import annotations

from collections.abc import Sequence

from embedded.charts.drawing import BLUE, RULE, box, line, root

COLUMN = 8
GAP = 3
TALL = 28


def spark(ident: str, title: str, description: str, values: Sequence[float]) -> str:
    """Columns from left to right on a scale from nought to the highest; nought is a gap on the line."""
    top = max(values, default=0)
    width = max((COLUMN + GAP) * len(values) - GAP, COLUMN)
    columns = "".join(
        box(number * (COLUMN + GAP), TALL - 2 - high, COLUMN, high, BLUE)
        for number, value in enumerate(values)
        if top > 0 and (high := max((TALL - 2) * value / top, 2 if value > 0 else 0)) > 0
    )
    foot = line(0, TALL - 1, width, TALL - 1, RULE, width=2)
    return root(ident, title, description, TALL, columns + foot, width)
