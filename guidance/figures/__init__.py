"""The figures of the library, drawn by our own code: the same on screen and paper, and nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

from guidance.medium import Medium

ROOM = re.compile(r'<div class="drawing-room drawing-room--([a-z0-9-]*)"></div>')
DRAWINGS: dict[str, Callable[[str], str]] = {}


def drawn(html: str, medium: Medium) -> str:
    """Clean text with each figure in its room; a room whose figure nobody has drawn is taken away. On the screen the
    room can be moved through sideways, by keyboard too, because letters stay legible on a telephone."""
    numbers = count(1)
    scrolls = ' role="region" aria-label="Figure" tabindex="0"' if medium.name == "web" else ""

    def draw(room: re.Match[str]) -> str:
        drawing = DRAWINGS.get(room[1])
        inside = drawing(f"figure-{next(numbers)}") if drawing else ""
        return f'<div class="drawing-room"{scrolls}>{inside}</div>' if inside else ""

    return ROOM.sub(draw, html)


def undrawn(html: str) -> tuple[str, ...]:
    """The names of figures in a text that nobody has drawn."""
    return tuple(name for name in ROOM.findall(html) if name not in DRAWINGS)
