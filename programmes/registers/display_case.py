"""Gives names that a register prints in capitals the case in which people write them."""

from __future__ import annotations

import re

CAPITALS = frozenset({"NHS", "ICB", "GP", "UK", "HQ", "FT", "CIC", "BUPA", "HSC", "MRC", "USA"})
SMALL = frozenset("and at by for in le of on or the to under upon with".split())
WHOLE_WORDS = {"HOS": "Hospital", "HOSP": "Hospital", "DIST": "District", "CTR": "Centre"}
_ORDINAL = re.compile(r"\d+(ST|ND|RD|TH)")
_PIECES = re.compile(r"([^\W_]+(?:['\u2019][^\W_]*)*)")


def display_case(text: str) -> str:
    """The text in display case. Text that is not all in capitals is only tidied of stray spaces.

    `GUY'S AND ST THOMAS' NHS FOUNDATION TRUST` becomes `Guy's and St Thomas' NHS Foundation Trust`.
    """
    tidy = " ".join(text.split())
    if tidy != tidy.upper():
        return tidy
    cased = []
    starts = True
    for word in tidy.split():
        cased.append(_word(word, is_first=starts))
        starts = starts and word[0].isdigit()  # a house number does not open the line: 729 The Ridge
    return " ".join(cased)


def _word(word: str, *, is_first: bool) -> str:
    """One word between spaces: its parts between hyphens and the like are cased one by one."""
    pieces = _PIECES.split(word)
    parts = pieces[1::2]
    cased = [
        _part(
            part,
            is_small_here=(position > 0 and position < len(parts) - 1) or (len(parts) == 1 and not is_first),
        )
        for position, part in enumerate(parts)
    ]
    result = pieces[0]
    for part, between in zip(cased, pieces[2::2], strict=True):
        result += part + between
    return result


def _part(part: str, *, is_small_here: bool) -> str:
    if part in CAPITALS or len(part) == 1:
        return part
    if part in WHOLE_WORDS:
        return WHOLE_WORDS[part]
    if _ORDINAL.fullmatch(part):
        return part.lower()
    if any(character.isdigit() for character in part):
        return part
    if is_small_here and part.lower() in SMALL:
        return part.lower()
    return _proper(part)


def _proper(part: str) -> str:
    """A proper noun: King's, O'Brien, McKinley, Thomas'."""
    stem, mark, rest = re.fullmatch(r"([^'\u2019]*)(['\u2019]?)(.*)", part).groups()  # type: ignore[union-attr]
    if mark and len(stem) == 1 and len(rest) > 1:
        return stem + mark + _proper(rest)
    if stem.startswith("MC") and len(stem) > 4:
        return "Mc" + stem[2:].capitalize() + mark + rest.lower()
    return stem.capitalize() + mark + rest.lower()
