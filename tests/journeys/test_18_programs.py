"""Journey 18: a researcher makes a token for a program of their own, which logs with it, and ends it."""

from __future__ import annotations

from collections.abc import Callable

from programmes.models import Activity
from tests.api.asking import Program, an_entry
from tests.journeys.conftest import Visitor, Way
from tests.journeys.earlier import programme_with_manager, running


def test_a_token_is_made_shown_once_used_and_ended(visit: Callable[..., Visitor], way: Way) -> None:
    earlier = programme_with_manager()
    running(earlier)
    researcher = visit(earlier.researcher)
    researcher.go("/log/programs/")
    researcher.over()
    keys = researcher.keys
    keys.press("Make a token")
    researcher.over()
    keys.type("What is it for?", "Telephone")
    keys.choose("Read my log, and log in it", "What may it do?")
    keys.press("Make it")
    researcher.says("It is shown this once")
    researcher.over()
    program = Program(researcher.page.locator("#token").input_value())
    assert program.log(an_entry(what="Met the ward sisters")).status_code == 201
    assert Activity.objects.get().person == earlier.researcher
    keys.follow("How a program sends it")
    researcher.says("Works until")
    researcher.over()
    keys.press("End it")
    researcher.says("Ended: Telephone")
    researcher.over()
    assert program.get().status_code == 401
