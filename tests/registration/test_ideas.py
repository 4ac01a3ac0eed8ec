"""An idea needs a title and a host (users.md decision 2), a code that is never given twice, and one press."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from embedded.audit.models import Event
from programmes import founding
from programmes.lifecycle import StepRefused
from programmes.models import Residency, Role, Stage, StageChange
from tests.registration.filled import TODAY, chosen, key, make_idea
from tests.world import World, client_of, join, make_organisation, make_person, make_residency


def register(world: World) -> str:
    return f"/p/{world.programme.slug}/register/"


def test_idea_needs_a_title_and_a_host_and_nothing_else(world: World) -> None:
    client, other = world.client("programme_lead"), make_organisation("Other Trust")
    typed: dict[str, Any] = {"title": "Falls", "form_key": key()} | chosen("host", other)
    assert client.post(register(world), typed).status_code == 302
    idea = Residency.objects.get(title="Falls")
    assert (idea.stage, idea.lead_host, idea.created_by) == (
        Stage.IDEA,
        other,
        world.people["programme_lead"],
    )
    assert idea.code.startswith(f"TST-{TODAY.year}-")
    assert idea.stage_changes.get().to_stage == Stage.IDEA
    assert Event.objects.filter(deed="residency.idea_saved", place__endswith=idea.code).count() == 1


def test_idea_of_a_manager_of_one_organisation_asks_only_the_title(world: World) -> None:
    client = world.client("host_manager")
    page = client.get(register(world)).content.decode()
    assert "Host: Made Up Trust" in page and 'name="host"' not in page
    client.post(register(world), {"title": "Falls", "form_key": key()})
    assert Residency.objects.get(title="Falls").lead_host == world.host


def test_idea_of_a_manager_of_two_organisations_is_for_one_of_them(world: World) -> None:
    second, third = make_organisation("Second Trust"), make_organisation("Third Trust")
    manager = world.people["host_manager"]
    join(manager, Role.HOST_MANAGER, world.programme, second)
    client = client_of(manager)
    wrong = client.post(register(world), {"title": "Falls", "host": str(third.pk), "form_key": key()})
    assert "Select the host" in wrong.content.decode()
    client.post(register(world), {"title": "Falls", "host": str(second.pk), "form_key": key()})
    assert Residency.objects.get(title="Falls").lead_host == second


def test_idea_of_a_theme_lead_belongs_to_the_theme(world: World) -> None:
    typed = {"title": "Falls", "form_key": key()} | chosen("host", world.host)
    world.client("theme_lead").post(register(world), typed)
    assert Residency.objects.get(title="Falls").theme == world.programme.themes.get()


@pytest.mark.parametrize(
    ("typed", "instruction"),
    [
        ({"title": "", "host": "Made Up Trust"}, "Enter a title"),
        ({"title": "Falls", "host": ""}, "Enter the host"),
    ],
)
def test_idea_says_what_to_do_and_keeps_what_was_typed(
    world: World, typed: dict[str, str], instruction: str
) -> None:
    page = world.client("programme_lead").post(register(world), typed | {"form_key": key()}).content.decode()
    assert "<title>Error: " in page and "There is a problem" in page and instruction in page
    assert all(f'value="{text}"' in page for text in typed.values() if text)
    assert not Residency.objects.filter(stage=Stage.IDEA).exists()


def test_idea_pressed_twice_is_one_idea(world: World) -> None:
    client, typed = world.client("host_manager"), {"title": "Falls", "form_key": key()}
    places = {client.post(register(world), typed)["Location"] for _ in range(2)}
    assert Residency.objects.filter(title="Falls").count() == 1 and len(places) == 1


@pytest.mark.parametrize(
    "role", ["funder", "rd_office", "hr", "ig_lead", "exec_sponsor", "researcher", "public_partner"]
)
def test_idea_is_refused_to_those_who_do_not_register(world: World, role: str) -> None:
    assert world.client(role).get(register(world)).status_code == 403


def test_idea_is_refused_to_a_manager_of_one_residency_who_would_not_reach_it(world: World) -> None:
    manager = make_person("One Residency")
    join(manager, Role.HOST_MANAGER, world.programme, world.residency)
    assert client_of(manager).get(register(world)).status_code == 403


def test_idea_of_a_stranger_is_not_found(world: World, other_world: World) -> None:
    assert other_world.client("programme_lead").get(register(world)).status_code == 404


def test_code_counts_on_within_the_year_and_begins_anew_with_the_next(world: World) -> None:
    lead = world.people["programme_lead"]
    make_residency(world.programme, code=f"TST-{TODAY.year}-941")
    assert make_idea(world.programme, world.host, lead).code == f"TST-{TODAY.year}-942"
    assert founding.next_code(world.programme, TODAY.year + 1) == f"TST-{TODAY.year + 1}-001"


def test_code_is_not_given_again_after_a_withdrawal(world: World) -> None:
    """V-17: what was given up stays, and so does its code."""
    lead = world.people["programme_lead"]
    first = make_idea(world.programme, world.host, lead)
    Residency.objects.filter(pk=first.pk).update(stage=Stage.WITHDRAWN)
    assert make_idea(world.programme, world.host, lead).code != first.code


def test_code_after_the_999th_says_what_to_do(world: World) -> None:
    make_residency(world.programme, code=f"TST-{TODAY.year}-999")
    with pytest.raises(StepRefused, match="Start another programme"):
        make_idea(world.programme, world.host, world.people["programme_lead"])


@pytest.mark.django_db(transaction=True)
def test_code_is_given_once_to_ideas_saved_at_the_same_time(transactional_db: None) -> None:
    from tests.world import make_world

    world = make_world()
    lead = world.people["programme_lead"]

    def save(number: int) -> str:
        try:
            return make_idea(world.programme, world.host, lead, f"Idea {number}").code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        codes = list(pool.map(save, range(16)))
    assert len(set(codes)) == 16
    assert StageChange.objects.filter(to_stage=Stage.IDEA).count() == 16
