"""Anybody says whether a page was useful and why, and nothing tells who it was."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from embedded.audit.models import Event
from embedded.drafts.models import FormKey
from guidance.models import Edition, Opinion
from guidance.opinions import BY_PLACE
from tests.world import client_of, make_person

pytestmark = pytest.mark.django_db
ASK = "/guidance/a-guide/useful/"


def say(client: Client, address: str = ASK, **typed: str) -> object:
    return client.post(
        address, {"useful": "no", "why": "The table is too wide", "form_key": str(uuid4())} | typed
    )


def test_page_asks_and_the_answer_comes_filled_in(client: Client, edition: Edition) -> None:
    page = client.get("/guidance/a-guide/").content.decode()
    assert f'href="{ASK}?version=1.0.0&amp;answer=no"' in page
    form = client.get(f"{ASK}?version=1.0.0&answer=no").content.decode()
    assert re.search(r'value="no"[^>]*checked', form)
    assert "Name nobody: no patients" in form
    assert "The editors of the library read what you write" in form


def test_answer_is_kept_and_thanked_for(client: Client, edition: Edition) -> None:
    answer = say(client)
    assert answer["Location"] == f"{ASK}?sent=yes"  # type: ignore[index]
    assert "Thank you" in client.get(f"{ASK}?sent=yes").content.decode()
    [kept] = Opinion.objects.all()
    assert (kept.edition, kept.useful, kept.why) == (edition, False, "The table is too wide")


def test_yes_needs_no_words(client: Client, edition: Edition) -> None:
    say(client, useful="yes", why="")
    assert [(one.useful, one.why) for one in Opinion.objects.all()] == [(True, "")]


def test_second_press_counts_once_and_another_form_counts_again(client: Client, edition: Edition) -> None:
    key = str(uuid4())
    assert say(client, form_key=key)["Location"] == say(client, form_key=key)["Location"]  # type: ignore[index]
    assert Opinion.objects.count() == 1
    say(client)
    assert Opinion.objects.count() == 2


def test_nothing_tells_who_it_was_signed_in_or_not(edition: Edition) -> None:
    person = make_person("Rosalind Unusual-Name")
    say(client_of(person))
    [event] = Event.objects.filter(deed="guidance.judged")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(one)::text FROM guidance_opinion one")
        rows = " ".join(row[0] for row in cursor.fetchall())
    assert "Rosalind" not in rows + str(vars(event))
    assert str(person.pk) not in str([event.details])
    assert {field.name for field in Opinion._meta.get_fields()} == {
        "id", "edition", "useful", "why", "said_on", "why_removed_on",
    }  # fmt: skip
    assert not FormKey.objects.filter(person=person).exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"useful": ""}, "Select whether the page was useful"),
        ({"useful": "maybe"}, "Select whether the page was useful"),
        ({"why": "x" * 601}, "600 characters"),
    ],
)
def test_wrong_answer_is_told_how_and_keeps_what_was_typed(
    client: Client, edition: Edition, typed: dict[str, str], said: str
) -> None:
    answer = say(client, **typed)
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert said in page
    assert typed.get("why", "The table is too wide") in page
    assert not Opinion.objects.exists()


def test_longest_words_are_taken(client: Client, edition: Edition) -> None:
    say(client, why="ŵ" * 600)
    assert Opinion.objects.get().why == "ŵ" * 600


def test_too_many_from_one_place_wait_and_keep_their_words(client: Client, edition: Edition) -> None:
    for _ in range(BY_PLACE.times):
        assert say(client).status_code == 302  # type: ignore[attr-defined]
    answer = say(client, why="One more thing")
    assert answer.status_code == 429  # type: ignore[attr-defined]
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert "what you typed is still here" in page
    assert "One more thing" in page
    assert Opinion.objects.count() == BY_PLACE.times


def test_forged_form_is_refused(edition: Edition) -> None:
    assert say(Client(enforce_csrf_checks=True)).status_code == 403  # type: ignore[attr-defined]
    assert not Opinion.objects.exists()


def test_older_edition_gets_its_own_opinion_and_unknown_ones_none(client: Client, edition: Edition) -> None:
    say(client, f"{ASK}?version=1.0.0")
    assert Opinion.objects.get().edition == edition
    assert client.get(f"{ASK}?version=3.0.0").status_code == 404
    assert client.get("/guidance/nothing/useful/").status_code == 404
