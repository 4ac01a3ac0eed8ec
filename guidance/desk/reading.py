"""What lies on the desk: revisions in hand, newer files, documents to be looked at again, links that are broken."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, F, Q
from django.http import Http404

from guidance.choices import Audience
from guidance.desk.checking import Problem, Setting, problems
from guidance.desk.links import broken_in, newest_editions
from guidance.desk.models import Revision, WebAddress
from guidance.desk.words import words_of
from guidance.linking import GLOSSARY
from guidance.medium import PAPER
from guidance.models import Document, Edition, EditionQuerySet, Opinion
from guidance.reading import glossary_terms
from guidance.typeset import typeset

MOST_OPINIONS: Final = 20
SOON: Final = datetime.timedelta(days=60)
LANGUAGE: Final = "en-GB"


@dataclass(frozen=True)
class Lying:
    """One document as the desk lists it, with all that is to be done about it."""

    document: Document
    newest: Edition
    revision: Revision | None
    shipped: Edition | None
    broken: list[WebAddress]
    useful: int
    not_useful: int
    is_past: bool
    is_due: bool

    @property
    def is_quiet(self) -> bool:
        """Whether nothing about it wants doing."""
        return not (self.revision or self.shipped or self.broken or self.is_past or self.is_due)

    @property
    def pressing(self) -> tuple[bool, ...]:
        """Sorts first what somebody is at, then newer files, what is past its date, broken links, dates to come."""
        return (not self.revision, not self.shipped, not self.is_past, not self.broken, not self.is_due)


def desk(today: datetime.date, slug: str = "") -> list[Lying]:
    """Every document that can be read, what presses most first, then by title; or one."""
    editions = [one for one in newest_editions(slug) if one.language == LANGUAGE]
    broken = broken_in(editions)
    revisions = Revision.objects.under_way().select_related(
        "document", "changed_by", "asked_by", "returned_by"
    )
    revisions = revisions.prefetch_related("writers")
    in_hand = {one.document_id: one for one in revisions}
    shipped = {one.document_id: one for one in waiting_files()}
    said = _answers()
    found = [
        Lying(
            document=one.document,
            newest=one,
            revision=in_hand.get(one.document_id),
            shipped=shipped.get(one.document_id),
            broken=broken.get(one.pk, []),
            useful=said[one.document_id, True],
            not_useful=said[one.document_id, False],
            is_past=one.document.next_review < today,
            is_due=today <= one.document.next_review <= today + SOON,
        )
        for one in editions
    ]
    return sorted(found, key=lambda one: (one.pressing, one.document.title.casefold()))


def _answers() -> Counter[tuple[int, bool]]:
    """How often readers said of each document, by its key, that it was useful, and that it was not."""
    rows = Opinion.objects.values_list("edition__document", "useful").annotate(times=Count("pk")).order_by()
    return Counter({(document, useful): times for document, useful, times in rows})


def opinions_on(document: Document) -> list[Opinion]:
    """What readers said in words, newest first, at most twenty."""
    found = Opinion.objects.filter(edition__document=document).exclude(why="").select_related("edition")
    return list(found[:MOST_OPINIONS])


def waiting_files() -> EditionQuerySet:
    """Newer files over documents edited here that nobody has answered, oldest first."""
    drafts = Edition.objects.filter(state=Edition.State.DRAFT, source=Edition.Source.SHIPPED)
    taken = Revision.objects.filter(shipped__isnull=False).exclude(state=Revision.State.DROPPED)
    aside = Q(set_aside__isnull=False, set_aside__fingerprint=F("fingerprint"))
    found = drafts.exclude(aside).exclude(pk__in=taken.values("shipped"))
    return found.select_related("document").order_by("major", "minor", "patch", "pk")


def document(slug: str) -> Document:
    """Http404 for one that cannot be read."""
    found = Document.objects.readable().filter(slug=slug).first()
    if found is None:
        raise Http404("No document of that name")
    return found


def newest_of(document: Document, language: str = LANGUAGE) -> Edition | None:
    """The newest published edition in that language."""
    found = Edition.objects.published().filter(document=document, language=language)
    return found.select_related("document").newest_first().first()


def last_number(edition: Edition) -> tuple[int, int, int]:
    """The highest version that readers of the document have ever seen, withdrawn or not: none is given out twice."""
    seen = Edition.objects.filter(document=edition.document_id, language=edition.language)
    seen = seen.exclude(state=Edition.State.DRAFT)
    return max((one.number for one in seen.only("major", "minor", "patch")), default=edition.number)


def newest(slug: str) -> Edition:
    """The newest published edition. Http404 when there is none."""
    found = newest_of(document(slug))
    if found is None:
        raise Http404("No edition of that document")
    return found


def in_hand(slug: str) -> Revision:
    """The revision under way. Http404 when none is."""
    found = Revision.objects.under_way().of(slug).first()
    if found is None:
        raise Http404("Nothing in hand for that document")
    return found


def waiting_file(slug: str) -> Edition:
    """The newest file that waits for an answer. Http404 when none does."""
    found = waiting_files().filter(document__slug=slug).last()
    if found is None:
        raise Http404("No newer file for that document")
    return found


def published(slug: str) -> list[Edition]:
    """All that can be read, newest first."""
    found = Edition.objects.published().filter(document__slug=slug, language=LANGUAGE)
    return list(found.select_related("document").newest_first())


def problems_of(revision: Revision) -> tuple[Problem, ...]:
    """What has to be put right before it is published."""
    return problems(words_of(revision), setting_of(revision))


def broken_of(revision: Revision) -> list[WebAddress]:
    """The addresses on the web in it that were broken when they were last looked up."""
    return broken_in([revision]).get(revision.pk, [])


def setting_of(revision: Revision) -> Setting:
    """What a check of it has to know: the other documents, the glossary, what kind of document it is."""
    document, base = revision.document, revision.base
    plain = document.audience == Audience.CASE_STUDY or document.slug == GLOSSARY
    return Setting(
        slug=document.slug,
        is_sheet=base.one_page,
        needs_five=not (plain or base.one_page),
        needs_email=document.slug != GLOSSARY,
        is_spreadsheet=base.sheet,
        anchors=_anchors_of,
        terms=glossary_terms(),
        before=None if revision.shipped_id else words_of(base),
    )


def _anchors_of(slug: str) -> frozenset[str] | None:
    """The anchors of a document's newest edition; None when there is no such document."""
    found = Edition.objects.published().of(slug).newest_first().first()
    if found is None:
        return None
    return typeset(found.body, found.notes, PAPER, numbered=not found.one_page).anchors
