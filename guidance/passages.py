"""A document as the search sees it: the plain words of each part, and the address of the part on its page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from guidance.medium import WEB
from guidance.models import Edition
from guidance.typeset import typeset

_HEADING: Final = re.compile(r'<(h2|h3|dt)\b[^>]*?\bid="([^"]+)"[^>]*>(.*?)</\1>', re.DOTALL)
# what the eye sees as a sign beside the words, or does not see at all
_SIGNS: Final = re.compile(
    r"<sup>.*?</sup>"
    r'|<span\b[^>]*?(?:aria-hidden="true"|class="(?:number|mark |nhsuk-u-visually-hidden)[^"]*")[^>]*>.*?</span>',
    re.DOTALL,
)
_LINE_ENDS: Final = re.compile(
    r"</(?:p|li|td|th|tr|h2|h3|div|caption|dt|dd|blockquote|title|desc|text)>|<br ?/?>"
)
_IN_LINE: Final = re.compile(r"</tspan>")  # the lines of one text in a drawing
_TAG: Final = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Passage:
    """A part of a document. The words before its first heading have no anchor and no heading."""

    anchor: str
    heading: str
    text: str


def passages(edition: Edition) -> list[Passage]:
    """The parts of an edition in their order, those without words left out."""
    text = typeset(edition.body, edition.notes, WEB, numbered=not edition.one_page)
    return [one for one in _parts(text.opening + text.rest) if one.text or one.heading]


def _parts(page: str) -> Iterator[Passage]:
    anchor, heading, start = "", "", 0
    for found in _HEADING.finditer(page):
        yield Passage(anchor, heading, words_in(page[start : found.start()]))
        anchor, heading, start = found[2], " ".join(words_in(found[3]).split()), found.end()
    yield Passage(anchor, heading, words_in(page[start:]))


def words_in(markup: str) -> str:
    """The words that somebody reads, a line for each paragraph, item and cell."""
    lines = _LINE_ENDS.sub("\n", _IN_LINE.sub(" ", _SIGNS.sub("", markup)))
    plain = html.unescape(_TAG.sub("", lines))
    return "\n".join(line for line in (" ".join(one.split()) for one in plain.split("\n")) if line)
