"""Journey 10: a manager registers over three sittings on two devices while a supervisor edits in between; an officer
registers for a manager who has no account and confirms by one press."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from embedded.accounts.models import Person
from programmes.models import Residency, Role, Stage
from tests.journeys.conftest import Visitor, Way, letter_to, link_in
from tests.journeys.earlier import TITLE, UNIVERSITY, Earlier, bring_in, day, idea, programme_with_manager
from tests.journeys.test_2_registration import MOST_ANSWERS, MOST_PRESSES, save_an_idea
from tests.world import join, make_person

OURS: Final = "People fall on the stairs of the old wing."
THEIRS: Final = "People fall on the stairs, and on the ramps too."
BOTH: Final = "People fall on the stairs of the old wing, and on the ramps too."
COMING_BACK: Final = 2  # "Continue" at the start of the second and the third sitting
PUT_TOGETHER: Final = 2  # the text that joins both, saved once more


def test_three_sittings_on_two_devices_with_a_supervisor_in_between(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = programme_with_manager()
    supervisor = make_person("Sol Supervisor")
    bring_in(earlier, supervisor, Role.HOST_MANAGER, earlier.host)
    at_desk, on_phone = visit(earlier.manager), visit(earlier.manager)
    on_phone.page.set_viewport_size({"width": 320, "height": 700})
    first_sitting(at_desk, earlier)
    second_sitting(on_phone, earlier, visit(supervisor))
    third_sitting(at_desk, earlier)
    found = Residency.objects.get()
    assert found.stage == Stage.SCOPING
    assert (found.problem, found.decision) == (BOTH, "Whether to close the old wing")
    assert found.difference == "Nobody falls there."
    again = COMING_BACK + PUT_TOGETHER
    assert at_desk.keys.answers + on_phone.keys.answers <= MOST_ANSWERS + 1  # the text that joins both
    assert at_desk.keys.presses + on_phone.keys.presses <= MOST_PRESSES + again


def first_sitting(manager: Visitor, earlier: Earlier) -> None:
    """The idea and the problem, then something else comes up."""
    manager.go(f"{earlier.home}residencies/")
    save_an_idea(manager, earlier)
    earlier.residency = Residency.objects.get()
    for section in ("About it", "People", "Money", "Agreement", "Access", "Plan", "Public partners"):
        assert manager.page.get_by_role("heading", name=section, exact=True).count() == 1, section
    manager.over()
    manager.keys.press("Continue")
    manager.keys.type("What is the problem?", OURS)
    manager.keys.press("Save and come back later")
    manager.says("Enter the decision that it should inform")


def second_sitting(manager: Visitor, earlier: Earlier, supervisor: Visitor) -> None:
    """On the phone, while the supervisor saves the same page from their own desk."""
    manager.go(earlier.url("registration/"))
    manager.keys.press("Continue")
    assert manager.page.get_by_label("What is the problem?").input_value() == OURS
    manager.keys.type("Which decision should this inform?", "Whether to close the old wing")
    manager.keys.date("By when is the decision made?", day(200))
    supervisor.go(earlier.url("registration/purpose/"))
    supervisor.keys.type("What is the problem?", THEIRS)
    supervisor.keys.press("Save and come back later")
    manager.keys.press("Save and continue")
    for words in ("This has changed since you opened it", THEIRS, OURS, "Whether to close the old wing"):
        manager.says(words)
    manager.over()
    earlier.residency.refresh_from_db()
    assert (earlier.residency.problem, earlier.residency.decision) == (THEIRS, "")  # nothing was written over
    assert manager.page.get_by_label("Which decision").input_value() == "Whether to close the old wing"
    manager.keys.type("What is the problem?", BOTH)
    manager.keys.press("Save and continue")
    manager.keys.type("What should be different in a year?", "Nobody falls there.")
    manager.keys.type("How would you know?", "The incident reports.")
    manager.keys.press("Save and come back later")
    manager.over()


def third_sitting(manager: Visitor, earlier: Earlier) -> None:
    """Back at the desk, from what the phone has saved to the reference."""
    keys = manager.keys
    manager.go(earlier.url("registration/"))
    keys.press("Continue")
    keys.date("When should it start?", day(30))
    keys.date("When should it end?", day(700))
    keys.type("How many days a week at the host?", "3")
    for _ in range(2):  # the dates, theme and topics
        keys.press("Save and continue")
    keys.type("Host manager", earlier.manager.display_name)
    keys.type("Academic supervisor", "Professor Sam Scholar")
    keys.organisation("Academic home", "fenw", UNIVERSITY, script=manager.way.script)
    keys.type("Embedded researcher", "Rae Researcher")
    for _ in range(2):  # the people, the money
        keys.press("Save and continue")
    manager.says("Check your answers")
    manager.says(BOTH)
    keys.press("Send for approval")
    manager.says(f"Reference {earlier.residency.code}")


def test_an_officer_registers_for_a_manager_who_confirms_by_one_press(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = programme_with_manager()
    officer = make_person("Olu Officer")
    join(officer, Role.PROGRAMME_OFFICER, earlier.programme)
    earlier.residency = filled_in_by(earlier, officer)
    desk = visit(officer)
    desk.go(earlier.url("registration/people/"))
    desk.keys.type("Host manager", "Mary Ward")
    desk.keys.type("Host manager's email address", "mary.ward@marsh.example")
    desk.keys.type("Academic supervisor", "Professor Sam Scholar")
    desk.keys.press("Save and come back later")
    desk.keys.press("Check answers")
    desk.says("Mary Ward gets a link to confirm it")
    desk.keys.press("Send for approval")
    desk.says("Mary Ward is asked by link to confirm the registration")
    manager = visit()
    manager.go(link_in(letter_to("mary.ward@marsh.example")))
    manager.says("Olu Officer filled this in and named you as the manager")
    manager.over()
    manager.keys.press("Yes, this is right")
    manager.says("Thank you, you have confirmed it")
    assert (manager.keys.presses, manager.keys.answers) == (1, 0)
    earlier.residency.refresh_from_db()
    assert earlier.residency.confirmed_by_manager_at is not None
    lead = visit(earlier.lead)
    lead.go(earlier.url("approval/"))
    lead.says("Sent by Olu Officer, on behalf of Mary Ward")
    lead.says("Mary Ward confirmed it on")


def filled_in_by(earlier: Earlier, officer: Person) -> Residency:
    """Everything but the people."""
    residency = idea(earlier, TITLE)
    residency.created_by = officer
    residency.problem, residency.decision, residency.difference = OURS, "Whether to close it", "No falls"
    residency.planned_start, residency.planned_end = day(30), day(700)
    residency.save()
    return residency


def test_several_hosts_and_homes_and_links_by_keyboard(visit: Callable[..., Visitor], way: Way) -> None:
    earlier = programme_with_manager()
    earlier.residency = idea(earlier)
    manager = visit(earlier.manager)
    manager.go(earlier.url("registration/"))
    keys = manager.keys
    keys.follow("Hosts, homes and direction")
    manager.over()
    keys.press("Add an organisation")
    manager.over()
    keys.choose("Academic home", "What is its part?")
    keys.organisation("Which organisation?", "fenw", UNIVERSITY, script=manager.way.script)
    keys.type("Their own reference", "UNI 12")
    keys.press("Add it")
    manager.says(f"Added: {UNIVERSITY}")
    keys.follow("Change who goes where")
    manager.over()
    keys.choose("Both ways", "Who goes where?")
    keys.press("Save")
    manager.says("Both ways")
    keys.follow(UNIVERSITY)
    manager.over()
    keys.press("Remove it")
    manager.says(f"Removed: {UNIVERSITY}")
    manager.go(earlier.url("shelf/"))
    manager.over()
    keys.type("What is it?", "Minutes")
    keys.type("Web address", "https://teams.example/minutes")
    keys.press("Put it on the shelf")
    manager.says("On the shelf: Minutes")
    manager.over()
    manager.go(earlier.url())
    assert manager.page.get_by_role("link", name="Minutes").count() == 1
    manager.over()
