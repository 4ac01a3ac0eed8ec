"""Journey 13: a diary, a part of it shared and withdrawn, what host and lead see, and the end of it all."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest

from embedded.accounts.models import Person
from embedded.drafts.models import Draft
from embedded.vault.models import PersonKey
from programmes.entries.words import Words
from programmes.entries.writing import Entry, log_activity
from programmes.measures.period import closed_months
from programmes.models import DiaryEntry, Passage
from tests.journeys.conftest import WIDE, Visitor, Way
from tests.journeys.earlier import Earlier, bring_in, day, programme_with_manager, running
from tests.world import make_person

FIRST = "Nobody listens in the morning meeting."
SECOND = "The ward clerk knows why letters come late."


def with_everybody() -> tuple[Earlier, Person]:
    earlier = programme_with_manager()
    running(earlier)
    supervisor = make_person("Sol Supervisor")
    bring_in(earlier, supervisor, "academic_supervisor", earlier.residency)
    return earlier, supervisor


def test_one_writes_shares_a_part_and_withdraws_it(visit: Callable[..., Visitor], way: Way) -> None:
    earlier, supervisor = with_everybody()
    researcher, reader = visit(earlier.researcher), visit(supervisor)
    write(researcher, earlier)
    share(researcher)
    answer(reader, earlier)
    researcher.go("/diary/shared/")
    researcher.says("Sol Supervisor")
    researcher.says("So does the porter")
    researcher.over()
    researcher.keys.follow("Withdraw")
    researcher.over()
    researcher.keys.press("Withdraw it")
    researcher.says("nobody else can read it any more")
    reader.go(earlier.url("notes/"))
    assert "ward clerk" not in reader.page.content()


def write(researcher: Visitor, earlier: Earlier) -> None:
    researcher.go(earlier.url("log/"))
    researcher.keys.follow("Your diary")
    researcher.over()
    researcher.keys.follow("What that promises, and what it cannot")
    researcher.says("It is not a sealed envelope")
    researcher.over()
    researcher.keys.follow("Your diary")
    researcher.keys.to("Only you can read this")
    hands = researcher.page.keyboard
    hands.type(FIRST)
    for _ in range(2):
        hands.press("Enter")
    hands.type(SECOND)
    researcher.keys.press("Save")
    researcher.says("Saved in your diary")
    researcher.over()
    assert b"listens" not in bytes(DiaryEntry.objects.get().text)
    researcher.keys.follow("Look for words")
    researcher.keys.type("Words to look for", "WARD clerk")
    researcher.keys.press("Look")
    researcher.says("1 text holds them")
    researcher.over()
    assert "clerk" not in researcher.page.url


def share(researcher: Visitor) -> None:
    keys = researcher.keys
    keys.follow("Share a part")
    researcher.over()
    keys.choose(SECOND)
    keys.choose("Sol Supervisor, academic supervisor", "Who can read it?")
    keys.press("Continue")
    researcher.says("It cannot be taken back once it is read")
    researcher.says("Sol Supervisor")
    researcher.over()
    assert not Passage.objects.exists()
    keys.press("Share it")
    assert Passage.objects.get().text == SECOND


def answer(reader: Visitor, earlier: Earlier) -> None:
    reader.go(earlier.url("notes/"))
    reader.says(SECOND)
    assert FIRST not in reader.page.content()
    reader.over()
    reader.keys.follow("Comment")
    reader.over()
    reader.keys.type("Your comment", "So does the porter")
    reader.keys.press("Save your comment")
    reader.says("Your comment is saved")
    reader.over()


@pytest.mark.parametrize("way", [WIDE], indirect=True, ids=["wide"])
def test_what_was_typed_and_not_saved_is_there_again(visit: Callable[..., Visitor], way: Way) -> None:
    earlier, _ = with_everybody()
    researcher = visit(earlier.researcher)
    researcher.go("/diary/")
    researcher.page.get_by_label("Only you can read this").fill("x" * 61_000)
    researcher.page.get_by_label("Year").focus()
    researcher.page.get_by_text("too long to be kept while you write").wait_for()
    researcher.page.get_by_label("Only you can read this").fill("Half a thought")
    with researcher.page.expect_response("**/drafts/save/") as kept:
        researcher.page.get_by_label("Year").focus()
    assert kept.value.status == 204
    assert not DiaryEntry.objects.exists()
    researcher.go("/diary/")
    researcher.over()
    researcher.page.get_by_role("link", name="Go on with it").click()
    box = researcher.page.get_by_label("Only you can read this")
    assert box.input_value() == "Half a thought"
    box.focus()
    with researcher.page.expect_navigation():
        researcher.page.keyboard.press("Control+Enter")
    researcher.says("Saved in your diary")
    assert DiaryEntry.objects.count() == 1 and not Draft.objects.exists()


def test_one_sees_what_host_and_lead_see(visit: Callable[..., Visitor], way: Way) -> None:
    earlier, _ = with_everybody()
    month = closed_months(day(0), 1).start + datetime.timedelta(days=3)
    entry = Entry(date=month, minutes=90, kind="relational", words=Words("A worry of mine"))
    log_activity(residency=earlier.residency, entry=entry, by=earlier.researcher)
    researcher, manager = visit(earlier.researcher), visit(earlier.manager)
    manager.go(earlier.url("log/months/"))
    theirs = manager.page.locator("main").inner_text()
    researcher.go(earlier.url("log/"))
    researcher.keys.follow("See what your host and your lead see")
    researcher.over()
    researcher.keys.follow("See what my host sees")
    researcher.says("This is what your host sees of your log")
    researcher.over()
    assert researcher.page.locator("main").inner_text() == theirs
    assert "1 h 30 min" in theirs and "worry" not in researcher.page.content()


def test_one_erases_it_all(visit: Callable[..., Visitor], way: Way) -> None:
    earlier, _ = with_everybody()
    researcher = visit(earlier.researcher)
    write(researcher, earlier)
    researcher.go("/diary/promise/")
    researcher.keys.follow("Erase what only you can read")
    researcher.over()
    researcher.keys.press("Erase it for ever")
    researcher.says("Confirm that you have kept what you want to keep")
    researcher.over()
    researcher.keys.choose("I have kept what I want to keep")
    researcher.keys.press("Erase it for ever")
    researcher.says("Nothing yet. What you write appears here.")
    assert not DiaryEntry.objects.exists() and not PersonKey.objects.exists()
