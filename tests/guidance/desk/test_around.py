"""Newer files, reviews, withdrawal, what everybody sees of two editions, and who is an editor."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from embedded.accounts.models import Person
from embedded.audit.models import Event
from embedded.jobs.models import Job
from guidance.actions import load_library
from guidance.models import Edition, Opinion, Review
from programmes.access import needs_second_factor
from tests.guidance.desk.desk import DESK, page, press, said, shown, write
from tests.guidance.shelf import BODY
from tests.guidance.shelf import write as write_file
from tests.world import client_of, make_person

pytestmark = pytest.mark.django_db
NEWER = f"{DESK}newer-file/"


@pytest.fixture
def edited(guide: Edition, hers: Client) -> Edition:
    """Version 1.0.1, edited here."""
    write(hers, body=BODY.replace("A sentence.", "A clear sentence."), changelog="A clearer word.")
    press(hers, f"{DESK}publish/", kind="correction")
    return Edition.objects.get(source="edited")


@pytest.fixture
def newer(edited: Edition, shelf: Path) -> Edition:
    """Version 1.1.0, which came with the product afterwards."""
    write_file(shelf, body=BODY.replace("A sentence.", "A shipped sentence."), version="1.1.0")
    load_library(library=shelf)
    return Edition.objects.get(minor=1)


def test_newer_file_waits_on_the_desk_and_overwrites_nothing(newer: Edition, hers: Client) -> None:
    assert newer.state == "draft"
    assert "Version 1.1.0 came with the product" in page(hers, "/guidance/desk/")
    text = said(hers.get(NEWER))
    assert "[removed: clear ]" in text
    assert "[added: shipped ]" in text
    assert "A clear <" in page(Client(), "/guidance/a-guide/")


def test_file_with_the_number_of_an_edition_made_here_waits_too(
    edited: Edition, shelf: Path, hers: Client
) -> None:
    write_file(shelf, body=BODY.replace("A sentence.", "A shipped sentence."), version="1.0.1")
    load_library(library=shelf)
    assert "A clear <" in page(Client(), "/guidance/a-guide/")
    assert "came with the product: use it or not" in page(hers, "/guidance/desk/")


def test_newer_file_is_taken_over_with_approval(newer: Edition, hers: Client, his: Client) -> None:
    press(hers, NEWER)
    page(hers, NEWER, 404)
    assert "shipped" not in page(Client(), "/guidance/a-guide/")
    press(his, f"{DESK}approve/")
    assert "A shipped <" in page(Client(), "/guidance/a-guide/")
    made = Edition.objects.published().newest_first().first()
    assert made
    assert (made.version, made.source) == ("1.1.0", "edited")
    assert "A clear <" in page(Client(), "/guidance/a-guide/?version=1.0.1")
    assert "came with the product: use it or not" not in page(hers, "/guidance/desk/")


def test_newer_file_is_not_taken_over_while_something_is_in_hand(newer: Edition, hers: Client) -> None:
    write(hers, summary="Half done")
    answer: Any = hers.post(NEWER, shown(hers, NEWER))
    assert "one is written at a time" in said(answer)


def test_newer_file_set_aside_is_not_offered_again_until_it_changes(
    newer: Edition, shelf: Path, hers: Client
) -> None:
    press(hers, f"{NEWER}set-aside/", because="Ours is about this place.")
    page(hers, NEWER, 404)
    load_library(library=shelf)
    page(hers, NEWER, 404)
    write_file(shelf, body=BODY.replace("A sentence.", "Another shipped sentence."), version="1.1.0")
    load_library(library=shelf)
    assert "Another" in page(hers, NEWER)
    assert "A clear <" in page(Client(), "/guidance/a-guide/")


def test_two_editions_can_be_compared_by_everybody(edited: Edition) -> None:
    browser = Client()
    text = said(browser.get("/guidance/a-guide/compare/"))
    assert "What changed between 1.0.0 and 1.0.1" in text
    assert "[added: clear ]" in text
    assert "6 characters added" in text
    assert text == said(browser.get("/guidance/a-guide/compare/?from=1.0.1&to=1.0.0"))
    assert "Nothing is different." in said(browser.get("/guidance/a-guide/compare/?from=1.0.0&to=1.0.0"))
    assert "/guidance/a-guide/compare/" in page(browser, "/guidance/a-guide/editions/")


@pytest.mark.parametrize("version", ["9.9.9", "x", "\0", "<script>"])
def test_versions_that_are_none_compare_the_newest_two(edited: Edition, version: str) -> None:
    answer: Any = Client().get("/guidance/a-guide/compare/", {"from": version, "to": version})
    assert "What changed between 1.0.0 and 1.0.1" in said(answer)


def test_one_edition_cannot_be_compared(guide: Edition) -> None:
    page(Client(), "/guidance/a-guide/compare/", 404)
    assert "compare" not in page(Client(), "/guidance/a-guide/editions/")


def test_withdrawn_edition_says_why(edited: Edition, hers: Client) -> None:
    answer = press(hers, f"{DESK}withdraw/1.0.0/", because="It names a body that is gone.")
    assert answer["Location"] == "/guidance/a-guide/editions/"
    assert "Withdrawn because: It names a body that is gone." in page(Client(), "/guidance/a-guide/editions/")
    page(Client(), "/guidance/a-guide/?version=1.0.0", 410)
    page(hers, f"{DESK}withdraw/1.0.0/", 404)
    assert Event.objects.filter(deed="guidance.withdrawn").count() == 1


def test_review_is_recorded_and_printed(guide: Edition, hers: Client) -> None:
    page(hers, f"{DESK}review/")
    typed = {
        "edition": str(guide.pk),
        "reader": "manager",
        "on_day": "2",
        "on_month": "11",
        "on_year": "2026",
    }
    refused = press(hers, f"{DESK}review/", **typed, name="Sam Porter")
    assert "Confirm that they agreed to be named" in said(refused)
    early = press(hers, f"{DESK}review/", **(typed | {"on_month": "10"}))
    assert "after the day on which the edition was published" in said(early)
    press(hers, f"{DESK}review/", **typed, name="Sam Porter", agreed="on")
    review = Review.objects.get()
    assert (review.name, review.reader, str(review.reviewed_on)) == ("Sam Porter", "manager", "2026-11-02")
    assert "Sam Porter, manager in an NHS or care organisation" in page(Client(), "/guidance/a-guide/")
    assert Job.objects.filter(kind="guidance.print").exists()


def test_reviewer_who_is_not_named_is_said_in_good_english(guide: Edition, hers: Client) -> None:
    assert "Somebody from the host of the case" in said(hers.get(f"{DESK}review/"))
    typed = {"edition": str(guide.pk), "reader": "host", "on_day": "2", "on_month": "11", "on_year": "2026"}
    press(hers, f"{DESK}review/", **typed)
    assert "Somebody from the host of the case, 2 November 2026" in said(Client().get("/guidance/a-guide/"))


def test_review_dates_and_answers_of_readers_stand_on_the_desk(guide: Edition, hers: Client) -> None:
    Opinion.objects.create(edition=guide, useful=False, why="Too long for me", said_on=guide.published_on)
    type(guide.document).objects.update(next_review="2026-01-01")
    assert "Past its review date, 1 January 2026" in page(hers, "/guidance/desk/")
    assert "Too long for me" in page(hers, DESK)


def test_editor_is_named_and_ended_by_a_command() -> None:
    person = make_person("Nia Newcomer")
    browser, told = client_of(person), StringIO()
    page(browser, "/guidance/desk/", 404)
    assert not needs_second_factor(person)
    call_command("library_editor", person.email.upper(), stdout=told)
    assert "Nia Newcomer edits the library." in told.getvalue()
    assert "Nia Newcomer" in page(browser, "/guidance/desk/")
    assert needs_second_factor(Person.objects.get(pk=person.pk))
    call_command("library_editor", stdout=told)
    assert f"Nia Newcomer <{person.email}>" in told.getvalue()
    call_command("library_editor", person.email, "--end", stdout=told)
    page(browser, "/guidance/desk/", 404)
    assert [one.deed for one in Event.objects.order_by("pk")][-2:] == [
        "library_editor.named",
        "library_editor.ended",
    ]
    with pytest.raises(CommandError, match="Nobody signs in with that address"):
        call_command("library_editor", "nobody@people.example")
