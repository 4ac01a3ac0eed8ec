"""Who guides it, who stands behind it, how it will end: R14, R18, R19 and V-18 through the page."""

from __future__ import annotations

import datetime
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from embedded.audit.models import Event
from programmes.models import Residency, Stage
from tests.world import World, make_residency

TODAY = timezone.localdate()
LATER = TODAY + datetime.timedelta(days=900)


def boxes(name: str, day: datetime.date) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def steer(client: Client, residency: Residency, version: int | None = None, **typed: Any) -> Any:
    """Presses Save with what is typed over a residency as it stands now, or as it stood at `version`."""
    residency.refresh_from_db()
    address = f"/p/{residency.programme.slug}/r/{residency.code}/steering/"
    seen = residency.version if version is None else version
    answer = client.post(address, {"form_key": str(uuid4()), "version": str(seen)} | typed)
    residency.refresh_from_db()
    return answer


@pytest.fixture
def lead(world: World) -> Client:
    return world.client("programme_lead")


def test_group_counts_as_entered_once_somebody_said_how_many(world: World, lead: Client) -> None:
    """R14 looks only from then."""
    residency = world.residency
    steer(lead, residency, **boxes("exit_plan_on", TODAY))
    assert residency.guiding_group_entered_on is None
    assert residency.exit_plan_on == TODAY
    steer(lead, residency, guiding_group="Ward manager, carer", public_partners="0")
    assert residency.guiding_group_entered_on == TODAY
    assert residency.guiding_group == "Ward manager, carer"
    assert residency.public_partners_in_guiding_group == 0


def test_two_public_partners_are_offered_and_count_once_the_group_is_named(
    world: World, lead: Client
) -> None:
    """users.md decision 12: two are the default. Saving something else does not say that they are there (R14)."""
    page = lead.get(world.url("steering/")).content.decode()
    assert re.search(r'name="public_partners"[^>]*value="2"', page)
    steer(lead, world.residency, public_partners="2", sponsor_name="Ann Board")
    assert world.residency.guiding_group_entered_on is None
    assert world.residency.public_partners_in_guiding_group == 0
    steer(lead, world.residency, guiding_group="Ward manager, two carers", public_partners="2")
    assert world.residency.public_partners_in_guiding_group == 2
    assert world.residency.guiding_group_entered_on == TODAY


def test_group_keeps_the_day_it_was_first_entered(world: World, lead: Client) -> None:
    first = TODAY - datetime.timedelta(days=40)
    Residency.objects.filter(pk=world.residency.pk).update(guiding_group_entered_on=first)
    steer(lead, world.residency, public_partners="2")
    assert world.residency.guiding_group_entered_on == first


def test_group_with_names_asks_how_many_are_public(world: World, lead: Client) -> None:
    page = steer(lead, world.residency, guiding_group="Ward manager").content.decode()
    assert "Enter how many are members of the public, 0 if there are none" in page
    assert "Ward manager" in page
    assert world.residency.guiding_group == ""


def test_sponsor_who_left_is_recorded_and_a_new_name_ends_the_gap(world: World, lead: Client) -> None:
    """R18."""
    residency, left = world.residency, TODAY - datetime.timedelta(days=45)
    steer(lead, residency, sponsor_name="Ann Old", **boxes("sponsor_left_on", left))
    assert residency.sponsor_left_on == left
    steer(lead, residency, sponsor_name="Bea New", **boxes("sponsor_left_on", left))
    assert (residency.sponsor_name, residency.sponsor_left_on) == ("Bea New", None)


def test_end_goes_on_and_the_earlier_end_is_kept(world: World, lead: Client) -> None:
    """V-18: the old end, the new one, the day, who and why; the decision about the new end is open."""
    residency = world.residency
    old = residency.planned_end
    steer(lead, residency, end_decision="goes_on", why="More money", **boxes("new_end", LATER))
    change = residency.end_changes.get()
    assert (change.old_end, change.new_end, change.why, change.on) == (old, LATER, "More money", TODAY)
    assert change.by == world.people["programme_lead"]
    assert residency.planned_end == LATER
    assert (residency.end_decision, residency.end_decision_on) == ("", None)
    page = lead.get(f"/p/{residency.programme.slug}/r/{residency.code}/steering/").content.decode()
    assert "Ends that were moved" in page
    assert "More money" in page


