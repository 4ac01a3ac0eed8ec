"""The figures of the library, drawn by our own code: the same on screen and paper, and nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from itertools import count

from guidance.figures.choices import permission, tensions, themes
from guidance.figures.life import calendar, hundred_days, life
from guidance.figures.parts import Figure
from guidance.medium import Medium

ROOM = re.compile(r'<div class="drawing-room drawing-room--([a-z0-9-]*)"></div>')
DRAWINGS: dict[str, Callable[[], Figure]] = {
    "life-of-a-residency": life,
    "ten-themes": themes,
    "four-tensions": tensions,
    "which-permission": permission,
    "calendar-backwards": calendar,
    "first-100-days": hundred_days,
}


def drawn(html: str, medium: Medium) -> str:
    """Clean text with each figure in its room; a room whose figure nobody has drawn is taken away. On the screen the
    room can be moved through sideways, by keyboard too, because letters stay legible on a telephone."""
    numbers = count(1)
    on_screen = medium.name == "web"

    def draw(room: re.Match[str]) -> str:
        if room[1] not in DRAWINGS:
            return ""
        figure = DRAWINGS[room[1]]()
        inside = figure.svg(f"figure-{next(numbers)}", whole_title=not on_screen)
        scrolls = f' role="region" aria-label="{escape(figure.title)}" tabindex="0"' if on_screen else ""
        return f'<div class="drawing-room"{scrolls}>{inside}</div>'

    return ROOM.sub(draw, html)


def undrawn(html: str) -> tuple[str, ...]:
    """The names of figures in a text that nobody has drawn."""
    return tuple(name for name in ROOM.findall(html) if name not in DRAWINGS)
