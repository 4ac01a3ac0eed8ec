"""How well the words that somebody typed fit one organisation."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from programmes.registers.index import Known, Phrase, Source
from programmes.registers.words import initials

OPENINGS = frozenset("university hospital royal borough county city".split())


class Rank(IntEnum):
    """How well something fits; the order in which results are shown."""

    CODE = 0
    POSTCODE = 1
    WHOLE_NAME = 2
    NAME_STARTS = 3
    WORDS_OF_NAME = 4
    OTHER_NAME = 5
    SITE = 6
    ADDRESS = 7
    SCATTERED = 8
    NEARBY = 9


@dataclass(frozen=True)
class Hit:
    rank: Rank
    why: str = ""
    begun: int = 0  # words asked for that only begin a word of the phrase
    missed: int = 0  # words of the phrase that were not asked for: the fewer the closer
    picked: bool = False  # somebody picked it for these very words

    @property
    def order(self) -> tuple[int, int, int]:
        return (self.rank, self.begun, self.missed)


def best_fit(known: Known, meant: dict[str, set[str]]) -> Hit:
    asked = list(meant)
    if len(asked) == 1 and asked[0] in known.initials:
        return Hit(Rank.WHOLE_NAME, _initials_of(known, asked[0]))
    hits = [_fit(phrase, meant) for phrase in known.phrases]
    fitting = [hit for hit in hits if hit]
    if fitting:
        return min(fitting, key=lambda hit: hit.order)
    shown = [phrase for phrase in known.phrases if phrase.shown and _holds_any(phrase, meant)]
    return Hit(Rank.SCATTERED, shown[0].shown if shown else "")


def _initials_of(known: Known, letters: str) -> str:
    for phrase in known.phrases:
        if phrase.source != Source.ADDRESS and letters in initials(phrase.text):
            return phrase.shown or f"{letters.upper()} for short"
    return ""


def _holds_any(phrase: Phrase, meant: dict[str, set[str]]) -> bool:
    return any(not choices.isdisjoint(phrase.words) for choices in meant.values())


def _fit(phrase: Phrase, meant: dict[str, set[str]]) -> Hit | None:
    """How a phrase fits, or None when a word asked for is not in it."""
    if any(choices.isdisjoint(phrase.words) for choices in meant.values()):
        return None
    told = phrase.telling
    missed = sum(1 for word in told if not any(word in choices for choices in meant.values()))
    begun = sum(1 for word in meant if word not in phrase.words)
    if phrase.source == Source.ADDRESS:
        return Hit(Rank.ADDRESS, phrase.shown, begun, missed)
    if missed == begun == 0:
        return Hit(Rank.WHOLE_NAME, phrase.shown)
    if phrase.source == Source.OWN_NAME:
        rank = Rank.NAME_STARTS if _starts(told, meant) else Rank.WORDS_OF_NAME
    else:
        rank = Rank.SITE if phrase.source == Source.SITE else Rank.OTHER_NAME
    return Hit(rank, phrase.shown, begun, missed)


def _starts(told: tuple[str, ...], meant: dict[str, set[str]]) -> bool:
    """Whether the name begins with the words asked for; what it opens with may be left out: University of …"""
    first = next(iter(meant.values()))
    while told and told[0] in OPENINGS and told[0] not in first:
        told = told[1:]
    pairs = zip(meant.values(), told, strict=False)
    return len(meant) <= len(told) and all(word in choices for choices, word in pairs)
