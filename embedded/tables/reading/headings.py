"""Which columns a file may have, and under which headings each of them is known."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_BETWEEN: Final = re.compile(r"[^a-z0-9]+")
_ASIDE: Final = re.compile(r"\([^)]*\)|\*")
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(frozen=True)
class Vocabulary:
    """`known` leads from a plain heading to the name of its column, `headings` from the name to the heading that we
    give it; each name in `needed` must be there, once; `passed_over` are plain headings of which nothing is said. Where
    `any_head`, whoever uploads says on a page what the columns mean: any headings will do then."""

    known: dict[str, str]
    headings: dict[str, str]
    needed: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    any_head: bool = False

    def column_called(self, heading: str) -> str:
        """The name of the column that a heading means, or an empty text."""
        return self.known.get(plain(heading), "")

    def is_passed_over(self, heading: str) -> bool:
        return plain(heading) in self.passed_over

    def count(self, headings: Iterable[str]) -> int:
        """How many different columns of ours they name."""
        return len({self.column_called(heading) for heading in headings} - {""})


def plain(text: str) -> str:
    """A heading as it is compared: small letters and digits, without what stands in brackets."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).replace("’", "").replace("'", "")
    return _BETWEEN.sub(" ", _ASIDE.sub(" ", seen).casefold()).strip()


def letter(position: int) -> str:
    """The letter over a column, counted from 0: A, B … Z, AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
