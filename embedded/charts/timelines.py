"""Spans of time beneath one another, with today as a line through all of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from embedded.charts.drawing import BLUE, INK, QUIET, RULE, SMALL, WIDTH, box, line, root, shortened, words

ROW = 34
HEAD = 20


@dataclass(frozen=True)
class Span:
    """From `start` to `end` (half-open); `planned` is drawn as an outline, not as a fill."""

    label: str
    start: datetime.date
    end: datetime.date
    planned: bool = False
    shown: str = ""


def timeline(ident: str, title: str, description: str, spans: Sequence[Span], today: datetime.date) -> str:
    """All spans on one scale that holds them and today, with a rule at the start of each year."""
    first = min([today, *(span.start for span in spans)])
    last = max([today, *(span.end for span in spans)])
    days = max((last - first).days, 1)
    height = HEAD + ROW * len(spans) + 4

    def x(day: datetime.date) -> float:
        return (WIDTH - 2) * (day - first).days / days + 1

    years = "".join(
        line(x(new), HEAD - 4, x(new), height, RULE)
        + words(x(new) + 3, 12, str(new.year), fill=QUIET, points=SMALL)
        for new in (datetime.date(year, 1, 1) for year in range(first.year, last.year + 1))
        if first <= new and x(new) < WIDTH - 28
    )
    drawn = "".join(
        _span(HEAD + number * ROW, span, x(span.start), x(span.end)) for number, span in enumerate(spans)
    )
    now = line(x(today), HEAD - 4, x(today), height, "#b3261e", width=1.5, dashes="4 3")
    return root(ident, title, description, height, years + drawn + now + _today(x(today), years != ""))


def _span(y: float, span: Span, left: float, right: float) -> str:
    room = WIDTH - 6 - 6.3 * len(span.shown)
    wide = max(right - left, 3)
    told = f"{span.label}: {span.start.day} {span.start:%B %Y} to {span.end.day} {span.end:%B %Y}"
    bar = (
        box(left, y + 19, wide, 9, "#ffffff", edge=BLUE, dashes="3 2", told=told)
        if span.planned
        else box(left, y + 19, wide, 9, BLUE, edge=INK, told=told)
    )
    return (
        words(0, y + 14, shortened(span.label, room, SMALL), points=SMALL)
        + words(WIDTH, y + 14, span.shown, at="end", fill=QUIET, points=SMALL)
        + bar
    )


def _today(x: float, crowded: bool) -> str:
    """The word at the head of the line, kept inside the drawing."""
    at = "end" if x > WIDTH - 34 else "start" if x < 34 else "middle"
    return box(min(max(x - 18, 0), WIDTH - 36), 0, 36, 15, "#ffffff") * crowded + words(
        x, 12, "today", at=at, fill="#b3261e", bold=True, points=SMALL
    )
