"""Answers given on one's own: a public partner by link or told to somebody, and named people apart from each other."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from embedded.audit.models import Event
from embedded.post.models import Letter
from programmes.models import PlanRound, PlanSay, PlanVoice, PublicQuestion
from tests.house.tables import WRITTEN_BY_READING, changed, digests
from tests.registration.filled import key
from tests.world import World


def ask(world: World, **fields: Any) -> Any:
    values = {
        "form_key": key(),
        "name": "Maureen Tilley",
        "way": "link",
        "email": "maureen@people.example",
        "offered": "A voucher of £12.50",
    }
    return world.client("researcher").post(world.url("planning/ask/"), values | fields)


def asked_by_telephone(world: World) -> PlanVoice:
    ask(world, way="told", email="")
    return PlanVoice.objects.get()


def link_to(email: str = "maureen@people.example") -> str:
    found = re.search(r"http://[^/]+(/plan/\S+)", Letter.objects.filter(to=email).latest("pk").text)
    assert found
    return found.group(1)


def send(link: str, version: int = 1, **said: str) -> Any:
    return Client().post(link, {"form_key": key(), "version": str(version)} | said)


def plan_page(world: World, tail: str = "planning/") -> str:
    return str(world.client("programme_lead").get(world.url(tail)).content.decode())


def test_a_partner_is_told_how_long_it_takes_and_what_is_offered(world: World) -> None:
    ask(world)
    letter, page = Letter.objects.get(), Client().get(link_to()).content.decode()
    for words in ("about ten minutes", "A voucher of £12.50", "You may also say no"):
        assert words in letter.text
    assert "about ten minutes" in page and "A voucher of £12.50" in page
    assert "people will know that it was you" in page
    for question in PublicQuestion:
        assert question.label in page


def test_reading_the_link_changes_nothing(world: World) -> None:
    ask(world)
    before = digests(WRITTEN_BY_READING)
    for _ in range(3):
        assert Client().get(link_to()).status_code == 200
    assert not changed(before, digests(WRITTEN_BY_READING))


def test_what_is_kept_for_later_is_there_again_and_seen_by_nobody_else(world: World) -> None:
    ask(world)
    assert send(link_to(), later="yes", worries="The bus").status_code == 302
    assert "The bus" in Client().get(link_to()).content.decode()
    voice = PlanVoice.objects.get()
    assert voice.answered_at is None and "The bus" not in plan_page(world)
    assert "The bus" not in plan_page(world, f"planning/asked/{voice.pk}/")
    send(link_to(), version=2, worries="The bus", right_problem="Yes")
    assert "The bus" in plan_page(world) and "By link" in plan_page(world)
    assert Event.objects.filter(deed="plan.voice_answered").count() == 1


def test_what_was_sent_stays_as_it_was(world: World) -> None:
    ask(world)
    send(link_to(), worries="The bus")
    send(link_to(), version=2, worries="Something else")
    assert PlanSay.objects.get().words == "The bus"
    assert "Your answers have reached" in Client().get(link_to()).content.decode()


def test_an_empty_answer_is_not_sent(world: World) -> None:
    ask(world)
    assert "Answer at least one question" in send(link_to()).content.decode()


def test_told_by_telephone_is_typed_in_and_says_so(world: World) -> None:
    voice = asked_by_telephone(world)
    assert not Letter.objects.exists()
    said = {"form_key": key(), "version": "1", "how": "telephone", "worries": "The bus"}
    assert world.client("researcher").post(world.url(f"planning/asked/{voice.pk}/"), said).status_code == 302
    page = plan_page(world)
    assert (
        "By telephone" in page and f"typed in by {world.people['researcher']}" in page and "The bus" in page
    )


@pytest.mark.parametrize("how", ["link", "", "?"])
def test_what_is_typed_in_never_counts_as_a_link(world: World, how: str) -> None:
    voice = asked_by_telephone(world)
    said = {"form_key": key(), "version": "1", "how": how, "worries": "The bus"}
    page = world.client("researcher").post(world.url(f"planning/asked/{voice.pk}/"), said).content.decode()
    assert "Select how they told you" in page


def test_typing_in_over_what_came_by_link_is_told(world: World) -> None:
    ask(world)
    voice = PlanVoice.objects.get()
    send(link_to(), worries="The bus")
    said = {"form_key": key(), "version": "1", "how": "paper", "worries": "Money"}
    page = world.client("researcher").post(world.url(f"planning/asked/{voice.pk}/"), said).content.decode()
    assert "The bus" in page and PlanSay.objects.get().words == "The bus"


@pytest.mark.parametrize(
    ("fields", "instruction"),
    [
        ({"email": ""}, "Enter their email address, or choose that they tell you"),
        ({"way": "told"}, "Leave this empty, or choose that they answer by a link"),
        ({"offered": ""}, "Enter what is offered for their time"),
        ({"name": ""}, "Enter their name"),
    ],
)
def test_asking_says_what_is_missing(world: World, fields: dict[str, str], instruction: str) -> None:
    assert instruction in ask(world, **fields).content.decode()
    assert not PlanVoice.objects.exists()


def test_v8_the_address_is_seen_by_who_asked_and_by_who_keeps_the_records(world: World) -> None:
    ask(world)
    voice = PlanVoice.objects.get()
    assert voice.email
    for role, seen in (
        ("researcher", True),
        ("programme_officer", True),
        ("host_manager", False),
        ("academic_supervisor", False),
    ):
        page = world.client(role).get(world.url(f"planning/asked/{voice.pk}/")).content.decode()
        assert "by a link" in page
        assert (voice.email in page) is seen, role


def test_a_link_sent_again_ends_the_one_before(world: World) -> None:
    ask(world)
    old, voice = link_to(), PlanVoice.objects.get()
    press = {"form_key": key(), "again": "yes"}
    world.client("researcher").post(world.url(f"planning/asked/{voice.pk}/"), press)
    assert Client().get(old).status_code == 410 and Client().get(link_to()).status_code == 200


def test_a_link_into_what_is_over_is_over(world: World) -> None:
    ask(world)
    world.residency.stage = "withdrawn"
    world.residency.save()
    assert Client().get(link_to()).status_code == 410


def apart(world: World, **fields: Any) -> PlanRound:
    values = {"form_key": key(), "themes": ["power", "relational_role"]}
    for row, (name, part) in enumerate((("Priya Nair", "host_manager"), ("Rae Searcher", "researcher"))):
        email = f"{name.split()[0].lower()}@people.example"
        values |= {f"name_{row}": name, f"part_{row}": part, f"email_{row}": email}
    world.client("host_manager").post(world.url("planning/apart/"), values | fields)
    return PlanRound.objects.get()


def test_apart_nobody_sees_another_before_all_have_answered(world: World) -> None:
    asked = apart(world)
    tail = f"planning/apart/{asked.pk}/"
    send(link_to("priya@people.example"), power="The board decides", power_position="one_end")
    for seen in (
        plan_page(world, tail),
        plan_page(world),
        Client().get(link_to("rae@people.example")).content.decode(),
    ):
        assert "The board decides" not in seen
    assert "Priya Nair (host manager): has answered" in plan_page(world, tail)
    send(link_to("rae@people.example"), power="We all do", power_position="not_sure")
    page = plan_page(world, tail)
    assert "The board decides" in page and "We all do" in page and "Not sure" in page
    assert "The researchers decide and gain" in page  # the position, in words


def test_apart_is_offered_for_three_themes_only(world: World) -> None:
    client = world.client("host_manager")
    page = client.get(world.url("planning/apart/")).content.decode()
    assert page.count('name="themes"') == 3
    values = {"form_key": key(), "themes": ["skills"]}
    assert (
        "Select at least one question" in client.post(world.url("planning/apart/"), values).content.decode()
    )


@pytest.mark.parametrize(
    ("fields", "instruction"),
    [
        ({"name_1": "", "part_1": "", "email_1": ""}, "Enter at least two people"),
        ({"email_1": ""}, "Enter the email address"),
        ({"name_1": "priya nair"}, "Enter each person once"),
    ],
)
def test_apart_needs_two_named_people(world: World, fields: dict[str, str], instruction: str) -> None:
    values = {"form_key": key(), "themes": ["power"], "name_0": "Priya Nair", "part_0": "host"}
    values |= {
        "email_0": "p@people.example",
        "name_1": "Rae",
        "part_1": "researcher",
        "email_1": "r@people.example",
    }
    page = world.client("host_manager").post(world.url("planning/apart/"), values | fields).content.decode()
    assert instruction in page and not PlanRound.objects.exists() and not Letter.objects.exists()


@pytest.mark.parametrize(
    ("parts", "email", "right"),
    [
        (("host_manager", "researcher"), "PRIYA@people.example", False),
        (("researcher", "host_manager"), "priya@people.example", False),
        (("host_manager", "researcher"), "rae@people.example", True),
        (("public", "researcher"), "priya@people.example", True),  # two people may share an address
    ],
)
def test_v7_nobody_answers_as_researcher_and_as_host_manager_in_one_round(
    world: World, parts: tuple[str, str], email: str, right: bool
) -> None:
    values = {"form_key": key(), "themes": ["power"], "name_0": "Priya Nair", "name_1": "Dr P Nair"}
    values |= {"part_0": parts[0], "part_1": parts[1], "email_0": "priya@people.example", "email_1": email}
    page = world.client("host_manager").post(world.url("planning/apart/"), values).content.decode()
    assert PlanRound.objects.exists() is right
    assert ("this one answers as host manager already" in page) is not right


def test_a_closed_round_shows_a_gap_and_takes_no_more(world: World) -> None:
    asked = apart(world)
    send(link_to("priya@people.example"), power="The board decides")
    world.client("host_manager").post(world.url(f"planning/apart/{asked.pk}/"), {"form_key": key()})
    page = plan_page(world, f"planning/apart/{asked.pk}/")
    assert "Has not answered" in page and "The board decides" in page
    late = link_to("rae@people.example")
    assert "This has been closed" in Client().get(late).content.decode()
    send(late, power="Too late")
    assert not PlanSay.objects.filter(words="Too late").exists()


def test_what_is_said_apart_is_read_on_no_other_page(world: World, other_world: World) -> None:
    asked = apart(world)
    voice = asked.voices.first()
    assert voice
    lead = world.client("programme_lead")
    assert lead.get(world.url(f"planning/asked/{voice.pk}/")).status_code == 404
    tail = f"planning/apart/{asked.pk}/"
    assert other_world.client("programme_lead").get(other_world.url(tail)).status_code == 404
    assert world.client("public_partner").post(world.url(tail), {"form_key": key()}).status_code == 403


def refuse(link: str, version: int = 1, **said: str) -> Any:
    return send(link, version, no="yes", **said)


def test_i_would_rather_not_is_one_press_and_holds_nobody_up(world: World) -> None:
    asked = apart(world)
    tail = f"planning/apart/{asked.pk}/"
    link = link_to("priya@people.example")
    assert "I would rather not" in Client().get(link).content.decode()
    send(link, later="yes", power="Half a thought")
    assert refuse(link, 2, power="Half a thought").status_code == 302
    assert not PlanSay.objects.exists()
    assert "You would rather not answer" in Client().get(link).content.decode()
    assert "Priya Nair (host manager): would rather not answer" in plan_page(world, tail)
    send(link, 3, power="After all")
    assert not PlanSay.objects.exists()
    send(link_to("rae@people.example"), power="We all do")
    asked.refresh_from_db()
    page = plan_page(world, tail)
    assert asked.closed_at and "Would rather not answer" in page and "We all do" in page
    assert Event.objects.filter(deed="plan.voice_declined").count() == 1


def test_a_partner_who_would_rather_not_has_had_no_say(world: World) -> None:
    ask(world)
    refuse(link_to())
    page = plan_page(world)
    assert "Would rather not answer" in page and "No member of the public has had a say" in page
    assert "what has changed" not in page


def test_an_answer_given_apart_is_said_to_be_kept_and_seen_by_nobody_yet(world: World) -> None:
    apart(world)
    links = [link_to(f"{name}@people.example") for name in ("priya", "rae")]
    send(links[0], power="The board decides")
    page = Client().get(links[0]).content.decode()
    assert "have reached" not in page and "Nobody sees them before all have answered" in page
    send(links[1], power="We all do")
    assert "now stand side by side" in Client().get(links[0]).content.decode()
