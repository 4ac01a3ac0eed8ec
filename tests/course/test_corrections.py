"""A wrong start and wrong days a week, corrected while it runs: within the rules, with a reason, in the history."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from programmes import posts
from programmes.lifecycle import StepRefused, take_step
from programmes.models import Correction, Placement, Residency, StageChange
from tests.registration.filled import TODAY, boxes, key
from tests.world import World, make_residency

DAY = datetime.timedelta(days=1)


@pytest.fixture
def manager(world: World) -> Client:
    return world.client("host_manager")


def correct(client: Client, world: World, start: datetime.date, **typed: str) -> Any:
    """Sends the form with what is saved in it, but for the start and what is typed."""
    version = str(Residency.objects.get(pk=world.residency.pk).version)
    said = {"days_a_week": "3", "why": "Typed wrongly", "form_key": key(), "version": version}
    return client.post(world.url("correct/"), said | boxes("started_on", start) | typed)


def begun(world: World) -> datetime.date:
    """The residency of the world and the day it started, with the steps that say so."""
    start = world.residency.started_on
    assert start is not None
    rows = [("approved", start - 30 * DAY), ("active", start), ("paused", TODAY - 20 * DAY)]
    by, before = world.people["programme_lead"], ""
    for stage, on in rows:
        StageChange.objects.create(residency=world.residency, from_stage=before, to_stage=stage, on=on, by=by)
        before = stage
    Residency.objects.filter(pk=world.residency.pk).update(stage="paused", days_a_week="2.5")
    return start


def test_correction_keeps_what_it_was_and_dates_the_step_anew(world: World, manager: Client) -> None:
    start = begun(world)
    assert correct(manager, world, start - 3 * DAY).status_code == 302
    now = Residency.objects.get(pk=world.residency.pk)
    assert (now.started_on, now.planned_start, now.days_a_week) == (*[start - 3 * DAY] * 2, Decimal(3))
    kept = Correction.objects.get()
    assert (kept.old_start, kept.new_start, kept.why) == (start, start - 3 * DAY, "Typed wrongly")
    assert (kept.old_days, kept.new_days, kept.by) == (Decimal("2.5"), 3, world.people["host_manager"])
    assert now.stage_changes.get(to_stage="active").on == start - 3 * DAY
    history = manager.get(world.url("history/")).content.decode()
    said = f"corrected the start from {start.day} {start:%B %Y} to"
    assert said in history and "the days a week from 2.5 to 3" in history and "Typed wrongly" in history


@pytest.mark.parametrize(
    ("days", "typed", "wrong"),
    [
        (0, {"why": ""}, "Enter the reason"),
        (0, {"days_a_week": "2.5"}, "Enter another start date or other days"),
        (0, {"days_a_week": "5.1"}, "days_a_week-error"),
        (0, {"days_a_week": "0.4"}, "days_a_week-error"),
        (-31, {}, "the day of the step before"),
        (-30, {}, ""),
        (0, {"days_a_week": "5"}, ""),
        (0, {"days_a_week": "0.5"}, ""),
    ],
)
def test_correction_within_the_rules(
    world: World, manager: Client, days: int, typed: dict[str, str], wrong: str
) -> None:
    answer = correct(manager, world, begun(world) + days * DAY, **typed)
    assert (answer.status_code == 200) == bool(wrong)
    assert not wrong or wrong.lower() in answer.content.decode().lower()
    assert Correction.objects.exists() != bool(wrong)


@pytest.mark.parametrize(("on", "wrong"), [(20, ""), (19, "the day of the step after")])
def test_steps_stay_in_their_order(world: World, manager: Client, on: int, wrong: str) -> None:
    begun(world)
    Placement.objects.all().delete()
    answer = correct(manager, world, TODAY - on * DAY).content.decode()
    assert wrong in answer and Correction.objects.exists() != bool(wrong)


@pytest.mark.parametrize(("later", "wrong"), [(4, ""), (5, "Change that post first")])
def test_v12_no_post_begins_before_it(world: World, manager: Client, later: int, wrong: str) -> None:
    start = begun(world)
    Placement.objects.update(start=start + 4 * DAY)
    answer = correct(manager, world, start + later * DAY).content.decode()
    assert wrong in answer and Correction.objects.exists() != bool(wrong)


@pytest.mark.parametrize(("earlier", "fits"), [(3, True), (4, False)])
def test_v12_a_post_may_begin_on_the_corrected_start(
    world: World, manager: Client, earlier: int, fits: bool
) -> None:
    """Also where the planned start, another day, stays as it was agreed."""
    start = begun(world)
    Residency.objects.filter(pk=world.residency.pk).update(planned_start=start + DAY)
    correct(manager, world, start - 3 * DAY)
    residency = Residency.objects.get(pk=world.residency.pk)
    assert residency.planned_start == start + DAY
    if fits:
        posts.check_dates(residency, start - earlier * DAY, None)
    else:
        with pytest.raises(StepRefused, match="Start date must be"):
            posts.check_dates(residency, start - earlier * DAY, None)


@pytest.mark.parametrize(("stage", "works"), [("onboarding", False), ("closing", True), ("ended", False)])
def test_correction_while_it_goes_on(world: World, manager: Client, stage: str, works: bool) -> None:
    start = begun(world)
    Residency.objects.filter(pk=world.residency.pk).update(stage=stage)
    page = manager.get(world.url("correct/")).content.decode()
    assert ("When did it start?" in page) == works
    correct(manager, world, start - DAY)
    assert Correction.objects.exists() == works


def test_correction_of_what_somebody_else_saved_is_shown_first(world: World, manager: Client) -> None:
    start = begun(world)
    answer = correct(manager, world, start - DAY, version="0").content.decode()
    assert "This has changed since you opened it" in answer and not Correction.objects.exists()


def test_dates_and_people_lead_elsewhere_once_it_has_started(world: World, manager: Client) -> None:
    """People hand over then; what the People page saved would not be in the history of the parts."""
    for page, there in (("people", "posts/"), ("dates", "correct/")):
        assert manager.get(world.url(f"registration/{page}/")).headers["Location"] == world.url(there)
        assert manager.post(world.url(f"registration/{page}/"), {"form_key": key()}).status_code == 403
    assert f'href="{world.url("correct/")}"' in manager.get(world.url("registration/")).content.decode()


@pytest.mark.parametrize("stage", ["idea", "approved", "onboarding", "active", "withdrawn"])
def test_row_of_a_part_works_or_is_not_offered(world: World, manager: Client, stage: str) -> None:
    residency = make_residency(world.programme, world.host, stage)
    here = f"/p/{world.programme.slug}/r/{residency.code}/"
    page = manager.get(f"{here}posts/").content.decode()
    offered = {part: f'href="{here}parts/{part}/"' in page for part in ("sponsor", "navigator", "mentor")}
    over = stage == "withdrawn"
    assert set(offered.values()) == {not over}
    started = stage == "active"
    assert (f'href="{here}parts/host_manager/"' in page) == started
    assert (f'href="{here}registration/people/"' in page) == (not over and not started)
    if not over:
        assert manager.get(f"{here}parts/navigator/").status_code == 200
        said = {"name": "Nia Navigator", "form_key": key(), "version": "1"} | boxes("on", TODAY)
        assert manager.post(f"{here}parts/navigator/", said).status_code == 302
        assert "Nia Navigator" in manager.get(f"{here}posts/").content.decode()


def test_step_after_a_correction_follows_the_corrected_day(world: World) -> None:
    """V-17, V-18: what ended cannot have ended before the day it started by now."""
    start, by = begun(world), world.people["programme_lead"]
    Placement.objects.all().delete()
    correct(world.client("programme_lead"), world, start + 9 * DAY)
    residency = Residency.objects.get(pk=world.residency.pk)
    with pytest.raises(StepRefused, match="the day it started"):
        take_step(residency, "stop_early", by=by, on=start + 8 * DAY, why="Because", ended_reason="concern")
