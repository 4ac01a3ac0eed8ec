"""Where the rooms of the log enter what the house tests need of them, each in a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

Make = TypeVar("Make", bound=Callable[..., Any])

MAKERS: dict[str, Callable[[Any], Any]] = {}
NUMBERED: dict[str, str] = {}
WORDS: dict[str, Callable[[Any], dict[str, Any]]] = {}
GROWERS: list[Callable[[Any], None]] = []


def thing(name: str, *addresses: str) -> Callable[[Make], Make]:
    """`@thing("passage", "passage", "passage_withdraw")`: makes one of it in a world's things, with the canary in its
    words; the number in each of these addresses counts it. It stands in `things.more` under its name."""

    def enter(make: Make) -> Make:
        MAKERS[name] = make
        NUMBERED.update(dict.fromkeys(addresses, name))
        return make

    return enter


def worded(*addresses: str) -> Callable[[Make], Make]:
    """`@worded("log_week")`: what stands in other open parts of these addresses, as `{"week": "2026-W20"}`."""

    def enter(words: Make) -> Make:
        WORDS.update(dict.fromkeys(addresses, words))
        return words

    return enter


def growing(grow: Make) -> Make:
    """`@growing`: adds one more of the room's things, for pages that must not ask more for thirty than for one."""
    GROWERS.append(grow)
    return grow
