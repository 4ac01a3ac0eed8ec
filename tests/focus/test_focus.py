"""A clear line of work: requests are the researcher's own and sealed; scope and time are read in the residency."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from embedded.audit.models import Event
from embedded.vault import Sealer
from programmes.entries.people_met import name_of
from programmes.focus.actions import Asked, answer_request, change_request, note_request, tell
from programmes.models import AgreedShare, Contact, Request, ScopeChange
from tests.house.presses_focus import request_typed
from tests.registration.filled import TODAY, boxes, key
from tests.world import World, client_of, join, make_person

DAY = datetime.timedelta(days=1)


def noted(world: World, **fields: Any) -> Request:
    asked = Asked(
        **({"what": "A survey of the wards", "on": TODAY - DAY, "by_name": "Sister Okoro"} | fields)
    )
    person = world.people["researcher"]
    return note_request(residency=world.residency, asked=asked, by=person, today=TODAY)


def page(world: World, who: str) -> str:
    answer = world.client(who).get(world.url("focus/"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_request_is_noted_in_one_form_its_words_and_its_name_sealed(world: World) -> None:
    browser = world.client("researcher")
    shown = browser.post(world.url("focus/requests/new/"), request_typed(), follow=True).content.decode()
    request, person = Request.objects.get(), world.people["researcher"]
    assert "A survey of the wards" in shown and "Sister Okoro" in shown and "tell them (1)" in shown
    assert Sealer(person).open(request.what) == "A survey of the wards"
    assert request.asked_by is not None and name_of(request.asked_by, Sealer(person)) == "Sister Okoro"
    assert (request.answer, request.answered_on, request.told_on) == ("not_now", TODAY, None)
    assert b"survey" not in bytes(request.what) and b"Okoro" not in bytes(Contact.objects.get().name)
    assert not Event.objects.filter(what__contains="survey").exists()


def test_one_press_answers_and_another_says_that_they_know(world: World) -> None:
    request, browser = noted(world), world.client("researcher")
    address = world.url(f"focus/requests/{request.pk}/answer/")
    shown = browser.post(address, {"form_key": key(), "press": "no"}, follow=True).content.decode()
    request.refresh_from_db()
    assert (request.answer, request.answered_on, request.told_on) == ("no", TODAY, None)
    assert "Now tell whoever asked" in shown
    shown = browser.post(address, {"form_key": key(), "press": "told"}, follow=True).content.decode()
    request.refresh_from_db()
    assert request.told_on == TODAY
    assert "You said no or not now to 1 of 1." in shown


def test_nobody_is_told_before_there_is_an_answer(world: World) -> None:
    request = noted(world)
    tell(request=request, by=world.people["researcher"], on=TODAY)
    request.refresh_from_db()
    assert request.told_on is None
    late = request_typed(answer="waiting", told="on")
    shown = world.client("researcher").post(world.url("focus/requests/new/"), late).content.decode()
    assert "Select yes, not now or no" in shown


def test_another_answer_is_to_be_told_again_and_the_same_one_is_not(world: World) -> None:
    request, person = noted(world, answer="yes", told=True), world.people["researcher"]
    assert request.told_on == TODAY
    answer_request(request=request, answer="yes", by=person, on=TODAY)
    request.refresh_from_db()
    assert request.told_on == TODAY
    answer_request(request=request, answer="no", by=person, on=TODAY)
    request.refresh_from_db()
    assert (request.answer, request.told_on) == ("no", None)
    again = Asked(what="Smaller", on=TODAY, answer="waiting")
    change_request(request=request, asked=again, version=1, by=person, today=TODAY)
    request.refresh_from_db()
    assert (request.answer, request.answered_on, request.asked_by) == ("waiting", None, None)


@pytest.mark.parametrize("who", ["programme_lead", "host_manager", "academic_supervisor", "public_partner"])
def test_nobody_else_reads_a_request(world: World, who: str) -> None:
    request = noted(world)
    shown = page(world, who)
    assert "A survey of the wards" not in shown and "Okoro" not in shown and "asked for" not in shown
    for tail in ("", "answer/", "remove/"):
        answer = world.client(who).post(world.url(f"focus/requests/{request.pk}/{tail}"), {"press": "no"})
        assert answer.status_code == 403


def test_a_second_researcher_of_the_same_residency_has_a_list_of_their_own(world: World) -> None:
    request, other = noted(world), make_person("Second Researcher")
    join(other, "researcher", world.programme, world.residency)
    browser = client_of(other)
    assert "A survey" not in browser.get(world.url("focus/")).content.decode()
    for tail in ("", "remove/"):
        assert browser.get(world.url(f"focus/requests/{request.pk}/{tail}")).status_code == 404
    assert browser.post(world.url(f"focus/requests/{request.pk}/answer/"), {"press": "no"}).status_code == 404


def test_a_request_is_removed_with_its_words(world: World) -> None:
    request = noted(world)
    browser = world.client("researcher")
    browser.post(world.url(f"focus/requests/{request.pk}/remove/"), {"form_key": key()})
    assert not Request.objects.exists()


def test_a_change_of_scope_is_read_by_everyone_in_the_residency(world: World) -> None:
    typed = {"form_key": key(), "what": "Winter pressures", "gave_way": "The second survey"}
    world.client("host_manager").post(world.url("focus/scope/new/"), typed | boxes("on", TODAY))
    assert ScopeChange.objects.get().by == world.people["host_manager"]
    for who in ("researcher", "programme_lead", "exec_sponsor", "public_partner"):
        assert "The second survey" in page(world, who)
    assert world.client("hr").post(world.url("focus/scope/new/"), typed).status_code == 403


@pytest.mark.parametrize(("percent", "taken"), [("60", True), ("61", False)])
def test_what_the_time_is_for_comes_to_100_at_most(world: World, percent: str, taken: bool) -> None:
    typed = {"form_key": key(), "relational": "40", "knowledge_creation": percent} | boxes("since", TODAY)
    world.client("researcher").post(world.url("focus/time/"), typed)
    assert AgreedShare.objects.exists() is taken


def test_what_the_time_is_for_is_agreed_anew_and_what_was_before_stays(world: World) -> None:
    browser = world.client("researcher")
    for since, percent in ((TODAY - 30 * DAY, "80"), (TODAY, "40"), (TODAY, "20")):
        typed = {"form_key": key(), "relational": percent} | boxes("since", since)
        browser.post(world.url("focus/time/"), typed)
    rows = AgreedShare.objects.order_by("since").values_list("since", "percent")
    assert list(rows) == [(TODAY - 30 * DAY, 80), (TODAY, 20)]
    shown = page(world, "host_manager")
    assert "20%" in shown and "80% is not given to any kind." in shown
