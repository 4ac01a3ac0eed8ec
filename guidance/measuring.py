"""How long a document is, how hard to read, what it rests on, and which of its links lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from guidance.linking import GLOSSARY, TARGET
from guidance.medium import WEB
from guidance.passages import words_in
from guidance.typeset import Typeset, typeset

_WORD: Final = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*")
_END: Final = re.compile(r"(?<=[.!?])\s+|\n")
_FEWEST_WORDS: Final = 4  # fewer are a heading, a label or a cell, and no sentence to be read


class Text(Protocol):
    """An edition, shipped or in the database, as far as its words are concerned."""

    body: str
    notes: dict[str, dict[str, str]]
    one_page: bool


@dataclass(frozen=True)
class Measure:
    """`grade` is that of Flesch and Kincaid over whole sentences: 7 is about what a twelve-year-old reads. `unknown`
    are keys without a reference, `nowhere` the links to the library as they were typed."""

    words: int
    grade: float
    sources: int
    unknown: tuple[str, ...]
    nowhere: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        return not (self.unknown or self.nowhere)


def measured(text: Text, anchors: Mapping[str, frozenset[str]]) -> Measure:
    """`anchors`: of every document there is, by slug (see `anchors_of`)."""
    page = _page(text)
    words = words_in(page.opening + page.rest)
    return Measure(
        words=len(_WORD.findall(words)),
        grade=reading_grade(words),
        sources=len(page.sources),
        unknown=page.unknown,
        nowhere=tuple(one for one in dict.fromkeys(page.links) if not _leads_somewhere(one, anchors)),
    )


def anchors_of(text: Text) -> frozenset[str]:
    """The places of a document that a link may name."""
    return _page(text).anchors


def reading_grade(words: str) -> float:
    """The grade of Flesch and Kincaid, to one decimal place; 0 where there is no sentence."""
    sentences = [_WORD.findall(one) for one in _END.split(words)]
    whole = [one for one in sentences if len(one) >= _FEWEST_WORDS]
    if not whole:
        return 0.0
    count = sum(len(one) for one in whole)
    syllables = sum(_syllables(word) for one in whole for word in one)
    return round(max(0.0, 0.39 * count / len(whole) + 11.8 * syllables / count - 15.59), 1)


def _syllables(word: str) -> int:
    """As many as there are groups of vowels, a silent e at the end left out."""
    groups: Iterable[str] = re.findall(r"[aeiouyà-ÿ]+", re.sub(r"(?<=[^l])e$", "", word.lower()))
    return max(1, len(list(groups)))


def _leads_somewhere(target: str, anchors: Mapping[str, frozenset[str]]) -> bool:
    match = TARGET.fullmatch(target)
    if not match:
        return False
    slug, anchor = (match[1], match[2]) if match[1] else (GLOSSARY, match[3])
    return slug in anchors and (not anchor or anchor in anchors[slug])


def _page(text: Text) -> Typeset:
    return typeset(text.body, text.notes, WEB, numbered=not text.one_page)
