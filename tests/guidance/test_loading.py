"""Taking in the shipped editions: once, all or nothing, and never over what was edited here."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from embedded.audit.models import Event
from embedded.files import read
from embedded.files.models import MadeFile
from guidance.actions import load_library, print_edition, print_editions, record_review, withdraw_edition
from guidance.catalogue import NotAnEdition
from guidance.models import Document, Edition
from tests.guidance.shelf import BODY, write

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 12, 1)


def edited(edition: Edition, version: tuple[int, int, int], body: str = "## Ours\n\nOur words.\n") -> Edition:
    """An edition that somebody wrote here."""
    return Edition.objects.create(
        document=edition.document,
        major=version[0],
        minor=version[1],
        patch=version[2],
        title="Our title",
        summary=edition.summary,
        body=body,
        changelog="Ours",
        reading_minutes=1,
        published_on=DAY,
        state="published",
        source="edited",
    )


def test_edition_and_its_document_are_taken_in(shelf: Path) -> None:
    assert load_library(library=shelf) == ["Added A guide, version 1.0.0"]
    edition = Edition.objects.select_related("document").get()
    assert (edition.state, edition.source, edition.version) == ("published", "shipped", "1.0.0")
    assert edition.notes == {"S3": {"text": "A paper, 2023.", "url": ""}}
    document = edition.document
    assert (document.audience, document.moments) == ("researcher", ["first_100_days"])
    assert (document.readers, document.topics) == (["researcher"], ["learning"])
    assert [event.deed for event in Event.objects.all()] == ["guidance.loaded"]


def test_loading_again_does_nothing_and_asks_one_question(shelf: Path) -> None:
    load_library(library=shelf)
    before = list(Edition.objects.values())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert load_library(library=shelf) == []
    assert sum("SELECT" in one["sql"] for one in asked) == 1
    assert list(Edition.objects.values()) == before
    assert Event.objects.count() == 1


def test_newer_file_becomes_the_current_edition_and_the_older_stays(shelf: Path) -> None:
    load_library(library=shelf)
    write(shelf, version="1.1.0", title="A better guide")
    assert load_library(library=shelf) == ["Added A better guide, version 1.1.0"]
    assert Document.objects.get().title == "A better guide"
    assert {one.version: one.title for one in Edition.objects.published()} == {
        "1.0.0": "A guide",
        "1.1.0": "A better guide",
    }


def test_older_file_that_comes_late_does_not_speak_for_the_document(shelf: Path) -> None:
    write(shelf, version="2.0.0", title="The second")
    load_library(library=shelf)
    write(shelf, version="1.5.0", title="Late")
    load_library(library=shelf)
    assert Document.objects.get().title == "The second"


def test_changed_file_of_the_same_version_changes_the_shipped_words(shelf: Path) -> None:
    load_library(library=shelf)
    write(shelf, body=BODY.replace("A sentence", "Another sentence"))
    assert load_library(library=shelf) == ["Changed A guide, version 1.0.0"]
    assert "Another sentence" in Edition.objects.get().body


def test_newer_file_over_an_edited_edition_waits_as_a_draft(shelf: Path, edition: Edition) -> None:
    ours = edited(edition, (1, 1, 0))
    Document.objects.update(title="Our title")
    write(shelf, version="1.2.0", title="Theirs")
    assert load_library(library=shelf) == [
        "Kept Theirs, version 1.2.0 as a draft, because this document was edited here"
    ]
    assert Edition.objects.get(minor=2).state == "draft"
    ours.refresh_from_db()
    assert (ours.body, ours.state, ours.title) == ("## Ours\n\nOur words.\n", "published", "Our title")
    assert Document.objects.get().title == "Our title"


def test_file_of_the_very_version_that_was_edited_overwrites_nothing(shelf: Path, edition: Edition) -> None:
    ours = edited(edition, (1, 1, 0))
    before = Edition.objects.filter(pk=ours.pk).values().get()
    write(shelf, version="1.1.0", title="Theirs")
    load_library(library=shelf)
    assert Edition.objects.filter(pk=ours.pk).values().get() == before
    assert Edition.objects.filter(minor=1).count() == 2


def test_withdrawn_edition_is_not_brought_back_by_a_changed_file(shelf: Path, edition: Edition) -> None:
    withdraw_edition(edition=edition, by=None, on=DAY)
    write(shelf, body=BODY.replace("A sentence", "Another sentence"))
    load_library(library=shelf)
    assert Edition.objects.get().state == "withdrawn"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (BODY.replace("[S3]", "[NOT-THERE]"), "NOT-THERE"),
        (BODY.replace("[S3] ", ""), "S3"),
        (
            BODY.replace("A sentence", "[Read](guide:not-there). A sentence"),
            "guide:not-there leads to nothing",
        ),
        (BODY.replace("A sentence", "A [word](term:word). A sentence"), "term:word leads to nothing"),
        (BODY.replace("## Begin", "::: figure a-dragon\nHere.\n:::\n\n## Begin"), "no figure a-dragon"),
    ],
)
def test_wrong_file_changes_nothing_at_all(shelf: Path, body: str, said: str) -> None:
    write(shelf, slug="wrong", body=body)
    with pytest.raises(NotAnEdition, match=said):
        load_library(library=shelf)
    assert not Document.objects.exists()
    assert not Event.objects.exists()


def test_links_lead_to_what_is_shipped_too_or_is_in_the_library_already(
    shelf: Path, edition: Edition
) -> None:
    glossary = BODY.replace("A sentence.", "::: terms\n**A word** — what it means.\n:::\n\nA sentence.")
    write(shelf, slug="glossary", title="Glossary", body=glossary)
    body = BODY.replace(
        "A sentence", "[Words](guide:glossary), [one](term:a-word), [guide](guide:a-guide). A sentence"
    )
    write(shelf, slug="linked", title="Linked", body=body)
    assert len(load_library(library=shelf)) == 2
    (shelf / "a-guide" / "1.0.0.md").unlink()
    write(shelf, slug="later", title="Later", body=body)
    assert load_library(library=shelf) == ["Added Later, version 1.0.0"]


def test_printing_is_done_once_and_again_only_for_what_changed(edition: Edition, shelf: Path) -> None:
    assert print_editions() == ["Printed A guide, version 1.0.0"]
    first = Edition.objects.select_related("pdf").get()
    assert first.pdf is not None
    assert read(first.pdf).startswith(b"%PDF-")
    assert first.pdf_pages == 1
    assert print_editions() == []
    write(shelf, body=BODY.replace("A sentence", "Another sentence"))
    load_library(library=shelf)
    assert print_editions() == ["Printed A guide, version 1.0.0"]
    assert MadeFile.objects.count() == 2


def test_review_is_noted_and_printed(edition: Edition) -> None:
    print_edition(edition=edition)
    record_review(edition=edition, by=None, reader="public", name="Ann Other", on=DAY)
    assert print_editions() == ["Printed A guide, version 1.0.0"]
    assert [event.details for event in Event.objects.filter(deed="guidance.reviewed")] == [
        {"reader": "public"}
    ]


def test_command_says_what_it_did_and_then_that_there_is_nothing_new(
    capsys: pytest.CaptureFixture[str], shelf: Path
) -> None:
    call_command("load_guidance", library=shelf)
    assert capsys.readouterr().out.splitlines() == [
        "Guidance: Added A guide, version 1.0.0.",
        "Guidance: Printed A guide, version 1.0.0.",
    ]
    call_command("load_guidance", library=shelf)
    assert capsys.readouterr().out.splitlines() == ["Guidance: Nothing new."]


def test_command_notes_a_review(edition: Edition, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("review_guidance", "a-guide", "--reader", "researcher", "--on", "2026-12-01")
    assert capsys.readouterr().out == "Noted a review of A guide, version 1.0.0.\n"
    assert [(one.reader, one.name) for one in edition.reviews.all()] == [("researcher", "")]
    with pytest.raises(CommandError, match="no document 'nothing'"):
        call_command("review_guidance", "nothing", "--reader", "public", "--on", "2026-12-01")


def test_command_refuses_a_wrong_file_in_plain_words(shelf: Path) -> None:
    write(shelf, slug="wrong", audience="everybody")
    with pytest.raises(CommandError, match=r"Nothing was changed\. .*audience must be one of"):
        call_command("load_guidance", library=shelf)
