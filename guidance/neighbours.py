"""What stands beside a document on its shelf."""

from __future__ import annotations

from dataclasses import dataclass

from guidance.holding import Held
from guidance.linking import GLOSSARY
from guidance.models import Document
from guidance.starting import place_of


@dataclass(frozen=True)
class Neighbour:
    slug: str
    title: str


@dataclass(frozen=True)
class Neighbours:
    """The documents before and after on the same shelf, if there are any; and whether there is a glossary."""

    before: Neighbour | None
    after: Neighbour | None
    glossary: bool


def neighbours(document: Document, library: Held) -> Neighbours:
    """By the order of the shelf."""
    near = (one for one in library.documents if one[0] == document.audience)
    shelf = sorted(near, key=lambda one: place_of(*one))
    slugs = [slug for _, slug, _ in shelf]
    at = slugs.index(document.slug) if document.slug in slugs else len(slugs)
    beside = [Neighbour(slug, title) for _, slug, title in shelf]
    return Neighbours(
        before=beside[at - 1] if 0 < at < len(beside) else None,
        after=beside[at + 1] if at + 1 < len(beside) else None,
        glossary=document.slug != GLOSSARY and library.has(f"guide:{GLOSSARY}"),
    )
