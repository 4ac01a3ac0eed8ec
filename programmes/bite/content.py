"""What a summary of two pages says, how long it may be, and what it should explain."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from embedded.nhsuk.words import day
from programmes.models import Bite, Project

PARTS: Final = {
    "question": "The question",
    "why": "Why it matters",
    "done": "What we did",
    "with_whom": "With whom",
    "found": "What we found, and what it was used for",
    "hard": "What was hard",
    "not_known": "What we do not know",
    "next_step": "What comes next",
}
MOST_WORDS: Final = 650  # domain.md §5.8
WORD: Final = re.compile(r"[^\s–—]*\w[^\s–—]*")
ABBREVIATION: Final = re.compile(r"\b[A-Z][A-Z&]+[A-Z]?s?\b|\b[A-Z]{2,}s?\b")
KNOWN_TO_ALL: Final = frozenset({"NHS", "UK", "TV", "GP", "GPs", "OK"})


@dataclass(frozen=True)
class Told:
    """A heading and its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


def told(bite: Bite) -> list[Told]:
    """The parts that say something, in order."""
    return [
        Told(heading, tuple(line.strip() for line in getattr(bite, name).splitlines() if line.strip()))
        for name, heading in PARTS.items()
        if getattr(bite, name).strip()
    ]


def texts_of(bite: Bite) -> dict[str, str]:
    return {name: getattr(bite, name) for name in PARTS}


def lacking(texts: Mapping[str, str]) -> list[str]:
    """The headings under which nothing is said yet."""
    return [heading for name, heading in PARTS.items() if not texts.get(name, "").strip()]


def count_words(title: str, texts: Mapping[str, str]) -> int:
    """All that would be printed: the title, the headings that say something, and what they say."""
    shown = [title]
    for name, heading in PARTS.items():
        if texts.get(name, "").strip():
            shown += [heading, texts[name]]
    return sum(len(WORD.findall(one)) for one in shown)


def unexplained(texts: Iterable[str]) -> list[str]:
    """Abbreviations that stand nowhere beside their long form in brackets, by order."""
    whole = "\n".join(texts)
    found = dict.fromkeys(ABBREVIATION.findall(whole))
    return [one for one in found if one not in KNOWN_TO_ALL and not _is_explained(one, whole)]


def _is_explained(short: str, text: str) -> bool:
    return f"({short})" in text or f"{short} (" in text


def from_record(project: Project) -> dict[str, str]:
    """What the form says first: what is recorded, confirmed contributions and uses alone."""
    return {
        "question": project.question or project.title,
        "why": project.residency.problem,
        "with_whom": "\n".join(_contributions(project)),
        "found": "\n".join(_uses(project)),
    }


def _contributions(project: Project) -> list[str]:
    """By the kind of partner, never by name (V-51)."""
    confirmed = project.contributions.filter(confirmed_at__isnull=False).select_related("partner")
    return [
        f"{one.partner.get_kind_display()}: {one.description}"
        + (f" What changed: {one.what_changed}" if one.what_changed else "")
        for one in confirmed.order_by("on", "pk")
    ]


def _uses(project: Project) -> list[str]:
    found = project.uses.filter(confirmed_at__isnull=False)
    return [
        f"{one.what}: {one.get_outcome_display().lower()} in a decision of {one.decided_by} on "
        f"{day(one.decided_on)} ({one.decision}). Confirmed by the host."
        for one in found.order_by("decided_on", "pk")
    ]
