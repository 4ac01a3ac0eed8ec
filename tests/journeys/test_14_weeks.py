"""Journey 14: a researcher fills in last week in the grid by keyboard, takes one out again, finds an entry, looks at
the month and their own picture, and makes a portfolio."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Final

import pytest
from django.utils import timezone

from embedded.drafts.models import Draft
from embedded.nhsuk.words import day, month
from programmes.entries.words import Words
from programmes.entries.writing import Entry, log_activity
from programmes.models import Activity
from programmes.weeks.calendar import WEEK, Month, Week
from tests.journeys.conftest import WIDE, Visitor, Way
from tests.journeys.earlier import Earlier, programme_with_manager, running

MOST_PRESSES: Final = 60  # for five past days, the letters typed not counted
DAYS: Final = ["90", "1h30", "half a day", "1:00", "45"]


def test_five_past_days_are_filled_in_by_keyboard(visit: Callable[..., Visitor], way: Way) -> None:
    earlier, week = used_before()
    researcher = visit(earlier.researcher)
    researcher.go("/log/week/")
    researcher.keys.follow("Week before")
    assert researcher.path == f"/log/week/{week.name}/"
    researcher.over()
    keyboard = researcher.page.keyboard
    presses = tabs_to_the_first_box(researcher)
    for number, text in enumerate(DAYS):
        keyboard.type(text)
        if number < len(DAYS) - 1:
            keyboard.press("ArrowRight" if way.script else "Tab")
            presses += 1
    with researcher.page.expect_navigation():
        keyboard.press("Control+Enter" if way.script else "Enter")
    assert presses + 1 <= MOST_PRESSES, presses
    researcher.says("Saved: 5 new")
    researcher.over()
    found = Activity.objects.filter(date__gte=week.monday).order_by("date")
    assert [one.minutes for one in found] == [90, 90, 225, 60, 45]
    assert {one.kind for one in found} == {"relational"}


def test_what_is_emptied_is_asked_about_and_what_is_wrong_keeps_the_rest(
    visit: Callable[..., Visitor], way: Way
) -> None:
    earlier, week = used_before()
    logged(earlier, "Falls on the ward", week.monday)
    researcher = visit(earlier.researcher)
    researcher.go(f"/log/week/{week.name}/")
    keyboard = researcher.page.keyboard
    tabs_to_the_first_box(researcher)
    keyboard.press("Control+A")
    keyboard.press("Delete")
    keyboard.press("Tab")
    keyboard.type("soon")
    with researcher.page.expect_navigation():
        keyboard.press("Control+Enter" if way.script else "Enter")
    researcher.says("Enter how long it took, like 90, 1:30 or 1.5")
    researcher.over()
    researcher.page.locator("#r0d1").fill("20")
    researcher.keys.press("Save the week")
    researcher.says("You emptied 1 box")
    researcher.over()
    researcher.keys.press("Save, and remove 1 entry")
    researcher.says("Saved: 1 new, 1 removed")
    assert [one.minutes for one in Activity.objects.filter(date__gte=week.monday)] == [20]


@pytest.mark.parametrize("way", [WIDE], indirect=True, ids=["wide"])
def test_a_week_that_was_left_is_gone_on_with(visit: Callable[..., Visitor], way: Way) -> None:
    """P18: what was typed is kept on leaving the box, said in words, and stands in its boxes again."""
    earlier, week = used_before()
    researcher = visit(earlier.researcher)
    researcher.go(f"/log/week/{week.name}/")
    tabs_to_the_first_box(researcher)
    keyboard = researcher.page.keyboard
    keyboard.type("1:45")
    with researcher.page.expect_response("**/drafts/save/"):
        keyboard.press("ArrowRight")
    researcher.go(f"/log/week/{week.name}/")
    researcher.says("Not saved yet")
    researcher.over()
    kind = "Meeting and connecting people"
    researcher.says(f"Monday {week.monday.day}, {kind}: 1:45")
    researcher.keys.follow("Go on with it")
    assert researcher.page.locator("#r0d0").input_value() == "1:45"
    researcher.over()
    researcher.keys.press("Save the week")
    researcher.says("Saved: 1 new")
    assert not Draft.objects.exists()


def test_an_entry_is_found_by_its_words(visit: Callable[..., Visitor], way: Way) -> None:
    earlier, week = used_before()
    logged(earlier, "Falls on the ward", week.monday)
    logged(earlier, "Sleep", week.monday)
    researcher = visit(earlier.researcher)
    researcher.go("/log/all/")
    researcher.says("Sleep")
    researcher.over()
    researcher.keys.type("Words in what you did", "falls ward")
    researcher.keys.press("Look for them")
    researcher.says("Falls on the ward")
    assert "Sleep" not in researcher.page.content()
    assert "falls" not in researcher.page.url
    researcher.over()
    researcher.keys.follow("Narrow by kind, project or dates")
    researcher.over()
    researcher.keys.press("Show the list")
    researcher.says("Sleep")


def test_a_month_a_picture_and_a_portfolio(visit: Callable[..., Visitor], way: Way) -> None:
    earlier, week = used_before()
    logged(earlier, "Wrote up falls by day", week.monday, output="publication")
    researcher = visit(earlier.researcher)
    researcher.go(f"/log/month/{Month.of(week.monday).name}/")
    researcher.over()
    researcher.keys.follow(f"30 min in 1 entry on {day(week.monday)}")
    researcher.says("Wrote up falls by day")
    researcher.keys.follow("Your picture")
    researcher.says("The largest part of your time, 100%")
    researcher.over()
    researcher.keys.follow("Portfolio")
    researcher.over()
    researcher.keys.follow("Choose what to put in: contributions to knowledge")
    researcher.over()
    researcher.keys.choose(f"Publication, {month(week.monday)}. Wrote up falls by day")
    researcher.keys.press("Put it in")
    researcher.says("Put into your portfolio")
    researcher.keys.follow("Change line 1 of contributions to knowledge")
    researcher.over()
    researcher.keys.type("In your own words", "A paper on falls by day")
    researcher.keys.press("Save")
    researcher.says(f"Publication, {month(week.monday)}. A paper on falls by day")
    with researcher.page.expect_download() as held:
        researcher.page.get_by_text("Download as Word").click()
    assert held.value.suggested_filename == "portfolio.docx"


def used_before() -> tuple[Earlier, Week]:
    """Last week, and an entry of the week before it whose row the grid offers."""
    earlier = programme_with_manager()
    running(earlier)
    week = Week.of(timezone.localdate()).before
    logged(earlier, "", week.monday - WEEK)
    return earlier, week


def logged(earlier: Earlier, text: str, date: datetime.date, output: str = "") -> None:
    words = Words(text)
    entry = Entry(date=date, minutes=30, kind="relational", words=words, host=earlier.host, output=output)
    log_activity(residency=earlier.residency, entry=entry, by=earlier.researcher)


def tabs_to_the_first_box(researcher: Visitor) -> int:
    """How often Tab is pressed until the first box of the grid has the focus."""
    for number in range(MOST_PRESSES):
        if researcher.page.evaluate("() => document.activeElement.id") == "r0d0":
            return number
        researcher.page.keyboard.press("Tab")
    raise AssertionError("The grid cannot be reached")
