"""Runs beside: fills the library up to so many documents, and searches it beside one statement of full-text search."""

from __future__ import annotations

import datetime
import json
import random
import sys
import time
from collections.abc import Callable
from typing import Any, Final

WORDS: Final = "letter of access"
OBVIOUS: Final = """
    SELECT document_id, ts_rank(vector, query, 1) AS rank
    FROM guidance_searchtext, websearch_to_tsquery('english', %s) query
    WHERE vector @@ query ORDER BY rank DESC, document_id
"""


def main(documents: int) -> dict[str, Any]:
    import django

    django.setup()
    from django.db import connection

    from guidance.indexing import index_documents
    from guidance.models import Document
    from guidance.search import search
    from tests.benchmarks.figure import alternating

    _fill(documents)
    index_documents()

    def obvious() -> None:
        with connection.cursor() as cursor:
            cursor.execute(OBVIOUS, [WORDS])
            cursor.fetchall()

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE guidance_searchtext")
    ours, limit = alternating(_timed(lambda: search(WORDS)), _timed(obvious))
    return {"ours": ours, "limit": limit, "documents": Document.objects.count(), "words": WORDS}


def _timed(deed: Callable[[], object]) -> Callable[[], float]:
    """The milliseconds of one call."""

    def call() -> float:
        began = time.perf_counter()
        deed()
        return (time.perf_counter() - began) * 1000

    return call


def _fill(documents: int) -> None:
    """Adds documents whose words are those of the shipped ones in another order; one in ten has the words searched."""
    from guidance.models import Document, Edition

    known = " ".join(Edition.objects.values_list("body", flat=True)).split()
    chance, today = random.Random(6), datetime.date(2026, 11, 23)  # noqa: S311  figures, not secrets
    missing = range(documents - Document.objects.count())
    titles = [" ".join(chance.choices(known, k=5))[:150] or "Words" for _ in missing]
    about = {"audience": "summary", "readers": ["manager"], "topics": ["deciding"], "licence": "CC BY 4.0"}
    about |= {"review_owner": "Nobody", "next_review": today, "summary": "Made for a measurement."}
    made = Document.objects.bulk_create(
        Document(slug=f"made-{number}", title=title, **about)  # type: ignore[misc]
        for number, title in enumerate(titles)
    )
    words = {"major": 1, "minor": 0, "patch": 0, "summary": about["summary"], "changelog": "First."}
    words |= {"reading_minutes": 5, "published_on": today, "state": "published"}
    Edition.objects.bulk_create(
        Edition(document=one, title=one.title, body=_body(chance, known, number), **words)  # type: ignore[misc]
        for number, one in enumerate(made)
    )


def _body(chance: random.Random, known: list[str], number: int) -> str:
    text = " ".join(chance.choices(known, k=1_500)).replace(":::", "")
    return f"## Made\n\n{text}{f' {WORDS}' if number % 10 == 0 else ''}\n"


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]))))
