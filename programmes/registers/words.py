"""Reduces names to plain words, so that spelling, case, accents and apostrophes do not matter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from embedded.spelling import plain

LONGEST_QUERY = 120
MOST_WORDS = 12
SHORTEST_FOR_TYPO = 4

_SAME = {
    "saint": "st",
    "hosp": "hospital",
    "hospitals": "hospital",
    "hos": "hospital",
    "hsp": "hospital",
    "univ": "university",
    "uni": "university",
    "universities": "university",
    "dist": "district",
    "gen": "general",
    "infirm": "infirmary",
    "center": "centre",
    "centres": "centre",
    "ctr": "centre",
    "boro": "borough",
    "coll": "college",
    "colleges": "college",
    "councils": "council",
    "trusts": "trust",
}
_SPELT_OUT = {
    "ft": ("foundation", "trust"),
    "icb": ("integrated", "care", "board"),
    "lhb": ("health", "board"),
    "mbc": ("metropolitan", "borough", "council"),
}
SMALL = frozenset("a an and at by for from in le of on or the to under upon with y".split())
LEGAL = frozenset("nhs foundation trust".split())
EMPTY = SMALL | LEGAL

_APOSTROPHES = re.compile(r"['‘’ʼ`´′]")
_STRAY_S = re.compile(r"(?<=[a-z]{2}) s(?= |$)")
_BETWEEN = re.compile(r"[^a-z0-9]+")


def folded(text: str) -> str:
    """Lower case, without accents and apostrophes, one space between words, `&` as `and`."""
    text = _APOSTROPHES.sub("", plain(text[: LONGEST_QUERY * 3])).replace("&", " and ").replace("+", " and ")
    return _STRAY_S.sub("s", _BETWEEN.sub(" ", text).strip())


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as the search compares them: hosp and hospitals are hospital, saint is st."""
    words: list[str] = []
    for word in folded(text).split():
        words.extend(_SPELT_OUT.get(word, (_SAME.get(word, word),)))
    return tuple(words)


def telling(words: Sequence[str]) -> tuple[str, ...]:
    """The words that tell organisations apart; all of them where none does."""
    return tuple(word for word in words if word not in EMPTY) or tuple(words)


def initials(text: str) -> frozenset[str]:
    """How people shorten a name: UCLH, GSTT, QMC, CPFT, SLaM. Three letters or more."""
    words = folded(text).split()
    found = set()
    for skipped in (SMALL | LEGAL, LEGAL, SMALL | {"nhs", "foundation"}, SMALL | {"nhs"}, SMALL):
        letters = "".join(word[0] for word in words if word not in skipped)
        if 3 <= len(letters) <= 8:
            found.add(letters)
    return frozenset(found)
