"""Settling in: who is who, what is missing, the first hundred days made from the record and ticked by their owner."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from programmes.models import AccessItem, FirstDaysLine
from programmes.settling import plan
from programmes.settling.actions import add_own
from tests.registration.filled import TODAY, key
from tests.world import World, client_of, join, make_person

DAY = datetime.timedelta(days=1)


def page(world: World) -> str:
    answer = world.client("researcher").get(world.url("settling/"))
    assert answer.status_code == 200
    return answer.content.decode()


def press(world: World, value: str) -> Any:
    typed = {"form_key": key(), "press": value}
    return world.client("researcher").post(world.url("settling/tick/"), typed)


def test_who_is_who_has_names_parts_and_telephones_each_once(world: World) -> None:
    manager = world.people["host_manager"]
    manager.phone = "0191 498 0000"
    manager.save()
    residency = world.residency
    residency.host_manager_name = residency.navigator_name = str(manager)
    residency.mentor_name = "Mo Mentor"
    residency.save()
    shown = page(world)
    table = shown[shown.index("Who is who") : shown.index("What is missing")]
    assert table.count('href="tel:01914980000"') == 1
    assert "Host manager, Navigator: shows you round" in table
    assert "Mo Mentor" in table and "Not known yet" in table
    assert str(world.people["funder"]) not in table and str(world.people["public_partner"]) not in table


def test_what_is_missing_is_ones_own_access_and_what_the_residency_lacks(world: World) -> None:
    AccessItem.objects.create(
        placement=world.placement, host=world.host, kind="badge", owner_name="Sam Estates"
    )
    shown = page(world)
    assert "is not in place. Sam Estates sees to it" in shown
    assert "Sign an agreement on supervision" in shown


def test_the_first_hundred_days_are_made_from_the_record(world: World) -> None:
    assert "Go round with" not in page(world)
    world.residency.navigator_name = "Nell Navigator"
    world.residency.save()
    assert "Go round with Nell Navigator" in page(world)
    assert not FirstDaysLine.objects.exists()


def test_a_line_is_ticked_and_unticked(world: World) -> None:
    assert press(world, "done:people").status_code == 302
    assert press(world, "done:people").status_code == 302
    assert FirstDaysLine.objects.get().done_on == TODAY
    shown = page(world)
    assert "1 of " in shown
    folded = shown[shown.index("What you have done (1)") :]
    assert 'value="undone:people"' in folded and 'value="done:' not in folded
    press(world, "undone:people")
    assert FirstDaysLine.objects.get().done_on is None
    assert "What you have done (" not in page(world)


def test_a_line_of_ones_own_is_added_ticked_and_taken_out(world: World) -> None:
    typed = {"form_key": key(), "words": "Sit in on a ward round", "week": "3"}
    world.client("researcher").post(world.url("settling/"), typed)
    own = FirstDaysLine.objects.get()
    assert b"ward" not in bytes(own.text)
    assert "Sit in on a ward round" in page(world)
    press(world, f"done:own-{own.pk}")
    own.refresh_from_db()
    assert own.done_on == TODAY
    press(world, f"remove:own-{own.pk}")
    assert not FirstDaysLine.objects.exists()


@pytest.mark.parametrize("week", ["0", "16"])
def test_a_hundred_days_have_fifteen_weeks(world: World, week: str) -> None:
    typed = {"form_key": key(), "words": "x", "week": week}
    world.client("researcher").post(world.url("settling/"), typed)
    assert not FirstDaysLine.objects.exists()


@pytest.mark.parametrize(
    "value", ["done:nothing", "done:own-0", "done:own-x", "remove:own-999999999999999999999"]
)
def test_a_line_that_is_not_there_is_not_found(world: World, value: str) -> None:
    assert press(world, value).status_code == 404


def test_nobody_else_sees_or_ticks_it(world: World) -> None:
    own = add_own(residency=world.residency, week=1, words="My own line", by=world.people["researcher"])
    for who in ("host_manager", "programme_lead", "academic_supervisor"):
        assert world.client(who).get(world.url("settling/")).status_code == 403
    second = make_person("Second Researcher")
    join(second, "researcher", world.programme, world.residency)
    browser = client_of(second)
    assert "My own line" not in browser.get(world.url("settling/")).content.decode()
    typed = {"form_key": key(), "press": f"remove:own-{own.pk}"}
    assert browser.post(world.url("settling/tick/"), typed).status_code == 404


@pytest.mark.parametrize(("ago", "week"), [(-1, None), (0, 1), (6, 1), (7, 2), (104, 15), (105, None)])
def test_the_weeks_are_counted_from_the_first_day(ago: int, week: int | None) -> None:
    assert plan.week_of(TODAY - ago * DAY, TODAY) == week
    assert plan.week_of(None, TODAY) is None
