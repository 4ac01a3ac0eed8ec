"""Bars lying down: one for each kind, its name above it and its value in words at the end of the line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from embedded.charts.drawing import BLUE, INK, SMALL, TRACK, WIDTH, box, line, root, shade, shortened, words

ROW = 38
SWATCH = 18


@dataclass(frozen=True)
class Bar:
    """`value` decides the length, `shown` is what is written; a `letter` gives it the look of its key.
    At `mark` an upright line stands across it."""

    label: str
    value: float
    shown: str
    letter: str = ""
    mark: float | None = None


def bar_chart(
    ident: str, title: str, description: str, bars: Sequence[Bar], *, most: float | None = None
) -> str:
    """Bars on a common scale that ends at `most`, or at the longest of them."""
    top = most if most is not None else max((bar.value for bar in bars), default=0)
    drawn = "".join(_row(number, bar, top) for number, bar in enumerate(bars))
    return root(ident, title, description, max(ROW * len(bars), 1), drawn)


def _row(number: int, bar: Bar, top: float) -> str:
    y, left = number * ROW, (SWATCH + 7 if bar.letter else 0)
    long = WIDTH - left
    length = long * bar.value / top if top > 0 else 0
    fill = shade(number).fill if bar.letter else BLUE
    label = shortened(bar.label, long - 6 - 8 * len(bar.shown))
    parts = [
        swatch(0, y + 8, number, bar.letter) if bar.letter else "",
        words(left, y + 13, label),
        words(WIDTH, y + 13, bar.shown, at="end", bold=True),
        box(left, y + 19, long, 9, TRACK),
        box(left, y + 19, length, 9, fill, edge=INK, told=f"{bar.label}: {bar.shown}") if length else "",
        _mark(left + long * bar.mark / top, y + 15) if bar.mark is not None and top > 0 else "",
    ]
    return "".join(parts)


def _mark(x: float, y: float) -> str:
    return line(x, y, x, y + 17, "#ffffff", width=5) + line(x, y, x, y + 17, INK, width=3)


def swatch(x: float, y: float, number: int, letter: str) -> str:
    """The key of a kind: its colour with its letter, so that neither has to be guessed from the other."""
    look = shade(number)
    return box(x + 0.5, y + 0.5, SWATCH - 1, SWATCH - 1, look.fill, edge=INK) + words(
        x + SWATCH / 2, y + 13.2, letter, at="middle", fill=look.ink, bold=True, points=SMALL
    )
