"""Prints an edition: the same text as its web page, with version, date and where to look for a newer one (V-96)."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from embedded.nhsuk.words import day
from embedded.pdf import PrintedPdf, print_pdf, stylesheet
from guidance.medium import PAPER
from guidance.models import Edition
from guidance.present import moments_of, review_line, reviewers
from guidance.reading import loose_links
from guidance.typeset import typeset

AUTHOR = "the Embedded project"
MOST_MOMENTS_OF_A_SHEET = 2
HELD: Final = re.compile(r"((?:\b(?:a|an|and|for|in|of|on|the|to) )+\S+|\w+(?:-\w+)+)", re.IGNORECASE)


def printed_html(edition: Edition) -> str:
    """The whole document as the printer takes it."""
    text = typeset(edition.body, edition.notes, PAPER, not edition.one_page, loose_links(edition.body))
    return render_to_string(
        "paper/guidance.jinja",
        {
            "title": edition.title,
            "title_lines": title_lines(edition.title),
            "language": edition.language,
            "sheet": edition.one_page,
            "body_class": " ".join(name for name, wanted in _shape(edition).items() if wanted),
            "edition": edition,
            "document": edition.document,
            "text": text,
            "cover_facts": _cover_facts(edition),
            "review_line": review_line(edition),
            "reviewers": reviewers(edition),
            "edition_line": edition_line(edition),
            "newer_line": f"Check for a newer version at {settings.BASE_URL}/guidance/{edition.document.slug}/",
        },
    )


def title_lines(title: str) -> SafeString:
    """A title as a cover breaks it: a small word goes with the next, and no line ends at a hyphen."""
    pieces = [(piece, HELD.fullmatch(piece)) for piece in HELD.split(title) if piece]
    return format_html_join("", "{}", ((_held(piece) if held else piece,) for piece, held in pieces))


def _held(piece: str) -> SafeString:
    return format_html('<span class="together">{}</span>', piece)


def _cover_facts(edition: Edition) -> tuple[tuple[str, str], ...]:
    """What the cover says beneath the title, each with its name. A sheet keeps it to one line."""
    minutes = f"{edition.reading_minutes} minute{'' if edition.reading_minutes == 1 else 's'}"
    when = ("When", moments_of(edition.document))
    fits = not edition.one_page or len(edition.document.moments) <= MOST_MOMENTS_OF_A_SHEET
    return (
        ("For", edition.document.get_audience_display()),
        *([when] if fits else []),
        ("Edition", f"{edition.version}, {day(edition.published_on)}"),
        ("To read", minutes),
    )


def _shape(edition: Edition) -> dict[str, bool]:
    """How the paper is cut: the classes of its body."""
    return {
        "sheet": edition.one_page,
        "landscape": edition.landscape,
        "large-print": edition.large_print,
    }


def made_from(html: str) -> str:
    """SHA-256 of all that decides how the print looks, so that only what changed is printed again.
    Raises embedded.pdf.CannotPrint."""
    return hashlib.sha256((stylesheet() + html).encode()).hexdigest()


def printed(edition: Edition, html: str) -> PrintedPdf:
    """The PDF of an edition. Raises embedded.pdf.CannotPrint."""
    return print_pdf(
        html,
        edition.title,
        edition.language,
        author=author(edition),
        made_on=edition.published_on,
        subject=edition.summary,
    )


def author(edition: Edition) -> str:
    """Who a file names as its author."""
    return edition.authors.removeprefix("Drafted by ") or AUTHOR


def edition_line(edition: Edition) -> str:
    """What stands at the foot of every page (V-96)."""
    return f"{edition.title} · version {edition.version} · {day(edition.published_on)}"
