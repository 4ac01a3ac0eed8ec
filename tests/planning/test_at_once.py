"""Two tables that save at the same moment, and the last two of a round that answer at the same moment (P47)."""

from __future__ import annotations

from functools import partial

import pytest
from django.test import Client

from programmes.models import PlanRound, PlanVisit
from tests.planning.table import sat_together, typed
from tests.planning.test_alone import apart, link_to
from tests.registration.filled import key
from tests.workers import at_once
from tests.world import World, make_world

SAID = "This has changed since you opened it"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before", [0, 1])
def test_p47_of_two_tables_that_save_at_once_one_is_told_and_loses_nothing(before: int) -> None:
    """The very first version, too."""
    world = make_world()
    if before:
        sat_together(world)
    address, browsers = (
        world.url("planning/table/"),
        [world.client("researcher"), world.client("host_manager")],
    )
    presses = [
        partial(browser.post, address, typed(version=str(before), skills=f"Skill of {number}"))
        for number, browser in enumerate(browsers)
    ]
    answers = at_once(*presses)
    assert sorted(answer.status_code for answer in answers) == [200, 302]
    page = next(answer for answer in answers if answer.status_code == 200).content.decode()
    assert SAID in page and "Skill of 0" in page and "Skill of 1" in page
    assert PlanVisit.objects.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_the_last_two_who_answer_at_once_open_the_round() -> None:
    world: World = make_world()
    apart(world)
    said = [
        partial(
            Client().post,
            link_to(f"{name}@people.example"),
            {"form_key": key(), "version": "1", "power": f"{name} says so"},
        )
        for name in ("priya", "rae")
    ]
    assert {answer.status_code for answer in at_once(*said)} == {302}
    asked = PlanRound.objects.get()
    assert asked.closed_at is not None and not asked.voices.filter(answered_at=None).exists()
