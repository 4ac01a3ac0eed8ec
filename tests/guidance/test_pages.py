"""The library's pages as anybody meets them, signed in or not."""

from __future__ import annotations

import datetime
import re
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from embedded.files.disk import place
from embedded.open_pages import OPEN
from embedded.pdf import ASSETS
from guidance.actions import load_library, print_edition, record_review, withdraw_edition
from guidance.models import Document, Edition
from tests.guidance.shelf import BODY, write
from tests.pdf.papers import read
from tests.world import client_of, make_person

pytestmark = pytest.mark.django_db
PDF = "/guidance/a-guide/a-guide-1.0.0.pdf"
DAY = datetime.date(2026, 12, 1)


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_what_is_read_is_open_and_the_numbers_are_not() -> None:
    named = {"library", "document", "editions", "pdf", "sheet", "useful", "word"}
    assert {f"guidance_{name}" for name in named} <= OPEN
    assert not OPEN & {"guidance_numbers", "guidance_numbers_csv", "guidance_words_remove"}


def test_anybody_finds_reads_and_downloads(client: Client, edition: Edition) -> None:
    assert 'href="/guidance/a-guide/"' in page(client, "/guidance/")
    text = page(client, "/guidance/a-guide/")
    assert "<h1" in text
    assert "If you only do five things" in text
    assert "Version 1.0.0 · 1 November 2026 · 1 minute to read" in text
    assert f'href="{PDF}"' in text
    answer = client.get(PDF)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="a-guide-1.0.0.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content.startswith(b"%PDF-")


def test_page_says_that_nobody_has_reviewed_it_yet_and_then_who_did(client: Client, edition: Edition) -> None:
    """users.md, decision 17."""
    text = page(client, "/guidance/a-guide/")
    assert (
        "Drafted from published research, 1 November 2026; not yet reviewed by members of the public, managers or "
        "researchers." in text
    )
    assert "Reviewed by" not in text
    record_review(edition=edition, by=None, reader="public", name="Ann Other", on=DAY)
    record_review(edition=edition, by=None, reader="manager", on=DAY)
    text = page(client, "/guidance/a-guide/")
    assert "not yet reviewed by researchers." in text
    assert "Ann Other, member of the public, 1 December 2026" in text
    assert "A manager in an NHS or care organisation, 1 December 2026" in text


def test_pdf_carries_version_date_and_where_to_look_for_a_newer_one(client: Client, edition: Edition) -> None:
    """V-96, on every page."""
    sheets = read(client.get(PDF).content).pages
    for number, sheet in enumerate(sheets, 1):
        text = " ".join(sheet.extract_text().split())
        assert "A guide · version 1.0.0 · 1 November 2026" in text
        assert "Check for a newer version at http://localhost:8000/guidance/a-guide/" in text
        assert f"Page {number} of {len(sheets)}" in text


