"""Journey 12, second part: a letter of access runs out, its owner answers that there is a problem, then puts it right;
the residency's page, Access and On site say so at each step."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Final

from programmes.models import AccessItem, Placement
from tests.journeys.conftest import Visitor, Way, letter_to
from tests.journeys.earlier import Earlier, day, programme_with_manager, running

OFFICE: Final = "gil@marsh-end.example"
WORDS: Final = "The passport of the university has not come"
MOST_PRESSES_TO_SAY_A_PROBLEM: Final = 4  # the link, the answer, the words, Send
MOST_PRESSES_TO_PUT_RIGHT: Final = 7  # the link, the answer, four boxes of V-30, Send


def test_a_permission_runs_out_a_problem_is_answered_by_link_and_it_is_put_right(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = programme_with_manager()
    running(earlier)
    Placement.objects.update(start=day(-30))
    manager = visit(earlier.manager)
    reads(
        manager,
        earlier,
        "Not in place: Research passport",
        "In place until",
        "Letter of access",
        written(day(600)),
    )
    run_out(day(-1))
    reads(
        manager,
        earlier,
        f"Letter of access is not in place: it ran out on {written(day(-1))}",
        f"Ran out on {written(day(-1))}",
        "Missing",
        "Ran out",
    )
    ask(manager, earlier)
    gil = visit()
    link = next(line for line in letter_to(OFFICE).split() if "/access/k1_" in line)
    say_a_problem(gil, link)
    assert WORDS in letter_to(earlier.manager.email)
    reads(manager, earlier, f"“{WORDS}”", f"There is a problem “{WORDS}”", "Missing", look=True)
    put_right(gil, link)
    until = f"until {written(day(365))}"
    reads(
        manager,
        earlier,
        "Not in place: Research passport",
        f"In place {until}",
        "Letter of access",
        written(day(365)),
    )
    manager.go(earlier.url())
    assert WORDS not in manager.page.locator("main").inner_text()


def reads(
    manager: Visitor, earlier: Earlier, residency: str, access: str, *on_site: str, look: bool = False
) -> None:
    """What the three pages say."""
    for address, words in (
        (earlier.url(), [residency]),
        (earlier.url("access/"), [access]),
        (f"{earlier.home}on-site/", on_site),
    ):
        manager.go(address)
        for one in words:
            manager.says(one)
        if look:
            manager.over()


def run_out(on: datetime.date) -> None:
    """Two years go by."""
    AccessItem.objects.filter(kind="letter_of_access").update(issued_on=day(-700), expires_on=on)


def ask(manager: Visitor, earlier: Earlier) -> None:
    manager.go(earlier.url("access/"))
    keys = manager.keys
    keys.follow("Letter of access")
    keys.type("Their email address", OFFICE)
    keys.press("Save")
    keys.follow("Letter of access")
    keys.press("Send the link")
    manager.says("The link is on its way")


def say_a_problem(gil: Visitor, link: str) -> None:
    gil.go(link)
    keys = gil.keys
    keys.presses = 1  # the link
    keys.choose("There is a problem")
    gil.over()
    keys.type("What is the problem?", WORDS)
    keys.press("Send")
    gil.says("Thank you")
    gil.over()
    assert keys.presses <= MOST_PRESSES_TO_SAY_A_PROBLEM


def put_right(gil: Visitor, link: str) -> None:
    """The same link, once the passport has come."""
    gil.go(link)
    keys = gil.keys
    keys.presses = 1
    keys.choose("It is in place")
    keys.date("Date issued", day(0))
    keys.type("Who issued it", "R&D office")
    keys.type("Reference", "LOA 8")
    keys.date("Expires on", day(365))
    keys.press("Send")
    gil.says("Thank you")
    assert keys.presses <= MOST_PRESSES_TO_PUT_RIGHT


def written(one: datetime.date) -> str:
    return f"{one.day} {one:%B %Y}"
