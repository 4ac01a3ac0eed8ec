"""Positions between two ends: a slider for whoever has a pointer, radio buttons for keys and where no script runs."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from programmes.models import PlanAnswer
from tests.journeys.conftest import Visitor, Way, visit
from tests.planning.table import sat_together
from tests.world import World

__all__ = ["visit"]
WAYS = (Way("wide", 1280), Way("phone", 375), Way("plain", 1280, script=False))
THEME = "1. What should be different"


@pytest.fixture(params=WAYS, ids=lambda way: way.name)
def way(request: pytest.FixtureRequest) -> Way:
    chosen: Way = request.param
    return chosen


def place(one: Locator) -> tuple[float, float]:
    box = one.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.django_db(transaction=True)
def test_a_position_is_dragged_pressed_or_typed_and_stays_a_radio_button(
    world: World, visit: Callable[..., Visitor], way: Way
) -> None:
    sat_together(world)
    visitor = visit(world.people["researcher"])
    visitor.go(world.url("planning/table/"))
    visitor.over()
    radios = visitor.page.locator("input[name=outcomes_position]")
    assert radios.nth(1).is_checked()  # where it stood
    if way.name == "wide":
        drag(visitor, radios)
    visitor.keys.to(
        "Mostly what others can use too" if way.name == "wide" else "Mostly what helps here", "Between"
    )
    visitor.page.keyboard.press("ArrowDown")
    chosen = "other_end" if way.name == "wide" else "between"
    assert visitor.page.locator(f"input[value={chosen}][name=outcomes_position]").is_checked()
    if folder := os.environ.get("EMBEDDED_LOOK"):
        visitor.page.screenshot(path=Path(folder) / f"{way.name}-scale.png", full_page=True)
    visitor.keys.choose("Rae", "Who is at the table?")
    visitor.keys.press("Save")
    visitor.says("Saved: version 2 of the plan")
    assert PlanAnswer.objects.get(visit__number=2).position == chosen


def drag(visitor: Visitor, radios: Locator) -> None:
    """From where it stands along the line to the fourth place of five; "not sure" is no place on it."""
    mouse = visitor.page.mouse
    radios.nth(1).scroll_into_view_if_needed()
    x, y = place(radios.nth(1))
    mouse.move(x, y)
    mouse.down()
    for number, step in ((0, 4), (2, 4), (4, 4), (3, 8)):
        across, _ = place(radios.nth(number))
        mouse.move(across + 9, y + 3, steps=step)
        assert radios.nth(number).is_checked()
    mouse.up()
    mouse.move(x, y)
    assert radios.nth(3).is_checked()
    mouse.click((place(radios.nth(1))[0] + place(radios.nth(2))[0]) / 2 - 12, y)  # on the line itself
    assert radios.nth(1).is_checked()
    mouse.click(*place(radios.nth(3)))
    assert radios.nth(3).is_checked()