def test_end_as_planned_is_a_decision_with_a_day(world: World, lead: Client) -> None:
    """R19: today, unless another day is typed."""
    steer(lead, world.residency, end_decision="ends")
    assert (world.residency.end_decision, world.residency.end_decision_on) == ("ends", TODAY)
    earlier = TODAY - datetime.timedelta(days=3)
    steer(lead, world.residency, end_decision="ends", **boxes("end_decision_on", earlier))
    assert world.residency.end_decision_on == earlier
    steer(lead, world.residency, end_decision="open")
    assert world.residency.end_decision_on is None


@pytest.mark.parametrize(
    ("typed", "instruction"),
    [
        ({"end_decision": "goes_on"}, "Enter the reason"),
        ({"end_decision": "ends", "why": "x"}, "Choose “It goes on”, or leave the new end empty"),
    ],
)
def test_end_that_cannot_be_moved_says_what_to_do_and_changes_nothing(
    world: World, lead: Client, typed: dict[str, str], instruction: str
) -> None:
    before = world.residency.version
    page = steer(
        lead, world.residency, public_partners="2", **typed, **boxes("new_end", LATER)
    ).content.decode()
    assert instruction in page
    assert not world.residency.end_changes.exists()
    assert world.residency.guiding_group_entered_on is None
    assert world.residency.version == before


def test_end_of_what_has_not_started_does_not_move_here(world: World, lead: Client) -> None:
    waiting = make_residency(world.programme, world.host, stage=Stage.ONBOARDING)
    page = steer(
        lead, waiting, end_decision="goes_on", why="Time", **boxes("new_end", LATER)
    ).content.decode()
    assert "it has not started, or has ended" in page
    assert not waiting.end_changes.exists()


def test_changed_by_somebody_else_is_not_overwritten_and_nothing_typed_is_lost(
    world: World, lead: Client
) -> None:
    seen = world.residency.version
    steer(lead, world.residency, guiding_group="Carers", public_partners="2")
    page = steer(
        lead, world.residency, version=seen, public_partners="1", sponsor_name="Bea New"
    ).content.decode()
    assert "Changed since you opened it" in page
    assert "Bea New" in page
    assert world.residency.public_partners_in_guiding_group == 2


def test_one_press_leaves_one_event_that_names_no_member_of_the_group(world: World, lead: Client) -> None:
    """From what, to what; the trail forgets nobody, so the group is counted there and not named."""
    before = world.residency.public_partners_in_guiding_group
    steer(lead, world.residency, guiding_group="Cara Carer", public_partners="1", sponsor_name="Bea New")
    event = Event.objects.get(deed="residency.steering_saved")
    assert ["sponsor_name", "", "Bea New"] in event.details["from_to"]
    assert event.details["rewritten"] == ["guiding_group"] and "Cara" not in str(event.details)
    told = lead.get(world.url("history/")).content.decode()
    assert "the executive sponsor from nothing to Bea New" in told and "who is in the guiding group" in told
    assert f"in the guiding group from {before or 'nothing'} to 1" in told


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("programme_lead", 200),
        ("programme_officer", 200),
        ("theme_lead", 200),
        ("host_manager", 200),
        ("researcher", 403),
        ("academic_supervisor", 403),
        ("exec_sponsor", 403),
        ("hr", 403),
        ("public_partner", 403),
        ("funder", 404),
    ],
)
def test_page_opens_for_those_who_set_up(world: World, role: str, status: int) -> None:
    assert world.client(role).get(world.url("steering/")).status_code == status


def test_host_manager_is_not_asked_about_the_end_and_cannot_move_it(world: World) -> None:
    manager = world.client("host_manager")
    page = manager.get(world.url("steering/")).content.decode()
    assert "What is decided about the end?" not in page
    assert "The programme lead decides" in page
    steer(
        manager,
        world.residency,
        guiding_group="Carers",
        public_partners="2",
        end_decision="goes_on",
        why="x",
        **boxes("new_end", LATER),
    )
    assert world.residency.public_partners_in_guiding_group == 2
    assert world.residency.planned_end != LATER


def test_page_of_a_stranger_is_not_found(world: World, other_world: World) -> None:
    assert other_world.client("programme_lead").get(world.url("steering/")).status_code == 404


def test_residency_leads_to_the_page(world: World, lead: Client) -> None:
    assert world.url("steering/") in lead.get(world.url()).content.decode()
