"""Where everybody starts: what waits for them, the residencies that they reach, no way that they may not go."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from programmes.models import AccessItem, Residency, Role, Stage, StageChange
from tests.world import TODAY, World, make_residency


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def ways(client: Client, address: str) -> dict[str, str]:
    """The pages that a residency offers: text to address."""
    listed = re.search(r'<ul class="nhsuk-list app-ways">(.*?)</ul>', page(client, address), re.DOTALL)
    assert listed
    return {text: to for to, text in re.findall(r'href="([^"]+)">([^<]+)</a>', listed[1])}


def test_a_manager_finds_what_waits_for_them_before_what_runs(world: World) -> None:
    idea = make_residency(world.programme, world.host, Stage.IDEA, title="An idea of ours")
    shown = page(world.client("host_manager"), "/")
    assert shown.index("An idea of ours") < shown.index(world.residency.title)
    assert f'href="{idea.get_absolute_url()}registration/"' in shown
    assert "Register a residency" in shown
    assert "Our people on site" in shown


def test_a_researcher_logs_from_the_front_page(world: World) -> None:
    assert f'href="{world.url("log/")}"' in page(world.client("researcher"), "/")


def test_what_has_ended_is_not_on_the_front_page(world: World) -> None:
    make_residency(world.programme, world.host, Stage.ENDED, title="Long over")
    assert "Long over" not in page(world.client("host_manager"), "/")


def test_the_front_page_asks_as_often_for_one_residency_as_for_ten(world: World) -> None:
    client = world.client("host_manager")
    client.get("/")
    with CaptureQueriesContext(connection) as one:
        client.get("/")
    for _ in range(9):
        make_residency(world.programme, world.host)
    with CaptureQueriesContext(connection) as ten:
        client.get("/")
    assert len(ten) == len(one)


@pytest.mark.parametrize("role", list(Role))
def test_every_way_on_from_a_residency_may_be_gone(world: World, role: str) -> None:
    client = world.client(role)
    if role == Role.FUNDER:
        assert client.get(world.url()).status_code == 404
        return
    for address in ways(client, world.url()).values():
        assert client.get(address).status_code == 200, address


def test_the_way_back_is_one_that_a_public_partner_may_go(world: World) -> None:
    shown = page(world.client("public_partner"), world.url())
    assert f"/p/{world.programme.slug}/residencies/" not in shown
    assert "Your places" in shown


def test_an_idea_offers_nothing_that_can_only_be_empty(world: World) -> None:
    idea = make_residency(world.programme, world.host, Stage.IDEA)
    offered = ways(world.client("host_manager"), idea.get_absolute_url())
    assert list(offered) == [
        "Agreements",
        "Planning together",
        "Job description",
        "Registration",
        "Who guides it, and how it will end",
        "Shelf of links",
        "What comes next",
        "History",
        "Brief for a call",
    ]


def test_what_came_back_with_a_reason_says_so(world: World) -> None:
    idea = make_residency(world.programme, world.host, Stage.IDEA)
    client = world.client("host_manager")
    move(world, idea, "", Stage.IDEA)
    assert "Fill in the registration and send it" in page(client, idea.get_absolute_url())
    move(world, idea, Stage.IDEA, Stage.SCOPING)
    move(world, idea, Stage.SCOPING, Stage.IDEA, why="Say who decides")
    assert "Read why it was returned, and send it again" in page(client, idea.get_absolute_url())


def test_nothing_is_missing_of_what_has_ended(world: World) -> None:
    AccessItem.objects.create(placement=world.placement, host=world.host, kind="badge")
    client = world.client("host_manager")
    assert "Not in place: Badge" in page(client, world.url())
    Residency.objects.filter(pk=world.residency.pk).update(stage=Stage.ENDED, ended_on=TODAY())
    assert "Not in place" not in page(client, world.url())


def move(world: World, residency: Residency, source: str, target: str, why: str = "") -> None:
    StageChange.objects.create(
        residency=residency,
        from_stage=source,
        to_stage=target,
        on=TODAY(),
        by=world.people["programme_lead"],
        why=why,
    )
