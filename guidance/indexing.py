"""Keeps what the search looks through in step with what can be read."""

from __future__ import annotations

import hashlib
from functools import reduce
from operator import add

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import QuerySet, Value

from embedded.spelling import plain
from guidance.models import Document, Edition
from guidance.passages import Passage, passages
from guidance.records import SearchPassage, SearchText
from guidance.synonyms import words_of

CONFIG = "english"
MOST_TEXT = 200_000  # characters of a document; PostgreSQL keeps a megabyte of words of each
MADE_BY = "1"  # change it when the index is made in another way, so that all of it is made again


def index_documents(documents: QuerySet[Document] | None = None) -> int:
    """Makes the index of these documents what their newest editions say, or of all; how many it had to change.
    Drafts and documents that were withdrawn whole are not found. Nothing is done where nothing has changed."""
    wanted = Document.objects.all() if documents is None else documents
    newest = {one.document_id: one for one in reversed(_newest_first(wanted))}
    made = dict(SearchText.objects.filter(document__in=wanted).values_list("document_id", "made_from"))
    gone = [pk for pk in made if pk not in newest]
    changed = [edition for pk, edition in newest.items() if made.get(pk) != _made_from(edition)]
    with transaction.atomic():
        _forget([*gone, *(edition.document_id for edition in changed)])
        for edition in changed:
            _index(edition)
    return len(gone) + len(changed)


def _newest_first(documents: QuerySet[Document]) -> list[Edition]:
    found = Edition.objects.published().filter(document__in=documents, language="en-GB")
    return list(found.newest_first().select_related("document"))


def _made_from(edition: Edition) -> str:
    told = "\0".join([MADE_BY, edition.title, edition.summary, edition.body])
    return hashlib.sha256(told.encode()).hexdigest()


def _forget(documents: list[int]) -> None:
    SearchPassage.objects.filter(document__in=documents).delete()
    SearchText.objects.filter(document__in=documents).delete()


def _index(edition: Edition) -> None:
    parts = passages(edition)
    heading = "\n".join(one.heading for one in parts)
    text = "\n".join(one.text for one in parts)
    SearchText.objects.create(
        document_id=edition.document_id,
        made_from=_made_from(edition),
        vector=_vector(A=edition.title, B=edition.summary, C=heading, D=text),
        words=" ".join(sorted(set(words_of(" ".join([edition.title, edition.summary, heading, text]))))),
    )
    SearchPassage.objects.bulk_create(
        _passage(edition.document_id, position, one) for position, one in enumerate(parts)
    )


def _passage(document: int, position: int, part: Passage) -> SearchPassage:
    return SearchPassage(
        document_id=document,
        position=position,
        anchor=part.anchor,
        heading=part.heading[:300],
        text=part.text,
        vector=_vector(C=part.heading, D=part.text),
    )


def _vector(**weighed: str) -> SearchVector:
    """The lexemes of texts without their accents, under their weights."""
    each = [
        SearchVector(Value(plain(text[:MOST_TEXT])), weight=weight, config=CONFIG)
        for weight, text in weighed.items()
    ]
    return reduce(add, each)
