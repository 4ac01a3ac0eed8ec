"""Steps of a life: a reason only where one is owed, dated rows, an end that moves and keeps the old one (V-18)."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from embedded.audit.models import Event
from programmes.models import AccessItem, Residency, Stage, StageChange
from tests.registration.filled import TODAY, boxes, key, make_idea
from tests.world import World, make_residency

LATER = TODAY + datetime.timedelta(days=900)


def take(client: Client, residency: Residency, name: str, day: datetime.date = TODAY, **typed: str) -> Any:
    address = f"/p/{residency.programme.slug}/r/{residency.code}/step/{name}/"
    again = boxes("review_on", TODAY + datetime.timedelta(days=60)) if name == "pause" else {}
    response = client.post(address, {"form_key": key()} | boxes("on", day) | again | typed)
    residency.refresh_from_db()
    return response


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        (Stage.ACTIVE, "pause", Stage.PAUSED),
        (Stage.ACTIVE, "stop_early", Stage.TERMINATED_EARLY),
        (Stage.APPROVED, "withdraw", Stage.WITHDRAWN),
    ],
)
def test_step_that_owes_a_reason_asks_for_it(world: World, before: str, name: str, after: str) -> None:
    residency = make_residency(world.programme, world.host, before)
    lead = world.client("programme_lead")
    early = {"ended_reason": "reorganisation"} if name == "stop_early" else {}
    assert "Enter the reason" in take(lead, residency, name, **early).content.decode()
    assert residency.stage == before
    take(lead, residency, name, why="The ward closed", **early)
    change = residency.stage_changes.get()
    assert (residency.stage, change.why, change.on) == (after, "The ward closed", TODAY)


@pytest.mark.parametrize(
    ("before", "name", "after"),
    [
        (Stage.PAUSED, "resume", Stage.ACTIVE),
        (Stage.ACTIVE, "begin_ending", Stage.CLOSING),
        (Stage.CLOSING, "end", Stage.ENDED),
        (Stage.ENDED, "look_back", Stage.LEGACY),
        (Stage.APPROVED, "recruit", Stage.RECRUITING),
    ],
)
def test_step_that_owes_none_does_not_ask(world: World, before: str, name: str, after: str) -> None:
    residency = make_residency(world.programme, world.host, before)
    lead = world.client("programme_lead")
    page = lead.get(f"/p/{residency.programme.slug}/r/{residency.code}/step/{name}/").content.decode()
    assert "What is the reason?" not in page
    take(lead, residency, name)
    assert residency.stage == after
    assert Event.objects.filter(deed=f"residency.{name}").count() == 1


def test_step_pressed_twice_is_one_step(world: World) -> None:
    lead, same = world.client("programme_lead"), key()
    for _ in range(2):
        assert take(lead, world.residency, "pause", why="Leave", form_key=same).status_code == 302
    assert StageChange.objects.filter(to_stage=Stage.PAUSED).count() == 1


def test_pause_keeps_everything_and_says_when_to_look_again(world: World) -> None:
    residency, lead = world.residency, world.client("programme_lead")
    page = take(lead, residency, "pause", why="The ward moves", **boxes("review_on", None)).content.decode()
    assert "Enter the day to look at it again" in page and residency.stage == Stage.ACTIVE
    again, posts = TODAY + datetime.timedelta(days=60), residency.placements.count()
    take(lead, residency, "pause", why="The ward moves")
    assert (residency.stage, residency.review_on) == (Stage.PAUSED, again)
    assert (residency.placements.count(), residency.started_on is not None) == (posts, True)
    shown = lead.get(residency.get_absolute_url()).content.decode()
    assert f"To be looked at again on {again.day} {again:%B %Y}" in shown
    take(lead, residency, "resume")
    assert (residency.stage, residency.review_on) == (Stage.ACTIVE, None)
    assert residency.stage_changes.get(to_stage=Stage.PAUSED).review_on == again


@pytest.mark.parametrize(("days", "stage"), [(0, Stage.ACTIVE), (1, Stage.PAUSED)])
def test_pause_is_looked_at_again_after_today(world: World, days: int, stage: str) -> None:
    again = boxes("review_on", TODAY + datetime.timedelta(days=days))
    take(world.client("programme_lead"), world.residency, "pause", why="The ward moves", **again)
    assert world.residency.stage == stage


def test_step_is_dated_today_or_before_and_after_the_last_one(world: World) -> None:
    lead, yesterday = world.client("programme_lead"), TODAY - datetime.timedelta(days=1)
    tomorrow = take(lead, world.residency, "begin_ending", TODAY + datetime.timedelta(days=1))
    assert "must be today or in the past" in tomorrow.content.decode()
    take(lead, world.residency, "begin_ending", TODAY)
    assert "on or after" in take(lead, world.residency, "end", yesterday).content.decode()
    take(lead, world.residency, "end", TODAY)
    assert (world.residency.stage, world.residency.ended_on) == (Stage.ENDED, TODAY)


def test_step_that_cannot_be_taken_now_says_so(world: World) -> None:
    lead = world.client("programme_lead")
    page = take(lead, world.residency, "resume").content.decode()
    assert "This cannot be done now" in page
    assert world.residency.stage == Stage.ACTIVE


def test_ending_names_the_access_that_is_still_open(world: World) -> None:
    """V-15 and V-16 are shown and stop nobody."""
    AccessItem.objects.create(placement=world.placement, host=world.host, kind="it_account", state="in_place")
    address = f"/p/{world.programme.slug}/r/{world.residency.code}/step/begin_ending/"
    page = world.client("programme_lead").get(address).content.decode()
    assert "No plan for the ending is recorded yet" in page
    assert "IT account for Embedded researcher at Made Up Trust" in page


def test_steps_with_pages_of_their_own_lead_there(world: World) -> None:
    idea = make_idea(world.programme, world.host, world.people["host_manager"])
    address = f"/p/{idea.programme.slug}/r/{idea.code}/"
    client = world.client("host_manager")
    assert client.get(f"{address}step/submit/")["Location"] == f"{address}registration/check/"
    assert client.get(f"{address}step/start/")["Location"] == f"{address}start/"
    assert client.get(f"{address}step/nonsense/").status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [("host_manager", 403), ("researcher", 403), ("theme_lead", 200)]
)
def test_steering_steps_are_for_those_who_lead(world: World, role: str, status: int) -> None:
    address = f"/p/{world.programme.slug}/r/{world.residency.code}/step/pause/"
    assert world.client(role).get(address).status_code == status


def test_steps_of_a_stranger_are_not_found(world: World, other_world: World) -> None:
    lead = other_world.client("programme_lead")
    for name in ("pause", "extend"):
        address = f"/p/{world.programme.slug}/r/{world.residency.code}/step/{name}/"
        assert lead.get(address).status_code == 404


def extend(client: Client, residency: Residency, end: datetime.date, why: str = "More money") -> Any:
    address = f"/p/{residency.programme.slug}/r/{residency.code}/step/extend/"
    response = client.post(
        address, {"form_key": key(), "why": why, "approved_by": "The board"} | boxes("new_end", end)
    )
    residency.refresh_from_db()
    return response


def test_end_that_moves_keeps_the_old_one(world: World) -> None:
    """V-18, with a reason; a post that ended with it ends with it again."""
    residency, lead = world.residency, world.client("programme_lead")
    old = residency.planned_end
    world.placement.end = old
    world.placement.save()
    extend(lead, residency, LATER)
    change = residency.end_changes.get()
    assert (change.old_end, change.new_end, change.why) == (old, LATER, "More money")
    assert change.approved_by_name == "The board"
    assert residency.planned_end == LATER
    world.placement.refresh_from_db()
    assert world.placement.end == LATER


@pytest.mark.parametrize(
    ("days", "why", "instruction"),
    [
        (900, "", "Enter the reason"),
        (-200, "Why not", "after the day it started"),
        (500, "Why not", "different end"),
    ],
)
def test_end_that_cannot_move_says_why(world: World, days: int, why: str, instruction: str) -> None:
    page = extend(world.client("programme_lead"), world.residency, TODAY + datetime.timedelta(days=days), why)
    assert instruction in page.content.decode()
    assert not world.residency.end_changes.exists()


def test_end_of_an_idea_does_not_move_here(world: World) -> None:
    idea = make_idea(world.programme, world.host, world.people["programme_lead"])
    assert "This cannot be done now" in extend(world.client("programme_lead"), idea, LATER).content.decode()
