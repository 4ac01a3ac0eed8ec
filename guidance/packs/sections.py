"""Cuts a document's text into its sections, so that some of them can be chosen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from guidance.medium import PAPER
from guidance.models import Edition
from guidance.typeset import typeset

HEADING = re.compile(r"^ {0,3}##(?=[ \t]).*$", re.MULTILINE)
ANY_HEADING = re.compile(r"^ {0,3}#{1,6}(?=[ \t]).*$", re.MULTILINE)
WORDS_A_PAGE = 400


@dataclass(frozen=True)
class Piece:
    """One `## ` section: its address on the page, its title, and its Markdown."""

    anchor: str
    title: str
    text: str


def pieces(edition: Edition) -> tuple[Piece, ...]:
    """The sections that may be chosen one by one; none where the text has two sections or fewer."""
    found = _pieces(edition.body)
    return found if len(found) > 2 else ()


def body_of(edition: Edition, sections: tuple[str, ...]) -> str:
    """The Markdown of those sections, in the order of the document; all of it when none is named or known."""
    chosen = [piece.text for piece in _pieces(edition.body) if piece.anchor in sections]
    return "".join(chosen) if chosen else edition.body


def pages_of(edition: Edition, sections: tuple[str, ...] = ()) -> int:
    """About how many pages it fills."""
    whole = edition.pdf_pages or 1 + len(edition.body.split()) // WORDS_A_PAGE
    share = len(body_of(edition, sections)) / max(1, len(edition.body))
    return max(1, round(whole * share))


@lru_cache(maxsize=256)
def _pieces(body: str) -> tuple[Piece, ...]:
    """Typesetting the headings alone gives each the address that it has on the page, a hundred times faster."""
    headings = "\n\n".join(ANY_HEADING.findall(body))
    told = typeset(headings, {}, PAPER, numbered=False).sections
    starts = [match.start() for match in HEADING.finditer(body)]
    if len(starts) != len(told):
        return ()
    ends = [*starts[1:], len(body)]
    texts = [body[start:end] for start, end in zip(starts, ends, strict=True)]
    return tuple(
        Piece(section.anchor, section.title, text) for section, text in zip(told, texts, strict=True)
    )
