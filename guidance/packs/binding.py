"""Binds documents together: their anchors apart, their links to each other inside the pack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from guidance.packs.joining import ids_in, joined, leading
from guidance.rules import Section


@dataclass(frozen=True)
class Loose:
    """One document before it is bound, or a paper of one's own, which has no `slug`. `prefix` is what its anchors get,
    `form` the classes of its page form."""

    title: str
    prefix: str
    slug: str
    language: str
    form: str
    facts: str
    edition_line: str
    newer_line: str
    sections: tuple[Section, ...]
    html: str


@dataclass(frozen=True)
class Bound:
    """The same in the pack. `start` is the anchor of its beginning."""

    of: Loose
    start: str
    sections: tuple[Section, ...]
    html: SafeString


def bound_together(papers: Sequence[Loose]) -> list[Bound]:
    """All of them, in order. Their HTML comes from our own templates and from the typesetter, which cleans."""
    ids = {one.prefix: ids_in(one.html) for one in papers}
    others = {one.slug: (one.prefix, ids[one.prefix]) for one in papers if one.slug}
    library = f"{settings.BASE_URL}/guidance/"
    bound = []
    for one in papers:
        own = f"{library}{one.slug}/" if one.slug else ""
        html = joined(one.html, one.prefix, leading(library, own, ids[one.prefix], others))
        sections = tuple(Section(part.number, part.title, one.prefix + part.anchor) for part in one.sections)
        bound.append(Bound(one, f"{one.prefix}start", sections, mark_safe(html)))  # noqa: S308  see above
    return bound
