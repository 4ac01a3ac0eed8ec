"""A later visit of a public partner: asked what has changed, five questions, with what they said before."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client

from embedded.post.models import Letter
from programmes.models import PlanVoice
from programmes.planning.themes import LATER
from tests.planning.test_alone import ask, link_to, plan_page, send
from tests.registration.filled import key
from tests.world import World


@pytest.fixture
def answered(world: World) -> PlanVoice:
    ask(world)
    send(link_to(), worries="The bus", right_problem="Yes")
    return PlanVoice.objects.get()


def again(world: World, voice: PlanVoice, who: str = "researcher", **typed: str) -> Any:
    said = {"form_key": key(), "way": "link", "email": voice.email, "offered": "A voucher"} | typed
    return world.client(who).post(f"{world.url('planning/ask/')}?after={voice.pk}", said)


@pytest.mark.parametrize("who", ["researcher", "host_manager"])
def test_a_partner_is_asked_what_has_changed_and_sees_what_they_said(
    world: World, answered: PlanVoice, who: str
) -> None:
    page = world.client(who).get(world.url("planning/")).content.decode()
    assert f"ask/?after={answered.pk}" in page and "Ask Maureen Tilley what has changed" in page
    form = world.client(who).get(f"{world.url('planning/ask/')}?after={answered.pk}").content.decode()
    assert "What is their name?" not in form and (answered.email in form) == (who == "researcher")  # V-8
    assert again(world, answered, who).status_code == 302
    letter, shown = Letter.objects.latest("pk"), html.unescape(Client().get(link_to()).content.decode())
    assert "what has changed" in letter.subject and "asks what has changed" in letter.text
    assert "Last time: The bus" in shown and "Last time: Yes" in shown
    for question in LATER.values():
        assert question in shown
    send(link_to(), worries="The bus came back")
    later = PlanVoice.objects.latest("pk")
    assert (later.follows, later.name) == (answered, "Maureen Tilley")
    told = html.unescape(plan_page(world))
    assert "Maureen Tilley: what has changed" in told and "What worries you now?" in told
    assert "What worries you?" in told and "The bus came back" in told
    history = world.client("host_manager").get(world.url("history/")).content.decode()
    assert "asked a member of the public what has changed in the plan by link" in history


def test_a_partner_is_asked_once_at_a_time_and_again_after_that(world: World, answered: PlanVoice) -> None:
    page = world.url("planning/ask/")
    again(world, answered, way="told", email="")
    client, later = world.client("researcher"), PlanVoice.objects.latest("pk")
    for pk in (answered.pk, later.pk, 0, "x", "9" * 30):
        assert client.get(page, {"after": pk}).status_code == 404
    said = {"form_key": key(), "version": "1", "how": "telephone", "worries": "Nothing now"}
    typing = client.get(world.url(f"planning/asked/{later.pk}/")).content.decode()
    assert "Last time: The bus" in typing
    assert client.post(world.url(f"planning/asked/{later.pk}/"), said).status_code == 302
    assert client.get(page, {"after": later.pk}).status_code == 200
    third = client.get(page, {"after": later.pk}).content.decode()
    assert "Ask Maureen Tilley what has changed" in third


def test_two_presses_ask_once(world: World, answered: PlanVoice) -> None:
    pressed = key()
    first = again(world, answered, form_key=pressed)
    second = again(world, answered, form_key=pressed)
    assert first.headers["Location"] == second.headers["Location"]
    assert PlanVoice.objects.count() == 2


def test_who_may_not_plan_asks_nobody(world: World, answered: PlanVoice) -> None:
    address = f"{world.url('planning/ask/')}?after={answered.pk}"
    assert world.client("public_partner").get(address).status_code == 403
    assert (
        "what has changed" not in world.client("public_partner").get(world.url("planning/")).content.decode()
    )
