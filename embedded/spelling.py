"""How near one spelling is to another, so that a slip of the pen finds what was meant."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence


def plain(text: str) -> str:
    """Small letters without accents: "Gwynédd" and "GWYNEDD" are both "gwynedd"."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in apart if not unicodedata.combining(character))


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
