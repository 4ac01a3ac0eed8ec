"""What the figures are built from: panels, lines of words, arrows; and how a figure becomes a drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from embedded.charts.drawing import INK, root, size, words

# Units of the viewBox. On paper one is 0.7 pt, on the screen about a pixel: letters of 13 units stay legible.
WIDE: Final = 680
TEXT: Final = 14
SMALL: Final = 13
LINE: Final = 17

DEEP: Final = "#003087"
BLUE: Final = "#005eb8"
SKY: Final = "#e3effa"
PALE: Final = "#f3f7fb"
GREEN: Final = "#00612e"
MINT: Final = "#e2f2e9"
SAND: Final = "#fff2d4"
BROWN: Final = "#5c3a00"
WHITE: Final = "#ffffff"
EDGE: Final = "#7c93a6"


@dataclass(frozen=True)
class Figure:
    """A drawing without its frame. `title` names it, `told` says everything that it shows, in sentences."""

    title: str
    told: str
    height: float
    body: str

    def svg(self, ident: str, *, whole_title: bool) -> str:
        """The drawing. `whole_title` puts all that is told into the title, which is what a printed file reads aloud."""
        title = f"{self.title}. {self.told}" if whole_title else self.title
        return root(ident, title, self.told, self.height, self.body, width=WIDE)


def panel(
    x: float, y: float, width: float, height: float, fill: str, *, edge: str = "", round_by: float = 4
) -> str:
    stroke = f' stroke="{edge}" stroke-width="1"' if edge else ""
    return (
        f'<rect x="{size(x)}" y="{size(y)}" width="{size(width)}" height="{size(height)}" rx="{size(round_by)}" '
        f'fill="{fill}"{stroke}/>'
    )


def lines(
    x: float,
    y: float,
    texts: Sequence[str],
    *,
    at: str = "start",
    fill: str = INK,
    bold: bool = False,
    points: float = TEXT,
) -> str:
    """Lines of words beneath one another; the foot of the first stands on y."""
    return "".join(
        words(x, y + number * LINE, text, at=at, fill=fill, bold=bold, points=points)
        for number, text in enumerate(texts)
    )


def badge(x: float, y: float, text: str, fill: str = BLUE) -> str:
    """A number in a round field with its middle at x, y."""
    circle = f'<circle cx="{size(x)}" cy="{size(y)}" r="12" fill="{fill}"/>'
    return circle + words(x, y + 5, text, at="middle", fill=WHITE, bold=True, points=TEXT)


def shape(points: Sequence[tuple[float, float]], fill: str) -> str:
    return f'<polygon points="{" ".join(f"{size(x)},{size(y)}" for x, y in points)}" fill="{fill}"/>'


def arrow(x1: float, y: float, x2: float, fill: str = EDGE) -> str:
    """A level arrow; it points to x2."""
    back = 8 if x2 > x1 else -8
    stem = (
        f'<line x1="{size(x1)}" y1="{size(y)}" x2="{size(x2 - back)}" y2="{size(y)}" stroke="{fill}" '
        'stroke-width="2"/>'
    )
    return stem + shape([(x2 - back, y - 5), (x2, y), (x2 - back, y + 5)], fill)
