"""The rules of attention: switched by the lead, previewed for everybody who reads the dashboard."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from embedded.audit.models import Event
from tests.dashboards.pages import (
    address,
    busy_residency,
    page_of,
    part,
)
from tests.world import (
    World,
)


def switch(client: Client, world: World, rule: str, state: str) -> Any:
    return client.post(address(world, "figures/"), {"form_key": str(uuid4()), "rule": rule, "state": state})


def test_rule_is_switched_off_and_on_by_the_lead(world: World) -> None:
    busy_residency(world)
    lead = world.client("programme_lead")
    assert "No executive sponsor since" in page_of(world)
    switch(lead, world, "R18", "off")
    assert "No executive sponsor since" not in page_of(world)
    switch(lead, world, "R18", "on")
    world.programme.refresh_from_db()
    assert "R18" in world.programme.rules_on
    told = list(Event.objects.filter(deed="programme.rule_switched").values_list("details", flat=True))
    assert sorted(one["on"] for one in told) == [False, True]


def test_switching_to_what_it_is_changes_nothing(world: World) -> None:
    switch(world.client("programme_lead"), world, "R18", "on")
    assert not Event.objects.filter(deed="programme.rule_switched").exists()


@pytest.mark.parametrize(("rule", "state"), [("R99", "on"), ("approval", "off"), ("R18", "maybe"), ("", "")])
def test_rule_that_is_none_changes_nothing(world: World, rule: str, state: str) -> None:
    before = world.programme.rules_on
    assert switch(world.client("programme_lead"), world, rule, state).status_code == 302
    world.programme.refresh_from_db()
    assert world.programme.rules_on == before


@pytest.mark.parametrize("role", ["programme_officer", "theme_lead", "funder", "host_manager"])
def test_rules_are_switched_by_the_lead_alone(world: World, role: str) -> None:
    assert switch(world.client(role), world, "R18", "off").status_code == 403
    if role != "host_manager":
        assert "Switch off" not in page_of(world, role, "figures/")


def test_preview_says_whom_a_rule_would_list(world: World) -> None:
    busy_residency(world)
    world.programme.rules_on = []
    world.programme.save()
    page = part(page_of(world, tail="figures/"), "rules")
    assert page.count("With this rule, 1 of 2 residencies would be listed now.") == 6
    assert page.count(">Off<") == 6
