"""An edition in hand as readers would see it, on the screen and on paper; nothing of it is kept."""

from __future__ import annotations

import datetime

from embedded.pdf import CannotPrint, PrintedPdf
from guidance.desk.actions import next_number
from guidance.desk.checking import LONGEST_ON_PAPER
from guidance.desk.models import Revision
from guidance.medium import PAPER, WEB
from guidance.models import Edition
from guidance.paper import printed, printed_html
from guidance.reading import loose_links
from guidance.typeset import Typeset, typeset


def text_of(revision: Revision) -> Typeset:
    """Raises TooLong."""
    return typeset(revision.body, revision.notes, WEB, not revision.base.one_page, loose_links(revision.body))


def pdf_of(revision: Revision, today: datetime.date) -> PrintedPdf:
    """Raises embedded.pdf.CannotPrint or TooLong. What is far too long is not tried: one document is printed at a time,
    and others wait."""
    text = typeset(revision.body, revision.notes, PAPER, not revision.base.one_page)
    if len(text.opening) + len(text.rest) > LONGEST_ON_PAPER:
        raise CannotPrint("This is too long to print. Shorten it, then look again.")
    edition = as_edition(revision, today)
    return printed(edition, printed_html(edition))


def as_edition(revision: Revision, today: datetime.date) -> Edition:
    """An edition that is not kept, with the number that it would have."""
    edition = Edition.objects.select_related("document").get(pk=revision.base_id)
    edition.major, edition.minor, edition.patch = next_number(edition.number, revision.kind)
    edition.title, edition.summary, edition.body = revision.title, revision.summary, revision.body
    edition.notes, edition.changelog, edition.published_on = revision.notes, revision.changelog, today
    edition.document.title, edition.document.summary = revision.title, revision.summary
    edition.document.next_review = revision.next_review
    return edition
