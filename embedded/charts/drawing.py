"""What every drawing is made of: a root that says what it shows, text, boxes, colours that can be told apart."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Final

# Units of the viewBox. A phone of 320 px shows them at nearly one pixel each, so that 13 units stay legible.
WIDTH: Final = 304
TEXT: Final = 13
SMALL: Final = 12
FAMILY: Final = "Arimo, Arial, sans-serif"

INK: Final = "#212b32"
QUIET: Final = "#4c6272"
RULE: Final = "#aeb7bd"
TRACK: Final = "#eef1f3"
BLUE: Final = "#005eb8"


@dataclass(frozen=True)
class Shade:
    """A fill and the colour of letters on it, at least 4.5 to 1 apart."""

    fill: str
    ink: str


# Dark and light in turn, so that neighbours differ in print without colour too; each part also carries its letter.
SHADES: Final = (
    Shade("#003087", "#ffffff"),
    Shade("#a9d3f5", INK),
    Shade("#006747", "#ffffff"),
    Shade("#ffdc8e", INK),
    Shade("#7c2855", "#ffffff"),
    Shade("#c6e3c3", INK),
    Shade("#425563", "#ffffff"),
)


def shade(number: int) -> Shade:
    return SHADES[number % len(SHADES)]


def root(ident: str, title: str, description: str, height: float, body: str, width: float = WIDTH) -> str:
    """The whole drawing. `ident` must be unique on a page; it grows and shrinks with the room it is given."""
    name = escape(ident)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {size(width)} {size(height)}" '
        f'width="{size(width)}" height="{size(height)}" preserveAspectRatio="xMinYMin meet" '
        f'aria-labelledby="{name}-title {name}-desc" font-family="{FAMILY}" font-size="{TEXT}" fill="{INK}">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>{body}</svg>'
    )


def words(
    x: float,
    y: float,
    text: str,
    *,
    at: str = "start",
    fill: str = INK,
    bold: bool = False,
    points: float = TEXT,
) -> str:
    """Text whose foot stands on y; `at` is start, middle or end."""
    anchor = f' text-anchor="{at}"' if at != "start" else ""
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{size(x)}" y="{size(y)}" font-family="{FAMILY}" font-size="{size(points)}" '
        f'fill="{fill}"{anchor}{weight}>{escape(text)}</text>'
    )


def box(
    x: float,
    y: float,
    width: float,
    height: float,
    fill: str,
    *,
    edge: str = "",
    dashes: str = "",
    told: str = "",
) -> str:
    """A rectangle; `told` is what a pointer resting on it is shown."""
    stroke = f' stroke="{edge}" stroke-width="1"' if edge else ""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    place = f'x="{size(x)}" y="{size(y)}" width="{size(width)}" height="{size(height)}"'
    inner = f"><title>{escape(told)}</title></rect>" if told else "/>"
    return f'<rect {place} fill="{fill}"{stroke}{dashed}{inner}'


def line(
    x1: float, y1: float, x2: float, y2: float, colour: str, *, width: float = 1, dashes: str = ""
) -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return (
        f'<line x1="{size(x1)}" y1="{size(y1)}" x2="{size(x2)}" y2="{size(y2)}" '
        f'stroke="{colour}" stroke-width="{size(width)}"{dashed}/>'
    )


def shortened(text: str, room: float, points: float = TEXT) -> str:
    """The text, cut with an ellipsis where it would need more than `room` units of Arial's average letter."""
    most = max(1, int(room / (points * 0.47)))
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def size(number: float) -> str:
    """A number with at most two decimals and no trailing noughts."""
    return f"{number:.2f}".rstrip("0").rstrip(".") or "0"
