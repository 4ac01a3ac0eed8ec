"""A page asks the database once, and yet knows at once what was published or withdrawn."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guidance.actions import load_library, record_review, withdraw_edition
from guidance.models import Edition
from tests.guidance.shelf import BODY, write

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 12, 1)
LINKED = BODY.replace("A sentence.", "A [other](guide:other) and a [host](term:host).")
TERMS = BODY.replace("A sentence.", "::: terms\n**Host** — where the work is.\n:::\n\nWords.")


def write_linked(shelf: Path) -> None:
    """A guide that links to another document and to a term of the glossary."""
    write(shelf, body=LINKED)
    write(shelf, slug="other", title="Other")
    write(shelf, slug="glossary", title="Glossary", body=TERMS)
    load_library(library=shelf)


def page(client: Client) -> str:
    answer = client.get("/guidance/a-guide/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_page_of_a_document_asks_once(client: Client, shelf: Path) -> None:
    write_linked(shelf)
    page(client)
    with CaptureQueriesContext(connection) as queries:
        page(client)
    assert len(queries) == 1, [one["sql"][:200] for one in queries.captured_queries]


def test_links_follow_what_is_published_and_withdrawn(client: Client, shelf: Path) -> None:
    other, term = 'href="/guidance/other/"', 'href="/guidance/glossary/#host"'
    write_linked(shelf)
    assert other in page(client) and term in page(client)
    withdraw_edition(edition=Edition.objects.get(document__slug="other"), by=None, on=DAY)
    assert other not in page(client) and term in page(client)
    Edition.objects.filter(document__slug="glossary").update(state="draft")
    assert term not in page(client)
    Edition.objects.filter(document__slug="glossary").update(state="published")
    assert term in page(client) and other not in page(client)


def test_title_beside_it_is_the_new_one_when_a_file_was_changed(client: Client, shelf: Path) -> None:
    write(shelf)
    write(shelf, slug="other", title="Old name")
    load_library(library=shelf)
    assert "Old name" in page(client)
    write(shelf, slug="other", title="New name")
    load_library(library=shelf)
    assert "New name" in page(client) and "Old name" not in page(client)


def test_review_is_shown_at_once(client: Client, edition: Edition) -> None:
    page(client)
    record_review(edition=edition, by=None, reader="public", name="Ann Other", on=DAY)
    assert "Ann Other, member of the public" in page(client)
