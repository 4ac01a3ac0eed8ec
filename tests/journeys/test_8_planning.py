"""Journey 8: planned together at one table, by a carer on her own, apart from each other, and looked at again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from programmes.models import PlanVisit, PlanVoice
from tests.journeys.conftest import Visitor, Way, letter_to, link_in
from tests.journeys.earlier import Earlier, programme_with_manager, running

CARER: Final = "dot@dinner.example"
APART: Final = {"Ada Ward": "ada@host.example", "Rae Search": "rae@uni.example"}
QUESTIONS: Final = 10
MOST_PRESSES_TO_ANSWER: Final = 7  # the link, five answers, Send


def test_a_plan_is_made_together_answered_by_a_carer_and_looked_at_again(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = programme_with_manager()
    running(earlier)
    manager = visit(earlier.manager)
    sit_together(manager, earlier)
    ask_a_carer(manager)
    answer(visit())
    manager.go(earlier.url("planning/"))
    manager.says("It begins with the ride home")
    manager.over()
    say_what_changed(manager)
    manager.keys.follow("How it moved, theme by theme")
    manager.says("Changed once")
    manager.over()


def sit_together(manager: Visitor, earlier: Earlier) -> None:
    manager.go(earlier.url())
    keys = manager.keys
    keys.follow("Planning together")
    manager.says("Ten questions to talk through at one table")
    manager.over()
    keys.press("Plan together")
    manager.over()
    assert manager.page.get_by_label("What do you say?").count() == QUESTIONS
    assert not manager.page.locator("textarea[required]").count()
    keys.press("Save")
    manager.says("There is a problem")
    manager.over()
    keys.type("Name of person 1", "Dot Dinner")
    keys.select("Part of person 1", "Member of the public")
    keys.type("What do you say?", "Fewer falls on the stairs", "1. What should be different")
    keys.choose("Mostly what helps here", "Between")
    keys.type("What do you say?", "Listening", "8. Which skills")
    keys.press("Save")
    manager.says("Saved: version 1 of the plan")
    manager.says("Mostly what helps here")
    manager.over()


def ask_a_carer(manager: Visitor) -> None:
    keys = manager.keys
    keys.press("Ask a member of the public")
    manager.over()
    keys.type("What is their name?", "Dot Dinner")
    keys.choose("By a link that we email to them", "How will they answer?")
    keys.type("Their email address", CARER)
    keys.type("What is offered for their time?", "A voucher of £12.50")
    keys.press("Continue")
    manager.says(f"A link was sent to {CARER}")
    manager.over()


def answer(carer: Visitor) -> None:
    """Keeps half of it, comes back by the same link, sends."""
    carer.go(link_in(letter_to(CARER)))
    assert "k1_" not in carer.page.url
    carer.says("about ten minutes")
    carer.over()
    carer.keys.type("Is this the right problem?", "It begins with the ride home")
    carer.keys.press("Keep them for later")
    assert PlanVoice.objects.get().answered_at is None
    carer.go(link_in(letter_to(CARER)))
    keys = carer.keys
    keys.presses = 1  # the link
    keys.type("Who should be heard", "People in the villages")
    keys.type("How would you like to take part", "A little")
    keys.type("What would a good result", "Fewer leaflets")
    keys.type("What worries you?", "Nothing is done")
    keys.press("Send my answers")
    carer.says("Thank you")
    carer.over()
    assert keys.presses <= MOST_PRESSES_TO_ANSWER


def say_what_changed(manager: Visitor) -> None:
    keys = manager.keys
    keys.press("Say what has changed")
    manager.says("Fewer falls on the stairs")
    manager.over()
    keys.to("Dot Dinner, member of the public")
    manager.page.keyboard.press("Space")
    keys.type("What has changed?", "And at night", "1. What should be different")
    keys.press("Save")
    manager.says("Saved: version 2 of the plan")
    assert PlanVisit.objects.get(number=2).answers.count() == 1


def test_two_who_answer_apart_see_each_other_only_when_both_have(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = programme_with_manager()
    running(earlier)
    manager = visit(earlier.manager)
    manager.go(earlier.url("planning/"))
    keys = manager.keys
    keys.follow("Ask people to answer apart from each other")
    manager.over()
    keys.to("2. Who decides")
    manager.page.keyboard.press("Space")
    for number, (name, email) in enumerate(APART.items(), start=1):
        keys.type("Name", name, f"Person {number}")
        keys.select("Part", "Somebody else at the host")
        keys.type("Email address", email, f"Person {number}")
    keys.press("Send the links")
    manager.says("Links were sent to 2 people")
    manager.over()
    for name, email in APART.items():
        own = visit()
        own.go(link_in(letter_to(email)))
        own.over()
        own.keys.type("Who decides what is looked at", f"{name} says so")
        own.keys.choose("In between", "Between")
        own.keys.press("Send my answers")
        own.says("Thank you")
    manager.page.reload()
    manager.says("Ada Ward says so")
    manager.says("Rae Search says so")
    manager.over()
