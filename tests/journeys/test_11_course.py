"""Journey 11: a lead approves with two conditions that are met; pause, go on, extend, hand over, end, look back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

import pytest

from programmes import adopting
from programmes.models import EndedReason, Placement, Residency, Stage
from tests.journeys.conftest import PHONE, PLAIN, WIDE, Visitor, Way, letter_to
from tests.journeys.earlier import TITLE, Earlier, at, day, programme_with_manager, sent

FULL: Final = pytest.mark.full
BOTH: Final = pytest.mark.parametrize(
    "way", [pytest.param(WIDE, id="wide"), pytest.param(PHONE, id="phone", marks=FULL)], indirect=True
)
ALL: Final = pytest.mark.parametrize(
    "way",
    [
        pytest.param(PHONE, id="phone"),
        pytest.param(PLAIN, id="plain"),
        pytest.param(WIDE, id="wide", marks=FULL),
    ],
    indirect=True,
)
LEDGE: Final = "Make the ledge by the lift safe"


@BOTH
def test_a_lead_approves_with_two_conditions_that_are_then_met(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = programme_with_manager()
    earlier.residency = sent(earlier)
    lead, manager = visit(earlier.lead), visit(earlier.manager)
    lead.go(earlier.url("approval/"))
    keys = lead.keys
    keys.choose("Approve with conditions", "What do you decide?")
    keys.choose("Sign an agreement on supervision")
    keys.type("What has to be done?", LEDGE)
    keys.type("Who sees to it?", "Mira Manager")
    keys.date("By when?", day(30))
    keys.press("Save the decision")
    lead.says(LEDGE)
    assert earlier.residency.conditions.filter(met_on=None).count() == 2
    assert LEDGE in letter_to(earlier.manager.email)
    manager.go(earlier.url("course/"))
    manager.says(f"Condition: {LEDGE}")
    manager.over()
    meet_both(manager, earlier)
    lead.go(earlier.url("history/"))
    lead.says(f"Mira Manager recorded a condition as met on {today()}: {LEDGE}")
    lead.says("Lena Lead approved it with conditions, from “being planned” to “being set up”")
    lead.over()


def meet_both(manager: Visitor, earlier: Earlier) -> None:
    for open_ones in (2, 1):
        assert earlier.residency.conditions.filter(met_on=None).count() == open_ones
        manager.go(earlier.url("registration/"))
        manager.keys.follow("Record that it is met")
        if open_ones == 2:
            manager.over()
        manager.keys.press("Save")
        manager.says("Saved: the condition is met")
    assert not earlier.residency.conditions.filter(met_on=None).exists()
    manager.go(earlier.url("course/"))
    assert LEDGE not in manager.page.locator("main").inner_text()


def today() -> str:
    return f"{day(0).day} {day(0):%B %Y}"


def adopted(earlier: Earlier) -> Residency:
    """One that has run for 200 days."""
    running = adopting.Running(
        title=TITLE,
        host=earlier.host,
        stage="running",
        start=day(-200),
        end=day(400),
        researcher_name="Rae Researcher",
        researcher_email="rae@fenwick.example",
        days_a_week=Decimal(3),
        academic_home=earlier.university,
    )
    return adopting.adopt(
        programme=earlier.programme, running=running, by=earlier.lead, on=day(-190), at=at(-190)
    )


@ALL
def test_a_residency_rests_goes_on_longer_changes_hands_ends_and_is_looked_back_at(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = programme_with_manager()
    earlier.residency = adopted(earlier)
    lead = visit(earlier.lead)
    pause_and_go_on(lead, earlier)
    move_the_end(lead, earlier)
    change_hands(lead, earlier)
    end(lead, earlier)
    look_back(lead, earlier)
    lead.go(earlier.url("history/"))
    for words in (
        "Lena Lead paused it, from “running” to “paused”",
        "Reason: The ward moves house",
        f"moved the end from {day(400).day} {day(400):%B %Y} to {day(500).day} {day(500):%B %Y}",
        "handed the post of Rae Researcher over to Nia Newcomer",
        "named Ward Sister as navigator",
        "Lena Lead ended it, from “ending” to “ended”",
        "Lena Lead said what lasted",
    ):
        lead.says(words)
    lead.over()


def pause_and_go_on(lead: Visitor, earlier: Earlier) -> None:
    lead.go(earlier.url())
    lead.keys.follow("What comes next")
    lead.says("It rests until a day that you name, with the reason. Everything is kept: posts, access, log.")
    lead.over()
    lead.keys.follow("Pause")
    lead.keys.press("Pause")
    lead.says("There is a problem")
    lead.over()
    lead.keys.type("What is the reason?", "The ward moves house")
    lead.keys.date("When do you look at it again?", day(40))
    lead.keys.press("Pause")
    lead.says("is paused now")
    lead.go(earlier.url("course/"))
    lead.says("Whether it goes on")
    lead.keys.follow("Go on")
    lead.keys.press("Go on")
    assert stage_of(earlier) == Stage.ACTIVE


def move_the_end(lead: Visitor, earlier: Earlier) -> None:
    lead.go(earlier.url("course/"))
    lead.keys.follow("Move the end")
    lead.over()
    lead.keys.date("When does it end now?", day(500))
    lead.keys.type("What is the reason?", "One more winter")
    lead.keys.type("Who approved it?", "The board")
    lead.keys.press("Save the new end")
    lead.says(f"it ends on {day(500).day} {day(500):%B %Y} now")
    assert earlier.residency.end_changes.get().old_end == day(400)
    assert earlier.residency.placements.get().end == day(500)


def change_hands(lead: Visitor, earlier: Earlier) -> None:
    lead.go(earlier.url())
    lead.keys.follow("Posts and parts")
    lead.over()
    lead.keys.follow("Hand over")
    lead.keys.type("Full name of the new person", "Nia Newcomer")
    lead.keys.type("Email address", "nia@fenwick.example")
    lead.keys.date("From which day?", day(-10))
    lead.keys.type("What does the new person do?", "Anthropologist")
    lead.over()
    lead.keys.press("Hand over and invite")
    lead.says("Nia Newcomer takes the post over")
    lead.keys.follow("Say who is navigator")
    lead.over()
    lead.keys.type("Full name of the new person", "Ward Sister")
    lead.keys.press("Save")
    lead.says("Ward Sister")
    assert "Rae Researcher" in lead.page.locator("main").inner_text()


def end(lead: Visitor, earlier: Earlier) -> None:
    lead.go(earlier.url("course/"))
    lead.keys.follow("Begin to end")
    lead.keys.press("Begin to end")
    lead.keys.follow("The closing list")
    lead.keys.follow("Record: Somebody takes over the work")
    lead.over()
    lead.keys.type("Who sees to it?", "Ward Sister")
    lead.keys.date("When was it done?", day(0))
    lead.keys.press("Save")
    lead.says("Saved on the closing list")
    lead.over()
    lead.keys.press("End the residency")
    lead.keys.press("End")
    assert stage_of(earlier) == Stage.ENDED
    assert earlier.residency.stage_changes.get(to_stage="ended").ended_reason == EndedReason.COMPLETED
    ends = Placement.objects.filter(residency=earlier.residency).values_list("end", flat=True)
    assert list(ends) == [day(-10), day(0)]


def look_back(lead: Visitor, earlier: Earlier) -> None:
    lead.go(earlier.url())
    lead.keys.follow("Looking back")
    lead.over()
    lead.keys.follow("Say what lasted after 6 months")
    lead.keys.type("What has lasted?", "The Saturday clinic")
    lead.keys.press("Save")
    lead.says("The Saturday clinic")
    lead.over()


@pytest.mark.parametrize("way", [PHONE], indirect=True, ids=["phone"])
def test_an_early_end_says_why(visit: Callable[..., Visitor], way: Way) -> None:
    earlier = programme_with_manager()
    earlier.residency = adopted(earlier)
    lead = visit(earlier.lead)
    lead.go(earlier.url("course/"))
    lead.keys.follow("Stop early")
    lead.keys.choose("The money ended", "Why does it end early?")
    lead.keys.press("Stop early")
    lead.says("Enter the reason")
    lead.over()
    lead.keys.type("Say it in a sentence", "The grant was cut")
    lead.keys.press("Stop early")
    lead.go(earlier.url("history/"))
    lead.says("stopped it early (the money ended), from “running” to “ended”. Reason: The grant was cut")


def stage_of(earlier: Earlier) -> str:
    return Residency.objects.get(pk=earlier.residency.pk).stage
