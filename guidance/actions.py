"""What is done to the library: taking in the shipped editions, printing them, withdrawing, noting a review."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.files.models import MadeFile
from guidance.catalogue import LIBRARY, NotAnEdition, ShippedEdition, shipped_editions
from guidance.formulas import NotAFormula
from guidance.indexing import index_documents
from guidance.linking import GLOSSARY, targets, terms_of
from guidance.making import forms_of, kept_file, make_file
from guidance.medium import PAPER
from guidance.models import Document, Edition, Review
from guidance.reading import loose_links
from guidance.sheet import check_formulas
from guidance.typeset import typeset


@transaction.atomic
def load_library(*, by: Person | None = None, library: Path = LIBRARY) -> list[str]:
    """Takes in every shipped edition that is new or changed; says in sentences what it did.

    A newer file over an edition edited here arrives as a draft, and nothing edited here is overwritten.
    Nothing changes when any file is wrong: raises NotAnEdition.
    """
    shipped = shipped_editions(library)
    known = set(Edition.objects.filter(source=Edition.Source.SHIPPED).values_list("fingerprint", flat=True))
    fresh = [edition for edition in shipped if edition.fingerprint not in known]
    for edition in fresh:
        check_citations(edition)
        check_links(edition, shipped)
    done = [_take_in(edition, newest=_is_newest(edition, shipped)) for edition in fresh]
    if done:
        index_documents()
        record(by, "guidance.loaded", "Guidance library", "guidance", details={"editions": len(done)})
    return done


def print_editions(*, by: Person | None = None) -> list[str]:
    """Makes every file of a published edition that is missing or no longer what it would be; says which.
    Raises embedded.pdf.CannotPrint."""
    done = []
    found = Edition.objects.published().select_related("document", "pdf", "docx", "xlsx")
    for edition in found.prefetch_related("reviews"):
        for form in forms_of(edition):
            before = kept_file(edition, form)
            if make_file(edition=edition, form=form, by=by) != before:
                done.append(f"Printed {edition}{'' if form == 'pdf' else f' ({form})'}")
    return done


def print_edition(*, edition: Edition, by: Person | None = None) -> MadeFile:
    """The edition's PDF, printed unless it is what it would be. Raises embedded.pdf.CannotPrint."""
    return make_file(edition=edition, form="pdf", by=by)


@transaction.atomic
def withdraw_edition(*, edition: Edition, by: Person | None, on: datetime.date, because: str = "") -> None:
    """Takes an edition back: its addresses answer that it is gone, and the list of editions says why."""
    edition.state, edition.withdrawn_on = Edition.State.WITHDRAWN, on
    edition.withdrawn_because = because
    edition.save(update_fields=["state", "withdrawn_on", "withdrawn_because"])
    index_documents(Document.objects.filter(pk=edition.document_id))
    record(by, "guidance.withdrawn", str(edition), _place(edition))


@transaction.atomic
def record_review(
    *, edition: Edition, by: Person | None, reader: str, on: datetime.date, name: str = ""
) -> Review:
    """Notes that somebody real read an edition. `name` only when they agreed to be named."""
    review = Review.objects.create(edition=edition, reader=reader, name=name, reviewed_on=on)
    record(by, "guidance.reviewed", str(edition), _place(edition), details={"reader": reader})
    return review


def check_citations(edition: ShippedEdition) -> None:
    """Every [KEY] stands in the sources, every source is cited, every figure is drawn, every formula of a spreadsheet
    can be worked out. Raises NotAnEdition."""
    text = typeset(edition.body, edition.notes, PAPER, numbered=True)
    if text.unknown:
        raise NotAnEdition(f"{_label(edition)}: add {', '.join(text.unknown)} to the sources.")
    if text.uncited:
        raise NotAnEdition(f"{_label(edition)}: cite {', '.join(text.uncited)} or take it off the sources.")
    if text.undrawn:
        raise NotAnEdition(f"{_label(edition)}: there is no figure {', '.join(text.undrawn)}.")
    if edition.sheet:
        try:
            check_formulas(edition.body)
        except NotAFormula as error:
            raise NotAnEdition(f"{_label(edition)}: {error}.") from error


def check_links(edition: ShippedEdition, shipped: Iterable[ShippedEdition]) -> None:
    """Every link to a document or a term leads to one that is shipped too or is in the library. Raises NotAnEdition."""
    there = {f"guide:{one.slug}" for one in shipped}
    there |= {f"term:{term}" for one in shipped if one.slug == GLOSSARY for term in terms_of(one.body)}
    if targets(edition.body) <= there:
        return
    lost = loose_links(edition.body) - there
    if lost:
        raise NotAnEdition(f"{_label(edition)}: {', '.join(sorted(lost))} leads to nothing in the library.")


def _take_in(shipped: ShippedEdition, newest: bool) -> str:
    document = Document.objects.filter(slug=shipped.slug).first()
    edited = (
        Edition.objects.published().of(shipped.slug, shipped.language).filter(source=Edition.Source.EDITED)
    )
    waits = edited.exists()
    if document is None or (newest and not waits):
        document, _ = Document.objects.update_or_create(slug=shipped.slug, defaults=_about(shipped))
    major, minor, patch = shipped.number
    edition, new = Edition.objects.update_or_create(
        document=document,
        major=major,
        minor=minor,
        patch=patch,
        language=shipped.language,
        source=Edition.Source.SHIPPED,
        defaults=_words(shipped),
        create_defaults=_words(shipped)
        | {"state": Edition.State.DRAFT if waits else Edition.State.PUBLISHED},
    )
    if waits and new:
        return f"Kept {edition} as a draft, because this document was edited here"
    return f"{'Added' if new else 'Changed'} {edition}"


def _about(shipped: ShippedEdition) -> dict[str, object]:
    names = "title audience moments readers topics summary review_owner next_review licence".split()
    return {name: getattr(shipped, name) for name in names}


def _words(shipped: ShippedEdition) -> dict[str, object]:
    names = (
        "title summary authors body notes changelog reading_minutes one_page word sheet landscape large_print "
        "published_on fingerprint"
    ).split()
    return {name: getattr(shipped, name) for name in names}


def _is_newest(edition: ShippedEdition, shipped: Iterable[ShippedEdition]) -> bool:
    """Whether no later shipped edition of the document exists; English speaks for the document."""
    same = [one.number for one in shipped if (one.slug, one.language) == (edition.slug, edition.language)]
    return edition.language.startswith("en") and edition.number == max(same)


def _label(edition: ShippedEdition) -> str:
    return f"{edition.slug}/{'.'.join(map(str, edition.number))}.md"


def _place(edition: Edition) -> str:
    return f"guidance/{edition.document.slug}"
