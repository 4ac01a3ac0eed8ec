"""Journey 17: a request is noted, answered, told; the scope moves; a month is stuck, and whom to ring is there;
a meeting of supervision, and the first hundred days."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from programmes.models import MonthlyPulse, Request, Role, ScopeChange, SupervisionMeeting
from tests.journeys.conftest import Visitor, Way
from tests.journeys.earlier import Earlier, bring_in, day, programme_with_manager, running
from tests.world import make_person

MOST_PRESSES_TO_NOTE: Final = 5  # what, who, the answer, Add a request, Save
MOST_PRESSES_TO_ANSWER: Final = 2  # no, and that they know


def test_a_request_is_noted_answered_and_told(visit: Callable[..., Visitor], way: Way) -> None:
    earlier = with_supervisor()
    researcher = visit(earlier.researcher)
    researcher.go(earlier.url("focus/"))
    researcher.over()
    keys = researcher.keys
    keys.press("Add a request")
    researcher.over()
    keys.type("What were you asked for?", "A survey of all wards")
    keys.type("Who asked?", "Sister Okoro")
    keys.press("Save")
    assert keys.presses <= MOST_PRESSES_TO_NOTE
    researcher.says("Waiting for your answer (1)")
    keys.presses = 0
    keys.press("Not now")
    researcher.says("Now tell whoever asked")
    keys.press("They know now")
    assert keys.presses <= MOST_PRESSES_TO_ANSWER
    researcher.over()
    assert (Request.objects.get().answer, Request.objects.get().told_on) == ("not_now", day(0))
    manager = visit(earlier.manager)
    manager.go(earlier.url("focus/"))
    assert "survey" not in manager.page.content()


def test_what_came_in_and_what_gave_way_is_read_by_both(visit: Callable[..., Visitor], way: Way) -> None:
    earlier = with_supervisor()
    manager = visit(earlier.manager)
    manager.go(earlier.url("focus/"))
    keys = manager.keys
    keys.press("Record a change of scope")
    manager.over()
    keys.type("What came in?", "Calls after discharge")
    keys.type("What gave way for it?", "The second survey")
    keys.press("Save")
    assert ScopeChange.objects.get().gave_way == "The second survey"
    keys.press("Record what the time is for")
    manager.over()
    keys.type("Meeting and connecting people", "40")
    keys.press("Save")
    researcher = visit(earlier.researcher)
    researcher.go(earlier.url("focus/"))
    researcher.says("The second survey")
    researcher.says("40%")
    researcher.over()


def test_stuck_leads_to_what_others_did_and_to_somebody_to_ring(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = with_supervisor()
    researcher = visit(earlier.researcher)
    researcher.go(earlier.url("pulse/"))
    researcher.over()
    keys = researcher.keys
    keys.choose("Stuck", "Getting in")
    keys.choose("Going well", "Keeping a clear")
    keys.choose("So-so", "Staying an")
    keys.press("Save")
    researcher.over()
    researcher.says("Somebody to ring")
    researcher.says("0191 498 0123")
    researcher.says("Find one person who knows the place")
    keys.press("Share these three answers")
    researcher.says("Take it back")
    assert MonthlyPulse.objects.get().shared_on == day(0)
    supervisor = visit(earlier.residency.supervisor)
    supervisor.go(earlier.url("pulse/shared/"))
    supervisor.says("Stuck")
    supervisor.over()


def test_supervision_is_recorded_and_the_first_days_are_ticked(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier = with_supervisor()
    supervisor = visit(earlier.residency.supervisor)
    supervisor.go(earlier.url("supervision/"))
    supervisor.over()
    supervisor.keys.press("Record a meeting")
    supervisor.over()
    supervisor.keys.type("What did you agree?", "One paper by May")
    supervisor.keys.date("When do you meet next?", day(28))
    supervisor.keys.press("Save")
    supervisor.says("One paper by May")
    assert SupervisionMeeting.objects.get().side == "university"
    researcher = visit(earlier.researcher)
    researcher.go(earlier.url("supervision/"))
    researcher.says("One paper by May")
    researcher.over()
    researcher.go(earlier.url("settling/"))
    researcher.over()
    researcher.keys.press("Done Meet Mira Manager")
    researcher.says("1 of ")
    researcher.over()


def with_supervisor() -> Earlier:
    earlier = programme_with_manager()
    running(earlier)
    supervisor = make_person("Professor Sol Supervisor", phone="0191 498 0123")
    bring_in(earlier, supervisor, Role.ACADEMIC_SUPERVISOR, earlier.residency)
    earlier.residency.supervisor = supervisor
    return earlier
