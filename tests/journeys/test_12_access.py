"""Journey 12: which permission is usual, the host's own rule, HR answers a check by link; it runs out, is put right."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Final

from programmes.models import AccessItem, HostRule, Role
from programmes.onboarding.reminding import remind
from tests.journeys.conftest import PHONE, PLAIN, Visitor, Way, letter_to
from tests.journeys.earlier import Earlier, bring_in, day, programme_with_manager, running
from tests.world import make_person

HR: Final = "harriet@marsh-end.example"
MOST_PRESSES_TO_ANSWER: Final = 4  # the link, the answer, until when, Send


def test_a_check_is_asked_for_answered_by_link_runs_out_and_is_put_right(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = programme_with_manager()
    running(earlier)
    manager = visit(earlier.manager)
    ask_for_training(manager, earlier)
    answer(visit(), day(300))
    manager.go(earlier.url("access/"))
    manager.says("In place until")
    run_out()
    manager.go(earlier.url("access/"))
    manager.says("Ran out on")
    assert remind(day(0)) > 0
    answer(visit(), day(365))
    manager.go(earlier.url("access/"))
    manager.says("In place until")
    if way == PHONE:
        state_the_rule(visit, earlier)
    if way == PLAIN:
        which_one(manager)


def ask_for_training(manager: Visitor, earlier: Earlier) -> None:
    manager.go(earlier.url("access/"))
    manager.over()
    keys = manager.keys
    keys.follow("Information governance training")
    keys.type("Who sees to it", "Harriet Hale")
    keys.type("Their email address", HR)
    keys.press("Save")
    keys.follow("Information governance training")
    keys.press("Send the link")
    manager.says("The link is on its way")
    manager.over()


def answer(hr: Visitor, until: datetime.date) -> None:
    hr.go(next(line for line in letter_to(HR).split() if "/access/k1_" in line))
    hr.over()
    keys = hr.keys
    keys.presses = 1  # the link
    keys.choose("It is in place")
    keys.date("Expires on", until)
    keys.press("Send")
    hr.says("Thank you")
    assert keys.presses <= MOST_PRESSES_TO_ANSWER
    hr.over()


def run_out() -> None:
    """A year goes by."""
    AccessItem.objects.filter(owner_email=HR).update(expires_on=day(-1))


def state_the_rule(visit: Callable[..., Visitor], earlier: Earlier) -> None:
    office = make_person("Rita Research")
    bring_in(earlier, office, Role.RD_OFFICE, earlier.host)
    rita = visit(office)
    rita.go(f"{earlier.home}on-site/")
    rita.over()
    keys = rita.keys
    keys.follow("Which permission is usual, and what each host says")
    keys.follow(earlier.host.display_name)
    rita.over()
    keys.follow("Put your own rule in: The work is evaluation")
    rita.over()
    keys.type("What does the host ask for?", "A letter of access that names the evaluation")
    keys.choose("A letter of access or an honorary contract", "In one line")
    keys.type("Who at the host says so?", "Rita Research, R&D office")
    keys.press("Save")
    rita.says("Marsh End Hospitals NHS Trust says: A letter of access that names the evaluation")
    assert HostRule.objects.get().asks == "any_permission"


def which_one(manager: Visitor) -> None:
    keys = manager.keys
    keys.follow("Which permission is usual? Answer five questions")
    manager.over()
    keys.choose("Somebody comes into the service", "Who goes where?")
    keys.choose("A university", "Who employs the person?")
    keys.choose("An NHS trust", "What kind of host is it?")
    keys.press("Which one is usual?")
    manager.says("Select what kind of work it is")
    manager.over()
    keys.choose("Research", "What kind of work is it?")
    keys.choose("No", "If it is research")
    keys.press("Which one is usual?")
    manager.says("Usual: Research passport, then a letter of access.")
    manager.says("Source:")
    manager.over()
