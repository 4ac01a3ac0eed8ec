"""A pack as the printer takes it: a cover, one list of contents, and each document as its own print says it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from embedded.nhsuk.words import day
from embedded.pdf import PrintedPdf, print_pdf, stylesheet
from guidance.medium import PAPER
from guidance.models import Edition, Pack, PackPart
from guidance.packs.joining import ids_in, joined, leading
from guidance.packs.sections import body_of
from guidance.paper import AUTHOR
from guidance.present import review_line, reviewers
from guidance.reading import loose_links
from guidance.rules import Section
from guidance.typeset import typeset

LAYOUT = 1  # counted up when what this file makes looks different; the stylesheet speaks for itself
MAIN = re.compile(r"<main[^>]*>(.*)</main>", re.DOTALL)
HEADING = re.compile(r"<h2((?:\"[^\"]*\"|[^\">])*)>(.*?)</h2>", re.DOTALL)


@dataclass(frozen=True)
class Bound:
    """One document in the pack. `start` is the anchor of its beginning; `form` the classes of its page form."""

    title: str
    start: str
    language: str
    form: str
    facts: str
    edition_line: str
    newer_line: str
    sections: tuple[Section, ...]
    html: SafeString


def pack_html(pack: Pack) -> str:
    """The whole pack as one document."""
    parts = list(pack.parts.select_related("edition__document").prefetch_related("edition__reviews"))
    bound = [*_own_papers(pack), *_documents(pack, parts)]
    return render_to_string(
        "paper/pack.jinja",
        {
            "title": pack.title,
            "language": parts[0].edition.language if parts else "en-GB",
            "pack": pack,
            "bound": bound,
            "address": settings.BASE_URL + pack.get_absolute_url(),
            "edition_line": f"{pack.title} · put together on {day(pack.begun_on)}",
            "newer_line": f"This pack stays at {settings.BASE_URL}{pack.get_absolute_url()}",
        },
    )


def printed(pack: Pack, html: str) -> PrintedPdf:
    """The PDF of a pack. Raises embedded.pdf.CannotPrint."""
    return print_pdf(
        html, pack.title, author=AUTHOR, made_on=pack.begun_on, subject=pack.summary or pack.title
    )


def layout() -> str:
    """SHA-256 of how packs look. Raises embedded.pdf.CannotPrint."""
    return hashlib.sha256(f"{LAYOUT} {stylesheet()}".encode()).hexdigest()


def made_from(pack: Pack, parts: Sequence[PackPart]) -> str:
    """SHA-256 of all that decides how the print looks, found without typesetting anything."""
    told = [
        layout(),
        pack.key,
        pack.title,
        pack.whom,
        pack.summary,
        [[part.edition_id, _words(part.edition), part.sections] for part in parts],
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _words(edition: Edition) -> list[object]:
    """What changes the print of an edition without a new version."""
    document = edition.document
    return [edition.fingerprint, review_line(edition), *reviewers(edition), str(document.next_review)]


def _documents(pack: Pack, parts: Sequence[PackPart]) -> list[Bound]:
    texts = [_document_html(part) for part in parts]
    library = f"{settings.BASE_URL}/guidance/"
    slugs = [part.edition.document.slug for part in parts]
    ids = [ids_in(html) for html, _ in texts]
    others = {
        slug: (f"d{number}-", there) for number, (slug, there) in enumerate(zip(slugs, ids, strict=True), 1)
    }
    bound = []
    for number, (part, (html, sections)) in enumerate(zip(parts, texts, strict=True), 1):
        own = f"{library}{slugs[number - 1]}/"
        leads = leading(library, own, ids[number - 1], others)
        bound.append(_bound(part, f"d{number}-", sections, joined(html, f"d{number}-", leads)))
    return bound


def _document_html(part: PackPart) -> tuple[str, tuple[Section, ...]]:
    """What stands below the title, and its sections."""
    edition = part.edition
    body = body_of(edition, tuple(part.sections))
    text = typeset(body, edition.notes, PAPER, not edition.one_page, loose_links(body))
    html = render_to_string(
        "paper/pack_document.jinja",
        {
            "edition": edition,
            "document": edition.document,
            "text": text,
            "sheet": edition.one_page,
            "review_line": review_line(edition),
            "reviewers": reviewers(edition),
        },
    )
    return html, text.sections


def _bound(part: PackPart, prefix: str, sections: tuple[Section, ...], html: str) -> Bound:
    edition = part.edition
    slug = edition.document.slug
    facts = f"Version {edition.version} · {day(edition.published_on)}"
    return Bound(
        title=edition.title,
        start=f"{prefix}start",
        language=edition.language,
        form=form_of(edition),
        facts=f"{facts} · parts of it" if part.sections else facts,
        edition_line=f"{edition.title} · version {edition.version} · {day(edition.published_on)}",
        newer_line=f"Check for a newer version at {settings.BASE_URL}/guidance/{slug}/",
        sections=tuple(Section(one.number, one.title, prefix + one.anchor) for one in sections),
        html=mark_safe(html),  # noqa: S308  made of our own templates, and of text that the typesetter has cleaned
    )


def form_of(edition: Edition) -> str:
    """The classes that give a document its form of page."""
    shape = {
        "sheet": edition.one_page,
        "landscape": edition.landscape,
        "large-print": edition.large_print,
    }
    return " ".join(name for name, wanted in shape.items() if wanted)


def _own_papers(pack: Pack) -> list[Bound]:
    return [_own_paper(number, extra) for number, extra in enumerate(pack.extras, 1)]


def _own_paper(number: int, extra: dict[str, str]) -> Bound:
    """A paper of a residency: its headings of the second level are its sections."""
    prefix = f"p{number}-"
    found = MAIN.search(extra["html"])
    html = _named_headings(found[1] if found else extra["html"])
    leads = leading(f"{settings.BASE_URL}/guidance/", "", ids_in(html), {})
    return Bound(
        title=extra["title"],
        start=f"{prefix}start",
        language="en-GB",
        form="",
        facts=extra["made_from"],
        edition_line=f"{extra['title']} · {extra['made_from']}",
        newer_line="Only for those who work on this residency",
        sections=tuple(Section(0, title, prefix + anchor) for anchor, title in _headings(html)),
        html=mark_safe(joined(html, prefix, leads)),  # noqa: S308  from the templates of the upper storey, which escape
    )


def _named_headings(html: str) -> str:
    """Gives each heading of the second level an anchor."""
    numbers = iter(range(1, len(HEADING.findall(html)) + 1))

    def named(match: re.Match[str]) -> str:
        number = next(numbers)
        return match[0] if " id=" in match[1] else f'<h2{match[1]} id="section-{number}">{match[2]}</h2>'

    return HEADING.sub(named, html)


def _headings(html: str) -> list[tuple[str, str]]:
    """Anchor and words of each."""
    found: list[tuple[str, str]] = []
    for match in HEADING.finditer(html):
        anchor = re.search(r'\bid="([^"]*)"', match[1])
        words = " ".join(re.sub(r"<[^>]*>", "", match[2]).split())
        found += [(anchor[1], mark_safe(words))] if anchor and words else []  # noqa: S308  already escaped there
    return found
