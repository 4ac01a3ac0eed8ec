"""A summary of two pages as a tagged PDF and as a Word file: the same words as its page."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from embedded import word
from embedded.nhsuk.words import cut, day
from embedded.pdf import PrintedPdf, print_pdf
from programmes.bite.content import told
from programmes.models import Bite

KICKER: Final = "In two pages"


def facts_of(bite: Bite) -> list[str]:
    """Whose it is, and of when."""
    residency = bite.project.residency
    return [
        f"{residency.title}, {residency.programme.name}",
        f"Version {bite.version}, {day(bite.saved_at)}",
    ]


def printed(bite: Bite) -> PrintedPdf:
    """Raises CannotPrint."""
    title, facts = bite.project.title, facts_of(bite)
    paper = render_to_string(
        "paper/bite.jinja",
        {
            "title": title,
            "kicker": KICKER,
            "facts": facts,
            "parts": told(bite),
            "sheet": True,
            "edition_line": f"{cut(title)} · {facts[1]}",
            "newer_line": f"Made with {settings.SERVICE_NAME}. Ask whoever gave it to you whether it is the newest.",
        },
    )
    made_on = timezone.localtime(bite.saved_at).date()
    return print_pdf(
        paper, title, author=str(bite.project.residency.programme), made_on=made_on, subject=KICKER
    )


def written(bite: Bite) -> bytes:
    """A .docx file."""
    title = bite.project.title
    blocks: list[word.Block] = [word.Heading(title, 1), *map(word.Paragraph, facts_of(bite))]
    for part in told(bite):
        blocks.append(word.Heading(part.heading, 2))
        blocks += [word.Paragraph(line) for line in part.paragraphs]
    author = str(bite.project.residency.programme)
    return word.written(blocks, word.About(title, bite.saved_at, author))
