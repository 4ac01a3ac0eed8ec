"""Interest without an account: the check that stores nothing, the form, and what the lead makes of it."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.test import Client

from embedded.audit.models import Event
from embedded.post.models import Letter
from programmes.interest import actions
from programmes.interest.ready import QUESTIONS, result_of
from programmes.models import Interest, Programme, Residency
from tests.house.tables import changed, digests
from tests.registration.filled import chosen, key
from tests.world import TODAY, World

DAY = datetime.timedelta(days=1)
TYPED = {"organisation": "Made Up Trust", "problem": "People fall at night", "name": "Ruth Lomax"}


@pytest.fixture
def taking(world: World) -> World:
    Programme.objects.filter(pk=world.programme.pk).update(takes_interest=True)
    world.programme.refresh_from_db()
    return world


def form_of(world: World) -> str:
    return f"/interest/{world.programme.slug}/"


def send(world: World, **typed: str) -> Any:
    return Client().post(form_of(world), TYPED | {"form_key": key(), "email": "ruth@trust.example"} | typed)


def interest_in(world: World, **fields: Any) -> Interest:
    values = {"organisation_name": "Some Trust", "problem": "Falls", "name": "Ruth", "phone": "01632 960001"}
    return Interest.objects.create(
        programme=world.programme, **(values | {"registered_on": TODAY()} | fields)
    )


# the check


def test_the_check_says_what_to_do_first_and_writes_nothing(taking: World) -> None:
    before = digests()
    answers = {one.name: "yes" for one in QUESTIONS} | {"sponsor": "no", "money": "working"}
    shown = Client().get("/ready/", answers).content.decode()
    assert shown.index("Do first") < shown.index("Ask one person at board level") < shown.index("Go on with")
    assert "You have a good start: 8 of 10 are in place" in shown
    assert form_of(taking) in shown
    assert not changed(before, digests())


@pytest.mark.parametrize(
    ("yes", "working", "no", "opening"),
    [
        (10, 0, 0, "You are ready"),
        (9, 1, 0, "You are nearly"),
        (5, 5, 0, "You are nearly"),
        (4, 6, 0, "You are on your way: 4 of 10"),
        (0, 10, 0, "You are on your way, and nothing"),
        (5, 0, 5, "You have a good"),
        (4, 1, 5, "It is early"),
    ],
)
def test_the_result_in_one_sentence(yes: int, working: int, no: int, opening: str) -> None:
    words = ["yes"] * yes + ["working"] * working + ["no"] * no
    result = result_of({one.name: word for one, word in zip(QUESTIONS, words, strict=True)})
    assert result is not None and result.summary.startswith(opening)
    assert (len(result.ready), len(result.under_way), len(result.first)) == (yes, working, no)


def test_no_answer_has_no_result_and_a_strange_one_is_shown_again(world: World) -> None:
    assert result_of({}) is None
    assert "Answer at least one question" in Client().get("/ready/", {"sponsor": ""}).content.decode()
    assert Client().get("/ready/", {"sponsor": "perhaps"}).status_code == 200


# registering


def test_interest_is_kept_with_the_organisation_of_the_register(taking: World) -> None:
    answer = send(taking)
    assert answer.headers["Location"] == f"{form_of(taking)}?sent=yes"
    found = Interest.objects.get()
    assert (found.organisation, found.registered_on) == (taking.host, TODAY())
    assert "Thank you" in Client().get(answer.headers["Location"]).content.decode()
    assert Event.objects.filter(deed="interest.registered", place__startswith="p/").count() == 1


def test_an_organisation_of_no_register_stays_as_typed(taking: World) -> None:
    send(taking, organisation="The walking group of Brindmere")
    found = Interest.objects.get()
    assert (found.organisation, found.organisation_name) == (None, "The walking group of Brindmere")


def test_those_who_lead_are_told_once_and_nothing_personal(taking: World) -> None:
    same = key()
    send(taking, form_key=same, organisation="The walking group of Brindmere")
    send(taking, form_key=same, organisation="The walking group of Brindmere")
    letter = Letter.objects.get()
    assert letter.to == taking.people["programme_lead"].email
    assert "The walking group of Brindmere" in letter.text
    assert Interest.objects.get().get_absolute_url() in letter.text
    for words in ("Ruth", "People fall at night", "ruth@trust.example"):
        assert words not in letter.text + letter.subject


@pytest.mark.parametrize("missing", ["organisation", "problem", "name", "email"])
def test_what_is_missing_is_asked_for_and_what_was_typed_stays(taking: World, missing: str) -> None:
    answer = send(taking, **{missing: ""})
    assert answer.status_code == 200 and not Interest.objects.exists()
    shown = answer.content.decode()
    assert "There is a problem" in shown
    assert "People fall at night" in shown or missing == "problem"


def test_a_telephone_number_is_enough(taking: World) -> None:
    assert send(taking, email="", phone="01632 960001").status_code == 302


def test_pressed_twice_it_is_one(taking: World) -> None:
    same = key()
    assert send(taking, form_key=same).status_code == send(taking, form_key=same).status_code == 302
    assert Interest.objects.count() == 1


def test_a_closed_form_is_as_if_it_were_not_there(world: World) -> None:
    assert Client().get(form_of(world)).status_code == 404
    assert send(world).status_code == 404
    assert Client().get("/interest/nowhere/").status_code == 404


def test_ten_an_hour_from_one_address_and_not_an_eleventh(taking: World) -> None:
    for number in range(10):
        assert send(taking, problem=f"Problem {number}").status_code == 302
    answer = send(taking, problem="Problem 10")
    assert answer.status_code == 429
    shown = answer.content.decode()
    assert "Problem 10" in shown and "Send it again in 60 minutes" in shown
    assert Interest.objects.count() == 10
    assert (
        Client(REMOTE_ADDR="198.51.100.7")
        .post(form_of(taking), TYPED | {"email": "a@b.example", "form_key": key()})
        .status_code
        == 302
    )


# answering


def answer_of(world: World, interest: Interest, **typed: str) -> Any:
    return world.client("programme_lead").post(interest.get_absolute_url(), {"form_key": key()} | typed)


def test_a_lead_makes_an_idea_of_it(world: World) -> None:
    interest = interest_in(world, email="ruth@trust.example")
    answer = answer_of(world, interest, title="Falls at night", **chosen("host", world.host))
    idea = Residency.objects.get(title="Falls at night")
    assert answer.headers["Location"] == idea.get_absolute_url()
    assert (idea.stage, idea.problem, idea.lead_host) == ("idea", "Falls", world.host)
    assert (idea.host_manager_name, idea.host_manager_email) == ("Ruth", "ruth@trust.example")
    interest.refresh_from_db()
    assert (interest.residency, interest.answered_on) == (idea, TODAY())
    assert "has made an idea of it" in Letter.objects.get(to="ruth@trust.example").text


def test_the_host_is_filled_in_with_what_was_typed(world: World) -> None:
    for fields in ({"organisation": world.host}, {"organisation_name": "A walking group"}):
        interest = interest_in(world, **fields)
        shown = world.client("programme_lead").get(interest.get_absolute_url()).content.decode()
        box = re.search(r'<input[^>]*name="host"[^>]*>', shown)
        assert box and f'value="{interest.organisation or interest.organisation_name}"' in box[0]


def test_a_lead_closes_it_with_a_reason_that_goes_out(world: World) -> None:
    interest = interest_in(world, email="ruth@trust.example")
    said = {"press": "close", "reason": "Thank you. There is no money this year.", "title": "Half a title"}
    assert answer_of(world, interest, **said).status_code == 302
    assert "There is no money this year." in Letter.objects.get(to="ruth@trust.example").text
    empty = answer_of(world, interest_in(world), **(said | {"reason": ""}))
    assert "Enter why it goes no further" in empty.content.decode()
    assert "Half a title" in empty.content.decode()  # what was typed for the other answer is still there


def test_what_is_answered_is_not_answered_again(world: World) -> None:
    interest = interest_in(world)
    by = world.people["programme_lead"]
    actions.close(interest=interest, reason="No money", by=by, on=TODAY())
    with pytest.raises(actions.AnsweredAlready):
        actions.make_idea(interest=interest, title="It", host=world.host, by=by, on=TODAY())
    assert not Letter.objects.exists()
    shown = world.client("programme_lead").get(interest.get_absolute_url()).content.decode()
    assert "No money" in shown and "Make an idea of it" not in shown


def test_what_waits_longest_is_first_and_the_answered_last(world: World) -> None:
    for name, days in (("Second", 3), ("First", 9)):
        interest_in(world, organisation_name=name, registered_on=TODAY() - days * DAY)
    done = interest_in(world, organisation_name="Done", registered_on=TODAY() - 20 * DAY)
    actions.close(interest=done, reason="No", by=world.people["programme_lead"], on=TODAY())
    address = f"/p/{world.programme.slug}/interests/"
    shown = world.client("programme_officer").get(address).content.decode()
    assert re.findall(r">(First|Second|Done)</a>", shown) == ["First", "Second", "Done"]
    listed = world.client("programme_lead").get(f"/p/{world.programme.slug}/residencies/").content.decode()
    assert ": 2 waiting" in listed


@pytest.mark.parametrize("role", ["host_manager", "theme_lead", "funder", "researcher"])
def test_others_neither_read_nor_answer(world: World, role: str) -> None:
    client = world.client(role)
    for address in (f"/p/{world.programme.slug}/interests/", interest_in(world).get_absolute_url()):
        assert client.get(address).status_code == 403


def test_a_lead_opens_and_closes_the_form_and_an_officer_does_not(world: World) -> None:
    address = f"/p/{world.programme.slug}/interests/"
    officer = world.client("programme_officer")
    assert officer.post(address, {"press": "open", "form_key": key()}).status_code == 403
    lead = world.client("programme_lead")
    lead.post(address, {"press": "open", "form_key": key()})
    assert Client().get(form_of(world)).status_code == 200
    lead.post(address, {"press": "close", "form_key": key()})
    assert Client().get(form_of(world)).status_code == 404


def test_what_is_over_is_forgotten_to_the_day(world: World) -> None:
    """90 days after the answer, a year without one (docs/privacy.md)."""
    by = world.people["programme_lead"]
    for days in (90, 89):
        actions.close(
            interest=interest_in(world, name=f"answered {days}"), reason="No", by=by, on=TODAY() - days * DAY
        )
    for days in (365, 364):
        interest_in(world, name=f"waiting {days}", registered_on=TODAY() - days * DAY)
    assert actions.forget(TODAY()) == 2
    assert set(Interest.objects.values_list("name", flat=True)) == {"answered 89", "waiting 364"}
