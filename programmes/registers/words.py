"""Reduces names to plain words, so that spelling, case, accents and apostrophes do not matter."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence

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
    plain = unicodedata.normalize("NFKD", text[: LONGEST_QUERY * 3]).casefold()
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    plain = _APOSTROPHES.sub("", plain).replace("&", " and ").replace("+", " and ")
    plain = _BETWEEN.sub(" ", plain).strip()
    return _STRAY_S.sub("s", plain)


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


def starting_with(words: Sequence[str], start: str) -> Sequence[str]:
    """The words of a sorted list that begin so."""
    first = bisect_left(words, start)
    last = bisect_left(words, start + "\uffff")
    return words[first:last]


def one_edit_apart(one: str, other: str) -> bool:
    """Whether one letter more, less or other, or two neighbours swapped, turns one word into the other."""
    if one == other:
        return False
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    same = next(
        (at for at, pair in enumerate(zip(shorter, longer, strict=False)) if pair[0] != pair[1]), len(shorter)
    )
    if len(shorter) != len(longer):
        return shorter[same:] == longer[same + 1 :]
    if shorter[same + 1 :] == longer[same + 1 :]:
        return True
    swapped = shorter[:same] + shorter[same + 1 : same + 2] + shorter[same : same + 1] + shorter[same + 2 :]
    return swapped == longer


def closeness(one: str, other: str) -> float:
    """How much two folded texts share, 0 to 1: the Dice measure of their groups of three letters."""
    first, second = _triples(one), _triples(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def _triples(text: str) -> set[str]:
    padded = f"  {text} "
    return {padded[start : start + 3] for start in range(len(padded) - 2)}
