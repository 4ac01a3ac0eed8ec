"""What differs between two texts, line by line and word by word, in a form that can be read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

WORDS: Final = re.compile(r"\s+|[^\s]+")
MOST_PAIRS: Final = 250_000  # words against words; beyond, a line counts as written anew
AROUND: Final = 1  # lines that stay, shown before and after what does not


@dataclass(frozen=True)
class Piece:
    """Some words: "same", "added" or "removed"."""

    how: str
    words: str


@dataclass(frozen=True)
class Line:
    """A line of the text with its pieces; one with `skipped` stands for that many lines that are the same."""

    pieces: tuple[Piece, ...] = ()
    skipped: int = 0

    @property
    def is_same(self) -> bool:
        return all(piece.how == "same" for piece in self.pieces)


@dataclass(frozen=True)
class Difference:
    """How two texts differ; `added` and `removed` count characters, blanks at the ends of lines left out."""

    lines: tuple[Line, ...]
    added: int
    removed: int

    @property
    def changed(self) -> int:
        return self.added + self.removed

    def __bool__(self) -> bool:
        return bool(self.changed)


def difference(before: str, after: str) -> Difference:
    """Compares by lines first, then by words within the lines that were changed."""
    found = list(_lines(_split(before), _split(after)))
    pieces = [piece for line in found for piece in line.pieces]
    added = sum(len(piece.words) for piece in pieces if piece.how == "added")
    removed = sum(len(piece.words) for piece in pieces if piece.how == "removed")
    return Difference(tuple(_shortened(found)), added, removed)


def _split(text: str) -> list[str]:
    return [line for line in (one.rstrip() for one in text.splitlines()) if line]


def _lines(before: list[str], after: list[str]) -> Iterator[Line]:
    for how, a, b, c, d in SequenceMatcher(None, before, after).get_opcodes():
        if how == "equal":
            yield from (Line((Piece("same", line),)) for line in before[a:b])
            continue
        both = min(b - a, d - c)
        for one, other in zip(before[a : a + both], after[c : c + both], strict=True):
            yield Line(tuple(_words(one, other)))
        yield from (Line((Piece("removed", line),)) for line in before[a + both : b])
        yield from (Line((Piece("added", line),)) for line in after[c + both : d])


def _words(before: str, after: str) -> Iterator[Piece]:
    one, other = WORDS.findall(before), WORDS.findall(after)
    if len(one) * len(other) > MOST_PAIRS:
        yield from (Piece("removed", before), Piece("added", after))
        return
    for how, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if how == "equal":
            yield Piece("same", "".join(one[a:b]))
            continue
        if a < b:
            yield Piece("removed", "".join(one[a:b]))
        if c < d:
            yield Piece("added", "".join(other[c:d]))


def _shortened(lines: Sequence[Line]) -> Iterator[Line]:
    """Leaves out long stretches that stay, and says how long they were."""
    near = {
        number + step
        for number, line in enumerate(lines)
        if not line.is_same
        for step in range(-AROUND, AROUND + 1)
    }
    skipped = 0
    for number, line in enumerate(lines):
        if number not in near:
            skipped += 1
            continue
        if skipped:
            yield Line(skipped=skipped)
            skipped = 0
        yield line
    if skipped:
        yield Line(skipped=skipped)
