"""A pack as the printer takes it: a cover, one list of contents, and each document as its own print says it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string

from embedded.nhsuk.words import cut, day
from embedded.pdf import PrintedPdf, print_pdf, stylesheet
from guidance.medium import PAPER
from guidance.models import Edition, Pack, PackPart
from guidance.packs.binding import Loose, bound_together
from guidance.packs.own_papers import own_papers
from guidance.packs.sections import body_of
from guidance.paper import AUTHOR
from guidance.present import review_line, reviewers
from guidance.reading import loose_links
from guidance.typeset import typeset

LAYOUT = 2  # counted up when what this file makes looks different; the stylesheet speaks for itself


def pack_html(pack: Pack) -> str:
    """The whole pack as one document."""
    parts = list(pack.parts.select_related("edition__document").prefetch_related("edition__reviews"))
    documents = [_document(number, part) for number, part in enumerate(parts, 1)]
    bound = bound_together([*own_papers(pack), *documents])
    return render_to_string(
        "paper/pack.jinja",
        {
            "title": pack.title,
            "running_title": cut(pack.title),
            "language": parts[0].edition.language if parts else "en-GB",
            "pack": pack,
            "bound": bound,
            "address": settings.BASE_URL + pack.get_absolute_url(),
            "edition_line": f"{cut(pack.title)} · put together on {day(pack.begun_on)}",
            "newer_line": newer_line(pack),
            "from_library": bool(parts),
        },
    )


def newer_line(pack: Pack) -> str:
    """A pack with papers of its own goes when they change."""
    said = "Check whether it is still true at" if pack.private_to else "This pack stays at"
    return f"{said} {settings.BASE_URL}{pack.get_absolute_url()}"


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


def _document(number: int, part: PackPart) -> Loose:
    """What stands below the title, and its sections."""
    edition = part.edition
    slug, published = edition.document.slug, day(edition.published_on)
    body = body_of(edition, tuple(part.sections))
    text = typeset(body, edition.notes, PAPER, not edition.one_page, loose_links(body))
    said = {
        "edition": edition,
        "document": edition.document,
        "text": text,
        "review_line": review_line(edition),
        "reviewers": reviewers(edition),
    }
    return Loose(
        title=edition.title,
        prefix=f"d{number}-",
        slug=slug,
        language=edition.language,
        form=form_of(edition),
        facts=f"Version {edition.version} · {published}{' · parts of it' if part.sections else ''}",
        edition_line=f"{edition.title} · version {edition.version} · {published}",
        newer_line=f"Check for a newer version at {settings.BASE_URL}/guidance/{slug}/",
        sections=text.sections,
        html=render_to_string("paper/pack_document.jinja", said),
    )


def form_of(edition: Edition) -> str:
    """The classes that give a document its form of page."""
    shape = {
        "sheet": edition.one_page,
        "landscape": edition.landscape,
        "large-print": edition.large_print,
    }
    return " ".join(name for name, wanted in shape.items() if wanted)