def test_pdf_is_known_again_by_its_content(client: Client, edition: Edition) -> None:
    first = client.get(PDF)
    again = client.get(PDF, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert client.get(PDF, headers={"if-none-match": '"other"'}).status_code == 200
    assert "public" in first["Cache-Control"]


def test_link_to_a_pdf_says_how_much_it_is(client: Client, edition: Edition) -> None:
    assert "Download (PDF)" in page(client, "/guidance/a-guide/")
    print_edition(edition=edition)
    assert "Download (PDF, 1 page, " in page(client, "/guidance/a-guide/")


def test_pdf_lost_from_the_disk_is_printed_again(client: Client, edition: Edition) -> None:
    made = print_edition(edition=edition)
    place(made.sha256).unlink()
    assert client.get(PDF).content.startswith(b"%PDF-")


def test_library_says_plainly_when_the_printer_is_missing(
    client: Client, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stylesheet is away, as before the first build; the words can still be read."""
    monkeypatch.setitem(ASSETS, "paper.css", (Path("/none"), re.compile("paper.css"), ""))
    answer = client.get(PDF)
    assert answer.status_code == 503
    assert "npm run build" in answer.content.decode()
    assert 'href="/guidance/a-guide/?version=1.0.0"' in answer.content.decode()


def test_older_editions_stay_readable_and_point_to_the_newest(
    client: Client, edition: Edition, shelf: Path
) -> None:
    fresh = BODY.replace("A sentence", "Fresh words, a sentence")
    write(shelf, version="1.1.0", changelog="Clearer tables.", body=fresh)
    load_library(library=shelf)
    assert "Fresh words" in page(client, "/guidance/a-guide/")
    old = page(client, "/guidance/a-guide/?version=1.0.0")
    assert "You are reading an older edition, version 1.0.0." in old
    assert "Fresh words" not in old
    history = page(client, "/guidance/a-guide/editions/")
    assert history.index("Version 1.1.0") < history.index("Version 1.0.0")
    assert "Clearer tables." in history


def test_withdrawn_edition_is_gone_and_its_history_is_not(
    client: Client, edition: Edition, shelf: Path
) -> None:
    withdraw_edition(edition=edition, by=None, on=DAY)
    page(client, "/guidance/a-guide/", 410)
    page(client, PDF, 410)
    assert "withdrawn on 1 December 2026" in page(client, "/guidance/a-guide/editions/")
    assert "/guidance/a-guide/" not in page(client, "/guidance/")


def test_draft_is_nowhere(client: Client, edition: Edition) -> None:
    Edition.objects.update(state="draft")
    for address in (
        "/guidance/a-guide/",
        PDF,
        "/guidance/a-guide/editions/",
        "/guidance/a-guide/?version=1.0.0",
    ):
        page(client, address, 404)
    assert "A guide" not in page(client, "/guidance/")


@pytest.mark.parametrize(
    "address",
    [
        "/guidance/nothing/",
        "/guidance/nothing/editions/",
        "/guidance/a-guide/a-guide-9.9.9.pdf",
        "/guidance/a-guide/other-1.0.0.pdf",
        "/guidance/a-guide/a-guide-1.0.pdf",
        "/guidance/a-guide/a-guide-99999.0.0.pdf",
        "/guidance/a-guide/..%2fa-guide-1.0.0.pdf",
        "/guidance/a-guide/?version=3.0.0",
    ],
)
def test_unknown_addresses_are_not_found(client: Client, edition: Edition, address: str) -> None:
    page(client, address, 404)


@pytest.mark.parametrize("version", ["", "x", "1", "1.0.0'--", "\0", "9" * 5000])
def test_version_that_is_none_shows_the_newest(client: Client, edition: Edition, version: str) -> None:
    assert client.get("/guidance/a-guide/", {"version": version}).status_code == 200


def test_pages_take_only_looking(client: Client, edition: Edition) -> None:
    for address in ("/guidance/", "/guidance/a-guide/", PDF):
        assert client.post(address).status_code == 405
        assert client.head(address).status_code == 200


def test_addresses_are_what_the_files_say() -> None:
    address = reverse("guidance_pdf", kwargs={"slug": "a-guide", "again": "a-guide", "number": (1, 0, 0)})
    assert address == PDF


def test_page_says_what_changed_how_to_cite_it_and_who_looks_after_it(
    client: Client, edition: Edition
) -> None:
    text = page(client, "/guidance/a-guide/")
    assert "First edition." in text
    cited = "The Embedded project. A guide. Version 1.0.0, 1 November 2026. http://localhost:8000/guidance/a-guide/"
    assert f"{cited}?version=1.0.0</textarea>" in text
    assert "Looked after by Editors; next review by 1 November 2027" in text
    assert 'href="#maincontent">Back to top' in text


@pytest.mark.parametrize(("days", "late"), [(0, False), (1, True)])
def test_page_past_its_review_date_says_so(client: Client, edition: Edition, days: int, late: bool) -> None:
    noon = datetime.datetime(2027, 11, 1, 12, tzinfo=datetime.UTC) + datetime.timedelta(days)
    said = "was to be looked at again by 1 November 2027, and has not been yet"
    with time_machine.travel(noon, tick=False):
        assert (said in page(client, "/guidance/a-guide/")) is late


def test_page_leads_to_those_beside_it_on_the_shelf(client: Client, edition: Edition, shelf: Path) -> None:
    assert 'rel="next"' not in page(client, "/guidance/a-guide/")
    write(shelf, slug="zebra", title="Zebra")
    write(shelf, slug="twelve-e-mails", title="Twelve e-mails")
    write(shelf, slug="elsewhere", title="B", audience="summary")
    load_library(library=shelf)
    text = page(client, "/guidance/a-guide/")
    assert re.search(r'href="/guidance/twelve-e-mails/" rel="prev"', text)
    assert re.search(r'href="/guidance/zebra/" rel="next"', text)
    assert 'rel="prev"' not in page(client, "/guidance/twelve-e-mails/")
    assert 'rel="prev"' not in page(client, "/guidance/elsewhere/")


def test_page_leads_to_the_glossary_when_there_is_one(client: Client, edition: Edition, shelf: Path) -> None:
    assert "Look in the glossary" not in page(client, "/guidance/a-guide/")
    write(shelf, slug="glossary", title="Glossary", audience="summary")
    load_library(library=shelf)
    assert "Look in the glossary" in page(client, "/guidance/a-guide/")
    assert "Look in the glossary" not in page(client, "/guidance/glossary/")


@pytest.mark.parametrize(
    ("readers", "said"),
    [
        ([], "not yet reviewed by members of the public, managers or researchers."),
        (["manager"], "not yet reviewed by members of the public or researchers."),
        (["professional", "host"], "not yet reviewed by members of the public, managers or researchers."),
        (["public", "manager", "researcher"], "reviewed by members of the public, managers and researchers."),
    ],
)
def test_state_line_claims_no_more_than_was_done(
    client: Client, edition: Edition, readers: list[str], said: str
) -> None:
    for reader in readers:
        record_review(edition=edition, by=None, reader=reader, on=DAY)
    text = page(client, "/guidance/a-guide/")
    assert f"Drafted from published research, 1 November 2026; {said}" in text


def test_state_line_of_a_case_speaks_of_its_host(client: Client, edition: Edition) -> None:
    Document.objects.update(audience="case_study")
    said = "From published sources, 1 November 2026; "
    record_review(edition=edition, by=None, reader="public", on=DAY)
    assert f"{said}not checked with the host." in page(client, "/guidance/a-guide/")
    record_review(edition=edition, by=None, reader="host", on=DAY)
    assert f"{said}checked with the host, 1 December 2026." in page(client, "/guidance/a-guide/")


@pytest.mark.parametrize(("readers", "is_told"), [("[public]", True), ("[researcher]", False)])
def test_public_is_told_at_once_where_to_ask_for_easy_read(
    client: Client, shelf: Path, settings: Any, readers: str, is_told: bool
) -> None:
    write(shelf, readers=readers)
    load_library(library=shelf)
    first, _, _ = page(client, "/guidance/a-guide/").partition("guide-facts")
    assert ("There is no Easy Read edition yet" in first) is is_told
    assert (f'href="mailto:{settings.CONTACT_EMAIL}"' in first.partition("<h1")[2]) is is_told


@pytest.mark.parametrize("edits", [True, False])
def test_editors_are_led_from_a_document_to_the_desk(edition: Edition, edits: bool) -> None:
    text = page(client_of(make_person("Ruth Reader", edits_library=edits)), "/guidance/a-guide/")
    assert ('<a href="/guidance/desk/a-guide/">Correct this document</a>' in text) is edits


def test_nobody_signed_in_is_led_to_the_desk(client: Client, edition: Edition) -> None:
    assert "Correct this document" not in page(client, "/guidance/a-guide/")
