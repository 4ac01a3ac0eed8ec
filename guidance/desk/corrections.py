"""What one editor may publish alone: a small correction, which leaves what the document claims as it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

from guidance.desk.differing import difference
from guidance.desk.words import Words, sources_as_text

MOST_CHANGED: Final = 200  # characters, added and removed together
ADDRESS: Final = re.compile(r"(?:https?://|mailto:)[^\s)>\]]+")
TURNING: Final = "no not never none cannot nor without must may should shall will always only".split()

PLACED: Final = ("readers", "moments", "topics")

# what has to be the same before and after, and what to say when it is not
KEPT: Final[dict[str, Callable[[str], list[str]]]] = {
    "A heading": lambda text: re.findall(r"^#+.*$", text, re.MULTILINE),
    "A number": lambda text: re.findall(r"\d+(?:[.,]\d+)*", ADDRESS.sub("", text)),
    "A source in the text": lambda text: re.findall(r"\[[A-Z][A-Z0-9-]+\](?![(:])", text),
    "A mark such as {fact}": lambda text: re.findall(r"\{[^{}\n]*\}", text),
    "A box": lambda text: re.findall(r"^:::.*$", text, re.MULTILINE),
    "A word such as “not” or “must”": lambda text: [
        word for word in re.findall(r"[a-z]+", re.sub("n[’']t\\b", " not", text.lower())) if word in TURNING
    ],
    "The number of links": lambda text: ["link"] * len(re.findall(r"\]\(", text)),
}


def too_much(before: Words, after: Words) -> tuple[str, ...]:
    """Why a second editor has to read the change first, a sentence each; empty for a small correction."""
    return tuple(_reasons(before, after))


def _reasons(before: Words, after: Words) -> Iterator[str]:
    changed = difference(_shown(before), _shown(after)).changed
    if changed > MOST_CHANGED:
        yield f"{changed} characters are changed, more than {MOST_CHANGED}."
    if before.title != after.title:
        yield "The title is changed."
    if before.next_review != after.next_review:
        yield "The review date is changed."
    if any(set(getattr(before, name)) != set(getattr(after, name)) for name in PLACED):
        yield "Whom it is for, when it helps or what it is about is changed."
    if set(before.notes) != set(after.notes):
        yield "A source is added or taken off the list."
    for what, found in KEPT.items():
        texts = [f"{words.summary}\n{words.body}" for words in (before, after)]
        if Counter(found(texts[0])) != Counter(found(texts[1])):
            yield f"{what} is changed, added or taken away."


def _shown(words: Words) -> str:
    return "\n".join((words.summary, words.body, sources_as_text(words.notes)))
