"""Journey 4: a project with a partner, activity put against it, used in a decision, confirmed by the host by link."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from programmes.models import Activity, Project, UseInDecision, UseOutcome
from tests.journeys.conftest import Visitor, Way, letter_to, link_in
from tests.journeys.earlier import Earlier, day, programme_with_manager, running

CHAIR: Final = "chair@marsh-end.example"
MOST_PRESSES_TO_CONFIRM: Final = 2


def test_a_project_with_a_partner_is_used_in_a_decision_and_confirmed_in_two_presses(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = programme_with_manager()
    running(earlier)
    researcher = visit(earlier.researcher)
    add_a_project(researcher, earlier)
    add_a_partner(researcher)
    record_a_contribution(researcher)
    put_activity_against_it(researcher, earlier)
    record_a_use(researcher, earlier)
    confirm(visit(), way)
    use = UseInDecision.objects.get()
    assert use.confirmed_by_name == CHAIR
    researcher.go(earlier.url("uses/"))
    researcher.says("Confirmed")
    researcher.over()


def add_a_project(researcher: Visitor, earlier: Earlier) -> None:
    researcher.go(earlier.url("projects/"))
    researcher.over()
    keys = researcher.keys
    keys.press("Add a project")
    researcher.over()
    keys.type("What is the project called?", "Stairs or ramps?")
    keys.date("When did it start?", day(-1))
    keys.select("How far is it?", "Design")
    keys.choose("Service evaluation", "What kind of work is it?")
    keys.type("Who decided what kind it is?", "Gil Gate, R&D office")
    keys.press("Save")
    researcher.says("Stairs or ramps?")
    researcher.over()


def add_a_partner(researcher: Visitor) -> None:
    keys = researcher.keys
    keys.press("Add a partner")
    researcher.over()
    keys.choose("Somebody new", "Who is the partner?")
    keys.type("Name", "Dot Dinner")
    keys.select("Who are they?", "Carer")
    keys.type("How shall we reach them?", "By telephone, after tea")
    keys.press("Save")
    researcher.says("Dot Dinner, carer")
    researcher.over()


def record_a_contribution(researcher: Visitor) -> None:
    keys = researcher.keys
    keys.press("Record a contribution")
    researcher.over()
    keys.select("Who contributed?", "Dot Dinner")
    keys.date("When?", day(0))
    keys.select("At which point of the work?", "Design")
    keys.choose("Worked on it together", "In what way?")
    keys.type("What did they do or say?", "Asked for a handrail first")
    keys.type("What changed because of it?", "The plan starts with handrails")
    keys.press("Save")
    researcher.says("Asked for a handrail first")
    researcher.over()


def put_activity_against_it(researcher: Visitor, earlier: Earlier) -> None:
    researcher.go(earlier.url("log/"))
    keys = researcher.keys
    keys.type("What did you do?", "Counted falls")
    keys.type("How long did it take?", "1:30")
    keys.choose("Finding, making or feeding back evidence", "Kind of work")
    keys.unfold("Add detail")
    keys.select("Project", "Stairs or ramps?")
    keys.press("Save")
    researcher.says("Stairs or ramps?")
    assert Activity.objects.get().project == Project.objects.get()


def record_a_use(researcher: Visitor, earlier: Earlier) -> None:
    researcher.go(earlier.url("uses/"))
    researcher.over()
    keys = researcher.keys
    keys.press("Record a use")
    researcher.over()
    keys.type("What was used?", "The count of falls")
    keys.choose("Used", "Was it used?")
    keys.type("Which decision was it?", "Handrails in the old wing")
    keys.type("Who made the decision?", "Estates group")
    keys.date("When was it made?", day(0))
    keys.type("Where is it written down?", "Minutes, item 4")
    keys.select("Which project does it come from?", "Stairs or ramps?")
    keys.type("Who at the host can confirm it?", CHAIR)
    keys.press("Save")
    researcher.says(f"Asked: {CHAIR}")
    researcher.over()
    assert UseInDecision.objects.get().outcome == UseOutcome.USED


def confirm(chair: Visitor, way: Way) -> None:
    """The press on the link in the letter is the first; the answer is the second and the last."""
    chair.go(link_in(letter_to(CHAIR)))
    presses = 1
    chair.says("Is this how it was?")
    assert "k1_" not in chair.page.url  # the token has left the address bar (P20)
    chair.over()
    assert UseInDecision.objects.get().confirmed_at is None
    chair.keys.press("Yes, that is how it was")
    presses += chair.keys.presses
    chair.says(f"Confirmed by {CHAIR}")
    chair.over()
    assert presses <= MOST_PRESSES_TO_CONFIRM


def test_considered_and_not_used_is_recorded_too(visit: Callable[..., Visitor], way: Way) -> None:
    earlier = programme_with_manager()
    running(earlier)
    manager = visit(earlier.manager)
    manager.go(earlier.url("uses/new/"))
    keys = manager.keys
    keys.press("Save")
    manager.says("There is a problem")
    manager.over()
    keys.to("Enter what was used", tag="a")
    manager.page.keyboard.press("Enter")
    stop = keys.stop()
    assert stop and stop.name == "What was used?", "the summary leads to the box (P60)"
    keys.type("What was used?", "The model")
    keys.choose("Considered and not used", "Was it used?")
    keys.type("Which decision was it?", "A lift")
    keys.type("Who made the decision?", "The board")
    keys.date("When was it made?", day(-3))
    keys.press("Save")
    manager.says("Not asked yet")
    assert UseInDecision.objects.get().outcome == UseOutcome.CONSIDERED
