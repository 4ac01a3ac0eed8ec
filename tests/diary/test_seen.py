"""See what my host sees, see what my lead sees: exactly their page (users.md decision 8)."""

from __future__ import annotations

import datetime

import pytest

from programmes.measures.period import closed_months, day_words
from programmes.models import Comment
from tests.diary.test_diary import logged, main_of
from tests.world import TODAY, World


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        ("host", ["host_manager", "exec_sponsor"]),
        ("lead", ["programme_lead", "theme_lead", "programme_officer"]),
    ],
)
def test_it_is_their_page_to_the_letter(world: World, who: str, roles: list[str]) -> None:
    month = closed_months(TODAY(), 1).start
    for day in range(3):
        logged(world, f"Words {day}", month + datetime.timedelta(days=day))
    logged(world, "Today", TODAY())
    Comment.objects.create(
        residency=world.residency,
        by=world.people["host_manager"],
        month=month,
        text="A full month",
        on=TODAY(),
    )
    page = world.client("researcher").get(world.url(f"log/seen/{who}/"))
    assert "A full month" in main_of(page) and "3 h" in main_of(page)
    for role in roles:
        theirs = world.client(role).get(world.url("log/months/"))
        assert main_of(page) == main_of(theirs), role
    own = main_of(world.client("researcher").get(world.url("log/months/")))
    assert own != main_of(page) and f"log/seen/{who}/" in own


def test_what_the_dashboard_says_of_a_log_that_stops_is_said_to_its_writer_in_the_same_words(
    world: World,
) -> None:
    """Nothing logged yet, then a day before the last closed month, then its first day."""
    start, day = closed_months(TODAY(), 1).start, datetime.timedelta(days=1)
    titled = world.residency.title
    last = day_words(start - day)
    looks = [
        (None, f"{titled} (not recorded yet)"),
        (start - day, f"{titled} (figures to {last})"),
        (start, ""),
    ]
    for on, line in looks:
        if on:
            logged(world, "Words", on)
        dashboard = world.client("programme_lead").get(f"/p/{world.programme.slug}/").content.decode()
        own = world.client("researcher").get(world.url("log/seen/lead/")).content.decode()
        assert (f"the last of these months: {line}." in dashboard) is bool(line)
        assert f"It says of yours now: “{line}”" in own if line else "It says nothing of yours now" in own
    assert "dashboard" not in world.client("researcher").get(world.url("log/seen/host/")).content.decode()


def test_it_is_of_ones_own_log_alone(world: World) -> None:
    assert world.client("researcher").get(world.url("log/seen/funder/")).status_code == 404
    for role in ("host_manager", "programme_lead", "academic_supervisor"):
        assert world.client(role).get(world.url("log/seen/host/")).status_code == 403


@pytest.mark.parametrize("number", [3, 4])
def test_months_before_the_last_three_are_folded_away(world: World, number: int) -> None:
    logged(world, "Words", closed_months(TODAY(), number).start)
    page = main_of(world.client("host_manager").get(world.url("log/months/")))
    assert page.count('scope="row"') == number
    assert ("Earlier: 1 month" in page) is (number == 4)
    folded = page[page.index("Earlier: 1 month") :] if number == 4 else page
    assert folded.count("1 h") == 2  # of its kind and of all
    assert page.count('class="app-months__none"') >= number
