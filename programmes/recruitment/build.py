"""Makes the two files of a job description, the PDF and the Word file, from the same document as the page."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string

from embedded.audit import record
from embedded.files import NoRoom, keep
from embedded.files.handed_in import PDF, WORD
from embedded.jobs import CannotBeDone, Progress
from embedded.nhsuk.words import as_date
from embedded.pdf import CannotPrint, PrintedPdf, print_pdf
from programmes.founding import place_of
from programmes.models import JobDescription
from programmes.recruitment.document import Document, document_of
from programmes.recruitment.word import print_word

STEPS: Final = 2


@transaction.atomic
def make(pk: int, version: int, progress: Progress) -> None:
    """Both files or neither. One that was changed since it was asked for has let go of this job: nothing is made.

    Raises CannotBeDone, with a sentence for the asker, where trying again would not help."""
    found = JobDescription.objects.select_related("residency__programme", "approved_by", "changed_by")
    description = found.select_for_update(of=("self",)).get(pk=pk)
    if description.version != version or description.pdf is not None:
        return
    document = document_of(description)
    try:
        progress("Setting the pages", 1, STEPS)
        pdf = printed(description, document)
        progress("Writing the Word file", 2, STEPS)
        word = print_word(
            document, made_at=description.changed_at, author=str(description.residency.programme)
        )
        description.pdf = keep(bytes(pdf), file_name(description, ".pdf"), PDF)
        description.word = keep(word, file_name(description, ".docx"), WORD)
    except (CannotPrint, NoRoom) as problem:
        raise CannotBeDone(str(problem)) from problem
    description.save(update_fields=["pdf", "word"])
    by = description.approved_by or description.changed_by
    place = place_of(description.residency)
    record(by, "job_description.files_made", str(description), place, details={"pages": pdf.pages})


def printed(description: JobDescription, document: Document) -> PrintedPdf:
    """The PDF. Raises CannotPrint."""
    return print_pdf(
        paper(document),
        f"{document.kicker}: {document.title}",
        author=str(description.residency.programme),
        made_on=as_date(description.changed_at),
        subject=document.standing,
    )


def paper(document: Document) -> str:
    """The whole document as the printer takes it."""
    return render_to_string(
        "paper/job_description.jinja",
        {
            "title": document.title,
            "paper": document,
            "edition_line": f"{document.kicker} · {document.standing}",
            "newer_line": f"Made with {settings.SERVICE_NAME}. Ask whoever gave it to you whether it is the newest.",
        },
    )


def file_name(description: JobDescription, ending: str) -> str:
    return f"{description.residency.code}-job-description-version-{description.number}{ending}"
