"""Parts of a whole, one line a month: every part has its colour, its letter and its fixed place in the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from embedded.charts.bars import SWATCH, swatch
from embedded.charts.drawing import INK, QUIET, SMALL, TRACK, WIDTH, box, root, shade, words

ROW = 22
LEFT = 58
LETTER_ROOM = (
    13  # a part that is narrower goes without its letter; its place in the order and the table remain
)
KEY_ROW = 24


@dataclass(frozen=True)
class Key:
    letter: str
    label: str


@dataclass(frozen=True)
class Stack:
    """One line: the values in the order of the keys; without any, `empty` says why."""

    label: str
    values: Sequence[float]
    empty: str = "nothing logged"


def stacked_chart(
    ident: str, title: str, description: str, keys: Sequence[Key], stacks: Sequence[Stack]
) -> str:
    """Each line drawn as shares of its own total, with the key beneath."""
    drawn = "".join(_line(number * ROW, stack, keys) for number, stack in enumerate(stacks))
    foot = ROW * len(stacks) + 10
    legend = "".join(_key(number, key, foot) for number, key in enumerate(keys))
    return root(ident, title, description, foot + KEY_ROW * ((len(keys) + 1) // 2), drawn + legend)


def _line(y: float, stack: Stack, keys: Sequence[Key]) -> str:
    total = sum(stack.values)
    label = words(0, y + 14, stack.label, points=SMALL)
    if total <= 0:
        track = box(LEFT, y + 1, WIDTH - LEFT, ROW - 5, TRACK)
        return label + track + words(LEFT + 8, y + 14, stack.empty, fill=QUIET, points=SMALL)
    parts, x = [label], float(LEFT)
    for number, (key, value) in enumerate(zip(keys, stack.values, strict=True)):
        wide = (WIDTH - LEFT - 1) * value / total
        if value > 0:
            told = f"{stack.label}, {key.label}: {value / total:.0%}"
            parts.append(_part(x, y, wide, number, key, told))
        x += wide
    return "".join(parts)


def _part(x: float, y: float, wide: float, number: int, key: Key, told: str) -> str:
    look = shade(number)
    drawn = box(x + 0.5, y + 1, wide, ROW - 5, look.fill, edge=INK, told=told)
    if wide < LETTER_ROOM:
        return drawn
    return drawn + words(
        x + wide / 2, y + 14, key.letter, at="middle", fill=look.ink, bold=True, points=SMALL
    )


def _key(number: int, key: Key, top: float) -> str:
    x, y = (number % 2) * WIDTH / 2, top + (number // 2) * KEY_ROW
    return swatch(x, y, number, key.letter) + words(x + SWATCH + 7, y + 13.5, key.label)
