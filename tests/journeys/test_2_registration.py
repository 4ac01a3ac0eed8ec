"""Journey 2: a manager registers a residency within the budget of users.md §1, and the lead decides; one is adopted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from programmes.models import Residency, Stage
from tests.journeys.conftest import Visitor, Way, letter_to
from tests.journeys.earlier import (
    HOST,
    TITLE,
    UNIVERSITY,
    Earlier,
    day,
    programme_with_manager,
    sent,
)

MOST_ANSWERS: Final = 14
MOST_PAGES: Final = 8
MOST_PRESSES: Final = 25
MOST_COPIED: Final = 10
MOST_TO_APPROVE: Final = (3, 2)  # what is decided and which condition: nothing to type


def test_a_residency_is_registered_in_14_answers_on_8_pages_and_25_presses(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = programme_with_manager()
    manager = visit(earlier.manager)
    manager.go(f"{earlier.home}residencies/")
    manager.over()
    asked = save_an_idea(manager, earlier)
    pages = {f"{earlier.home}register/"}
    manager.over()
    manager.keys.press("Continue")
    asked += answer_first_pages(manager, pages)
    come_back_later(manager, earlier)
    asked += answer_last_pages(manager, pages)
    manager.keys.press("Send for approval")
    manager.says("Sent for approval")
    manager.over()
    assert Residency.objects.get().stage == Stage.SCOPING
    assert len(asked) <= MOST_ANSWERS, asked
    assert len(pages) <= MOST_PAGES, pages
    assert manager.keys.answers <= MOST_ANSWERS
    assert manager.keys.presses <= MOST_PRESSES


def save_an_idea(manager: Visitor, earlier: Earlier) -> list[str]:
    """A title and a host; the host is not asked of somebody who manages for one alone."""
    manager.keys.press("Register a residency")
    manager.over()
    asked = manager.questions()
    manager.says(HOST)
    manager.keys.type("Title", TITLE)
    manager.keys.press("Save")
    assert len(asked) <= 2, asked
    assert manager.keys.answers <= 2
    assert str(Residency.objects.get().lead_host) == HOST
    return asked


def answer_first_pages(manager: Visitor, pages: set[str]) -> list[str]:
    keys, asked = manager.keys, turn(manager, pages)
    keys.type("What is the problem?", "People fall on the stairs of the old wing.")
    keys.type("Which decision should this inform?", "Whether to close the old wing")
    keys.date("By when is the decision made?", day(200))
    keys.press("Save and continue")
    asked += turn(manager, pages)
    keys.type("What should be different in a year?", "Nobody falls there.")
    keys.type("How would you know?", "The incident reports.")
    keys.press("Save and continue")
    return asked


def come_back_later(manager: Visitor, earlier: Earlier) -> None:
    """Stops in the middle of a page; everything is there when it is picked up again. Neither is part of the budget."""
    before = manager.keys.presses, manager.keys.answers
    manager.keys.date("When should it start?", day(30))
    manager.keys.press("Save and come back later")
    manager.says("Incomplete")
    manager.over()
    manager.go(earlier.home + "residencies/")
    manager.keys.follow(TITLE)
    manager.over()
    manager.keys.press("Fill in the registration and send it")
    manager.keys.press("Continue")
    assert manager.page.get_by_label("Year").first.input_value() == str(day(30).year)
    manager.keys.presses, manager.keys.answers = before


def answer_last_pages(manager: Visitor, pages: set[str]) -> list[str]:
    keys, asked = manager.keys, turn(manager, pages)
    keys.date("When should it start?", day(30))
    keys.date("When should it end?", day(700))
    keys.type("How many days a week at the host?", "3")
    keys.press("Save and continue")
    asked += turn(manager, pages)  # theme and topics: nothing has to be answered
    keys.press("Save and continue")
    asked += turn(manager, pages)
    keys.type("Host manager", "Mira Manager")
    keys.type("Academic supervisor", "Professor Sol Supervisor")
    keys.organisation("Academic home", "fenw", UNIVERSITY, script=manager.way.script)
    keys.type("Embedded researcher", "Rae Researcher")
    keys.press("Save and continue")
    asked += turn(manager, pages)  # money: nothing has to be answered
    keys.press("Save and continue")
    manager.says("Check your answers")
    return asked + turn(manager, pages)


def turn(manager: Visitor, pages: set[str]) -> list[str]:
    """Looks the next page over and gives what it asks."""
    manager.over()
    pages.add(manager.path)
    return manager.questions()


def test_the_lead_approves_with_conditions_and_the_second_one_is_copied(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = programme_with_manager()
    earlier.residency = sent(earlier)
    lead = visit(earlier.lead)
    lead.go(earlier.url("approval/"))
    lead.over()
    lead.keys.choose("Approve with conditions", "What do you decide?")
    lead.keys.choose("Sign an agreement on supervision")
    lead.keys.press("Save the decision")
    assert (lead.keys.presses, lead.keys.answers) <= MOST_TO_APPROVE
    lead.says("Conditions of approval")
    lead.over()
    earlier.residency.refresh_from_db()
    assert earlier.residency.stage == Stage.APPROVED
    condition = earlier.residency.conditions.get()
    assert condition.owner_name == earlier.manager.display_name
    assert condition.due > day(0)
    assert "conditions" in letter_to(earlier.manager.email)
    copy(visit(earlier.manager), earlier)


def copy(manager: Visitor, earlier: Earlier) -> None:
    """A second one like this: at most ten answers."""
    manager.go(earlier.url("registration/"))
    manager.keys.follow("Register another one like this")
    manager.over()
    manager.keys.type("Title", "Falls on the ramps")
    manager.keys.date("When should it start?", day(60))
    manager.keys.date("When should it end?", day(600))
    manager.keys.press("Copy")
    manager.says("Copied: Falls on the ramps")
    manager.keys.press("Check answers")
    manager.over()
    manager.keys.press("Send for approval")
    manager.says("Sent for approval")
    assert manager.keys.answers <= MOST_COPIED
    assert Residency.objects.get(title="Falls on the ramps").problem == earlier.residency.problem


def test_a_registration_is_returned_with_a_reason(visit: Callable[..., Visitor], way: Way) -> None:
    earlier = programme_with_manager()
    earlier.residency = sent(earlier)
    lead = visit(earlier.lead)
    lead.go(earlier.url("approval/"))
    lead.keys.choose("Return with a reason", "What do you decide?")
    lead.keys.press("Save the decision")
    lead.says("There is a problem")
    lead.over()
    assert lead.page.title().startswith("Error: ")
    lead.keys.type("What is the reason?", "Say who decides about the old wing.")
    lead.keys.press("Save the decision")
    manager = visit(earlier.manager)
    manager.go(earlier.url("registration/"))
    manager.says("Say who decides about the old wing.")
    manager.over()


def test_one_that_is_running_is_adopted_at_its_true_stage(visit: Callable[..., Visitor], way: Way) -> None:
    earlier = programme_with_manager()
    lead = visit(earlier.lead)
    lead.go(f"{earlier.home}residencies/")
    lead.keys.press("Bring in one that is running")
    lead.over()
    keys = lead.keys
    keys.type("Title", "Night calls")
    keys.organisation("Host", "marsh", HOST, script=lead.way.script)
    keys.choose("Running", "How does it stand?")
    keys.date("When did it start, or when will it?", day(-200))
    keys.date("When does it end?", day(400))
    keys.type("Name of the embedded researcher", "Noor Night")
    keys.type("Email address", "noor.night@fenwick.example")
    keys.type("Days a week", "2.5")
    keys.organisation("Academic home", "fenw", UNIVERSITY, script=lead.way.script)
    keys.press("Bring it in")
    lead.says("Brought in: Night calls")
    lead.over()
    residency = Residency.objects.get()
    assert residency.stage == Stage.ACTIVE
    assert residency.started_on == day(-200)
    assert residency.adopted_on == day(0)
    letter_to("noor.night@fenwick.example")
