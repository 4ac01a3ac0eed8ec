"""What there is to read: the edition that an address names."""

from __future__ import annotations

from typing import Final, NoReturn

from django.db.models import Exists, OuterRef
from django.http import Http404

from embedded.database.prepared import Prepared, keep
from embedded.errors import Gone
from guidance.catalogue import number_of
from guidance.holding import Held, held, stamp
from guidance.linking import targets
from guidance.models import Document, Edition, EditionQuerySet, Review

Number = tuple[int, int, int]


def documents() -> list[Document]:
    """Everything that can be read, by title."""
    return list(Document.objects.readable())


def newest_whole() -> list[Edition]:
    """The newest published English edition of every document with its words, by title, in one query."""
    found = Edition.objects.published().filter(language="en-GB").select_related("document")
    newest = {edition.document_id: edition for edition in reversed(found.newest_first())}
    return sorted(newest.values(), key=lambda edition: edition.document.title)


def current(slug: str) -> Edition:
    """The newest published edition, with its document, files and reviews, mostly in one question; its `stamp` is for
    `holding.held`. Http404 for no such document, Gone when all were withdrawn."""
    found = _CURRENT(slug=slug)
    if not found:
        _missing(slug)
    edition = found[0]
    reviewed = edition.is_reviewed  # type: ignore[attr-defined]
    keep(edition, "reviews", list(edition.reviews.all()) if reviewed else [])
    return edition


_CURRENT: Final = Prepared(
    lambda slug: (
        Edition.objects.published()
        .of(slug)
        .annotate(stamp=stamp(), is_reviewed=Exists(Review.objects.filter(edition=OuterRef("pk"))))
        .newest_first()[:1]
    ),
    {"slug": "the-example"},
    planned=True,
)


def numbered(slug: str, number: Number) -> Edition:
    """A published edition by its version, newest text first. Http404 or Gone."""
    edition = _editions(slug).published().numbered(number).newest_first().first()
    return edition or _missing(slug, number)


def asked_for(slug: str, version: str) -> Edition | None:
    """The edition of a version such as "1.0.0"; None when the text is no version. Http404 or Gone."""
    try:
        number = number_of(version)
    except ValueError:
        return None
    return numbered(slug, number)


def history(slug: str) -> list[Edition]:
    """All that were ever published, withdrawn ones included, newest first. Http404 when there is none."""
    found = list(_editions(slug).exclude(state=Edition.State.DRAFT).newest_first())
    if not found:
        raise Http404("No document of that name")
    return found


def loose_links(body: str, library: Held | None = None) -> frozenset[str]:
    """The targets of a text, such as "guide:hand-over" or "term:orcid", that nothing in the library answers to."""
    wanted = targets(body)
    if not wanted:
        return frozenset()
    there = library or held()
    return frozenset(target for target in wanted if not there.has(target))


def glossary_terms() -> frozenset[str]:
    """The terms that the newest glossary explains; none while there is no glossary."""
    return held().terms


def _editions(slug: str) -> EditionQuerySet:
    return Edition.objects.of(slug).prefetch_related("reviews")


def _missing(slug: str, number: Number | None = None) -> NoReturn:
    withdrawn = _editions(slug).filter(state=Edition.State.WITHDRAWN)
    if number:
        withdrawn = withdrawn.numbered(number)
    if withdrawn.exists():
        raise Gone("This edition was withdrawn. The library lists what has taken its place.")
    raise Http404("No document or edition of that name")
