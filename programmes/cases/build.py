"""Makes the tagged PDF of a published case study: printed, kept and noted in one transaction."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from embedded.files import NoRoom, keep
from embedded.jobs import CannotBeDone, Progress
from embedded.nhsuk.words import cut, day
from embedded.pdf import CannotPrint, PrintedPdf, print_pdf
from programmes.cases.content import document_of
from programmes.cases.steps import lock, noted
from programmes.models import CaseState, CaseStudy


@transaction.atomic
def make(case: CaseStudy, progress: Progress) -> None:
    """Nothing for one that was withdrawn meanwhile. Raises CannotBeDone."""
    locked = lock(case)
    if locked.state != CaseState.PUBLISHED or locked.pdf_id is not None:
        return
    progress("Setting the pages", 1, 2)
    try:
        made = printed(locked)
        progress("Keeping the file", 2, 2)
        locked.pdf = keep(bytes(made), f"case-study-{locked.pk}.pdf", "application/pdf")
    except (CannotPrint, NoRoom) as problem:
        raise CannotBeDone(str(problem)) from problem
    locked.save(update_fields=["pdf"])
    noted(locked, "case.printed", None, {"pages": made.pages})


def printed(case: CaseStudy) -> PrintedPdf:
    """The sheet. Raises CannotPrint."""
    document, on = document_of(case), case.published_on
    address = settings.BASE_URL + reverse("open_case", args=[case.pk])
    paper = render_to_string(
        "paper/case.jinja",
        {
            "title": document.title,
            "document": document,
            "sheet": True,
            "published_on": on,
            "edition_line": f"{cut(document.title)} · {day(on)}",
            "newer_line": f"Check whether it still stands at {address}",
        },
    )
    return print_pdf(
        paper,
        document.title,
        author=case.residency.programme.name,
        made_on=on or case.begun_at.date(),
        subject=document.origin,
    )
