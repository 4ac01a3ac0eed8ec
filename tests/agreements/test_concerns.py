"""What an agreement asks somebody to see to is said where it matters: its page, the top line, the decision (V-21)."""

from __future__ import annotations

import datetime
import re
from html import unescape

import pytest

from programmes import concerns, lacking
from programmes.models import Agreement, Residency, Stage
from tests.agreements.telling import NEEDED, TODAY, sign
from tests.world import World

DAY = datetime.timedelta(days=1)


def page(world: World, tail: str = "", role: str = "programme_lead") -> str:
    text = unescape(world.client(role).get(world.url(tail)).content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def about(residency: Residency) -> list[str]:
    return [one.about for one in concerns.concerns_of(residency, list(residency.agreements.all()), TODAY)]


@pytest.mark.parametrize(("publication", "flag"), [("host_approval", True), ("free", False)])
def test_v21_flag_stands_on_the_agreements_the_residency_and_the_decision(
    world: World, publication: str, flag: bool
) -> None:
    sign(world.residency, publication=publication, effective_to=TODAY + 400 * DAY)
    for tail in ("", "agreements/"):
        assert ("lets the host decide what is published" in page(world, tail)) is flag
    rules = [one.rule for one in lacking.at_approval(world.residency, TODAY)]
    assert ("V-21" in rules) is flag


def test_v21_flag_goes_with_the_agreement(world: World) -> None:
    sign(world.residency, publication="host_approval", effective_to=TODAY, signed_on=TODAY - 9 * DAY)
    assert "publishing" in about(world.residency)
    Agreement.objects.update(effective_to=TODAY - DAY)
    assert "publishing" not in about(world.residency)
    assert "lets the host decide" not in page(world) + page(world, "agreements/")


@pytest.mark.parametrize(("days", "told"), [(-1, True), (0, True), (14, True), (15, False)])
def test_day_to_look_again_is_told_from_a_fortnight_before(world: World, days: int, told: bool) -> None:
    sign(world.residency, review_on=TODAY + days * DAY)
    assert about(world.residency) == (["review"] if told else [])
    assert ("To be looked at again" in page(world, "agreements/")) is told
    assert ("Next (" in page(world) and "Look again at the hosting agreement" in page(world)) is told


@pytest.mark.parametrize(("days", "told"), [(0, True), (60, True), (61, False)])
def test_end_that_comes_too_soon_is_the_next_thing(world: World, days: int, told: bool) -> None:
    sign(world.residency, effective_to=TODAY + days * DAY)
    assert about(world.residency) == (["end"] if told else [])
    assert ("before the residency does" in page(world)) is told


def test_nearest_day_comes_first_and_what_has_none_last(world: World) -> None:
    sign(world.residency, publication="host_approval")
    sign(world.residency, effective_to=TODAY + 9 * DAY)
    sign(world.residency, review_on=TODAY + 3 * DAY)
    assert about(world.residency) == ["review", "end", "publishing"]


@pytest.mark.parametrize("role", ["public_partner"])
def test_agreements_are_not_told_to_who_may_not_see_them(world: World, role: str) -> None:
    sign(world.residency, publication="host_approval", review_on=TODAY)
    assert "is published" not in page(world, role=role) and "Look again" not in page(world, role=role)


def test_nothing_is_asked_once_it_is_over(world: World) -> None:
    sign(world.residency, covers=NEEDED, publication="host_approval", review_on=TODAY)
    Residency.objects.update(stage=Stage.ENDED, ended_on=TODAY)
    assert "Look again" not in page(world) + page(world, "agreements/")
