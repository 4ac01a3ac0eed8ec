"""Spans of time beneath one another, with the years and today as lines through all of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from embedded.charts.drawing import BLUE, INK, QUIET, RULE, SMALL, WIDTH, box, line, root, shortened, words

ROW: Final = 36
HEAD: Final = 22
NOW: Final = "#b3261e"
CLOSE: Final = 42  # a year's name nearer than this to the word "today" is left out


@dataclass(frozen=True)
class Span:
    """From `start` to `end` (half-open); `planned` is drawn as an outline, not as a fill."""

    label: str
    start: datetime.date
    end: datetime.date
    planned: bool = False


@dataclass(frozen=True)
class _Scale:
    first: datetime.date
    days: int

    def x(self, day: datetime.date) -> float:
        return (WIDTH - 2) * (day - self.first).days / self.days + 1


def timeline(ident: str, title: str, description: str, spans: Sequence[Span], today: datetime.date) -> str:
    """All spans on one scale that holds them and today. Lines cross the bars and never the words."""
    first = min([today, *(span.start for span in spans)])
    last = max([today, *(span.end for span in spans)])
    scale = _Scale(first, max((last - first).days, 1))
    years = [datetime.date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    rows = "".join(_row(HEAD + number * ROW, span, scale, years, today) for number, span in enumerate(spans))
    return root(ident, title, description, HEAD + ROW * len(spans), _head(scale, years, today) + rows)


def _head(scale: _Scale, years: Sequence[datetime.date], today: datetime.date) -> str:
    now = scale.x(today)
    at = "end" if now > WIDTH - 24 else "start" if now < 24 else "middle"
    named = [year for year in years if abs(scale.x(year) - now) > CLOSE and 16 < scale.x(year) < WIDTH - 16]
    return words(now, 12, "today", at=at, fill=NOW, bold=True, points=SMALL) + "".join(
        words(scale.x(year), 12, str(year.year), at="middle", fill=QUIET, points=SMALL) for year in named
    )


def _row(y: float, span: Span, scale: _Scale, years: Sequence[datetime.date], today: datetime.date) -> str:
    left, right = scale.x(span.start), scale.x(span.end)
    wide = max(min(right, WIDTH - 1) - left, 3)
    told = f"{span.label}: {span.start.day} {span.start:%B %Y} to {span.end.day} {span.end:%B %Y}"
    bar = (
        box(left, y + 20, wide, 9, "#ffffff", edge=BLUE, dashes="3 2", told=told)
        if span.planned
        else box(left, y + 20, wide, 9, BLUE, edge=INK, told=told)
    )
    rules = "".join(line(scale.x(year), y + 17, scale.x(year), y + 32, RULE) for year in years)
    now = line(scale.x(today), y + 17, scale.x(today), y + 32, NOW, width=2, dashes="3 2")
    return rules + words(0, y + 14, shortened(span.label, WIDTH - 4, SMALL), points=SMALL) + bar + now
