"""Where in a document the words of a search stand: the best part of each, and its sentence with the words marked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.contrib.postgres.search import SearchHeadline, SearchRank
from django.db.models import Case, F, When
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from guidance.indexing import CONFIG
from guidance.records import SearchPassage
from guidance.search import Asked, holds_phrase, query_for

START: Final = "\x02"
STOP: Final = "\x03"


@dataclass(frozen=True)
class Hit:
    """Where to read: the part's heading and address, and its words with what was asked for in <mark>."""

    heading: str
    anchor: str
    words: SafeString


def hits(asked: Asked, documents: Collection[int]) -> dict[int, Hit]:
    """The best part of each of these documents, in one question; none where the title alone has the words."""
    query = query_for(Asked(asked.words, asked.meanings, asked.put_right, loose=True))
    best = (
        SearchPassage.objects.filter(document__in=documents, vector=query)
        .annotate(headed=Case(When(holds_phrase(asked, "heading"), then=1), default=0))
        .order_by("document_id", "-headed", SearchRank(F("vector"), query).desc(), "position")
        .distinct("document_id")
    )
    headline = SearchHeadline(
        "text", query, config=CONFIG, start_sel=START, stop_sel=STOP, max_words=32, min_words=16
    )
    found = SearchPassage.objects.filter(pk__in=best.values("pk")).annotate(headline=headline)
    return {one.document_id: Hit(one.heading, one.anchor, _marked(one.headline)) for one in found}


def _marked(headline: str) -> SafeString:
    """Escaped, with <mark> where PostgreSQL put its signs; a sign that stood in the text marks nothing worse."""
    words = str(escape(" ".join(headline.split())))
    opened, closed = words.count(START), words.count(STOP)
    if opened != closed:
        words = words.replace(START, "").replace(STOP, "")
    return mark_safe(words.replace(START, "<mark>").replace(STOP, "</mark>"))  # noqa: S308  escaped above
