"""The round that asks what lasted at six and twelve months: once, one reminder, and late where it could not run."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from embedded.audit.models import Event
from embedded.post.models import Letter
from programmes.course import actions
from programmes.course.due import ask_what_is_due
from programmes.lifecycle import take_step
from programmes.measures.period import add_months
from programmes.models import LookingBack, Residency
from tests.registration.filled import TODAY
from tests.world import World

DAY = datetime.timedelta(days=1)
DUE = add_months(TODAY, 6)


@pytest.fixture
def ended(world: World) -> World:
    Residency.objects.filter(pk=world.residency.pk).update(
        stage="closing", host_manager_email="mary@trust.example"
    )
    residency = Residency.objects.get(pk=world.residency.pk)
    take_step(residency, "end", by=world.people["programme_lead"], on=TODAY)
    Letter.objects.all().delete()
    return world


def round_of(day: datetime.date) -> list[str]:
    """To whom the round of that day writes."""
    before = set(Letter.objects.values_list("pk", flat=True))
    at = datetime.datetime.combine(day, datetime.time(6), timezone.get_current_timezone())
    with time_machine.travel(at, tick=False):
        written = ask_what_is_due(day)
    letters = Letter.objects.exclude(pk__in=before)
    assert written == len(letters)
    return [letter.to for letter in letters]


def test_asked_on_the_day_and_reminded_once(ended: World) -> None:
    days = [DUE - DAY, DUE, DUE, DUE + DAY, DUE + 13 * DAY, DUE + 14 * DAY, DUE + 15 * DAY, DUE + 40 * DAY]
    asked = [bool(round_of(day)) for day in days]
    assert asked == [False, True, False, False, False, True, False, False]
    first, second = Letter.objects.order_by("pk")
    assert first.to == second.to == "mary@trust.example"
    assert first.subject.startswith("What lasted of") and second.subject.startswith("Reminder: what lasted")
    assert "Programme lead" in first.text and "6 months on" in first.text
    history = ended.client("host_manager").get(ended.url("history/")).content.decode()
    assert "Embedded asked by link what lasted after 6 months." in history
    assert "Embedded asked by link what lasted after 6 months once more." in history
    assert Event.objects.filter(deed="looking_back.asked_when_due").count() == 2


def test_twelve_months_are_asked_on_their_own_day(ended: World) -> None:
    round_of(DUE)
    year = add_months(TODAY, 12)
    assert round_of(year - DAY) == [] and len(round_of(year)) == 1
    assert set(LookingBack.objects.values_list("months", flat=True)) == {6, 12}


@pytest.mark.parametrize(("late", "asked"), [(90, True), (91, False)])
def test_what_fell_due_while_no_round_ran_is_caught_up_with_once(
    ended: World, late: int, asked: bool
) -> None:
    """One letter, not one and its reminder; and none long after."""
    assert bool(round_of(DUE + late * DAY)) == asked
    assert round_of(DUE + late * DAY) == []


def test_nobody_is_asked_who_has_answered_or_was_asked_by_hand_a_moment_ago(ended: World) -> None:
    residency, lead = Residency.objects.get(pk=ended.residency.pk), ended.people["programme_lead"]
    shared: dict[str, Any] = {"residency": residency, "months": 6, "on": DUE, "may_steer": True}
    at = datetime.datetime.combine(DUE - DAY, datetime.time(6), timezone.get_current_timezone())
    with time_machine.travel(at, tick=False):
        actions.ask_to_look_back(email="ward@trust.example", by=lead, **shared)
    assert round_of(DUE) == [] and round_of(DUE + 13 * DAY) == ["ward@trust.example"]
    said = actions.Answer("The clinic")
    actions.answer(said=said, name="Mary", by=None, at=timezone.now(), **(shared | {"months": 12}))
    assert round_of(add_months(TODAY, 12)) == []


@pytest.mark.parametrize(("brought_in", "asked"), [(DUE, True), (DUE + DAY, False)])
def test_what_was_brought_in_after_its_day_is_not_asked(
    ended: World, brought_in: datetime.date, asked: bool
) -> None:
    Residency.objects.filter(pk=ended.residency.pk).update(adopted_on=brought_in)
    assert bool(round_of(DUE + DAY)) == asked


def test_whoever_leads_is_asked_where_no_manager_has_an_address(ended: World) -> None:
    Residency.objects.filter(pk=ended.residency.pk).update(host_manager_email="")
    assert round_of(DUE) == [ended.people["programme_lead"].email]


@pytest.mark.parametrize("stage", ["active", "withdrawn", "declined"])
def test_what_never_ended_is_not_asked(ended: World, stage: str) -> None:
    Residency.objects.filter(pk=ended.residency.pk).update(stage=stage, review_on=None)
    assert round_of(DUE) == []
