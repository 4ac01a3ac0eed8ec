"""Makes the PDF of a working agreement that people were asked about: printed, kept and noted in one transaction."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from embedded.audit import record
from embedded.files import NoRoom, keep
from embedded.jobs import CannotBeDone, Progress
from embedded.pdf import CannotPrint, PrintedPdf, print_pdf
from programmes.agreements.actions import place_of
from programmes.agreements.document import Document, document_of
from programmes.models import WorkingAgreement


@transaction.atomic
def make(agreement: WorkingAgreement, progress: Progress) -> None:
    """Raises CannotBeDone, with a sentence for whoever asked, where trying again would not help."""
    WorkingAgreement.objects.select_for_update().get(pk=agreement.pk)  # nobody is added meanwhile
    agreement.refresh_from_db(fields=["pdf", "asked_at"])
    if agreement.pdf_id is not None or agreement.asked_at is None:
        return
    progress("Setting the pages", 1, 2)
    printed = _printed(document_of(agreement, list(agreement.people.all())), agreement)
    progress("Keeping the file", 2, 2)
    try:
        agreement.pdf = keep(bytes(printed), f"{file_name(agreement)}.pdf", "application/pdf")
    except NoRoom as problem:
        raise CannotBeDone(str(problem)) from problem
    agreement.save(update_fields=["pdf"])
    place = place_of(agreement.residency)
    record(
        agreement.asked_by,
        "working_agreement.printed",
        str(agreement),
        place,
        details={"pages": printed.pages},
    )


def paper(document: Document) -> str:
    """The whole document as the printer takes it."""
    return render_to_string(
        "paper/working_agreement.jinja",
        {
            "title": f"{document.title}: {document.about}",
            "document": document,
            "edition_line": f"{document.title}, {document.about} · {document.edition}",
            "newer_line": f"Made with {settings.SERVICE_NAME}. Its page says who has agreed, and to which version.",
        },
    )


def _printed(document: Document, agreement: WorkingAgreement) -> PrintedPdf:
    try:
        return print_pdf(
            paper(document),
            f"{document.title}: {document.about}",
            author=agreement.residency.programme.name,
            made_on=timezone.localtime(agreement.asked_at).date(),
            subject=document.edition,
        )
    except CannotPrint as problem:
        raise CannotBeDone(str(problem)) from problem


def file_name(agreement: WorkingAgreement) -> str:
    """Without its ending."""
    return f"working-agreement-{agreement.residency.code}-version-{agreement.number}"
