"""Supervision on both sides: each side reads its own words and both days; nobody changes another's record."""

from __future__ import annotations

import datetime

import pytest

from programmes.models import Activity, SupervisionMeeting
from programmes.supervision.actions import Meeting, record_supervision
from tests.house.presses_focus import meeting_typed
from tests.registration.filled import TODAY, boxes, key
from tests.world import World, client_of, join, make_person

DAY = datetime.timedelta(days=1)


def met(world: World, side: str = "university", **fields: object) -> SupervisionMeeting:
    person = world.people["researcher"]
    about = {
        "person": person,
        "side": side,
        "with_name": "Ada",
        "on": TODAY,
        "agreed": f"Words of the {side}",
    }
    return record_supervision(residency=world.residency, meeting=Meeting(**(about | fields)), by=person)  # type: ignore[arg-type]


def page(world: World, who: str) -> str:
    return world.client(who).get(world.url("supervision/")).content.decode()


def test_a_researcher_records_a_meeting_on_either_side(world: World) -> None:
    browser = world.client("researcher")
    for side in ("host", "university"):
        assert browser.post(world.url("supervision/new/"), meeting_typed(side=side)).status_code == 302
    assert list(SupervisionMeeting.objects.values_list("side", flat=True).order_by("side")) == [
        "host",
        "university",
    ]
    assert "Next on" in page(world, "researcher")


@pytest.mark.parametrize(("who", "side"), [("host_manager", "host"), ("academic_supervisor", "university")])
def test_a_supervisor_records_their_own_side_by_their_own_name(world: World, who: str, side: str) -> None:
    typed = {"form_key": key(), "agreed": "Two days a week", "side": "?", "with_name": "x"} | boxes(
        "on", TODAY
    )
    world.client(who).post(world.url("supervision/new/"), typed)
    made = SupervisionMeeting.objects.get()
    assert (made.side, made.person, made.with_person) == (side, world.people["researcher"], world.people[who])
    assert made.with_name == str(world.people[who])


def test_each_side_reads_its_own_words_and_the_days_of_both(world: World) -> None:
    met(world, "host")
    met(world, "university")
    for who, reads in (
        ("researcher", {"host", "university"}),
        ("host_manager", {"host"}),
        ("academic_supervisor", {"university"}),
    ):
        shown = page(world, who)
        assert {side for side in ("host", "university") if f"Words of the {side}" in shown} == reads
        assert shown.count("and Ada") == 2
    for who in ("programme_lead", "theme_lead", "hr", "public_partner"):
        assert world.client(who).get(world.url("supervision/")).status_code == 403


def test_nobody_changes_what_somebody_else_recorded(world: World) -> None:
    meeting = met(world)
    address = world.url(f"supervision/{meeting.pk}/")
    assert world.client("academic_supervisor").post(address, meeting_typed(version="1")).status_code == 403
    assert world.client("host_manager").post(address, meeting_typed(version="1")).status_code == 404
    assert world.client("researcher").post(address, meeting_typed(version="1")).status_code == 302


def test_a_second_researcher_and_the_supervisor_of_another_residency_read_nothing(
    world: World, other_world: World
) -> None:
    met(world)
    second = make_person("Second Researcher")
    join(second, "researcher", world.programme, world.residency)
    assert "Words of" not in client_of(second).get(world.url("supervision/")).content.decode()
    elsewhere = other_world.client("academic_supervisor").get(world.url("supervision/"))
    assert elsewhere.status_code == 404


@pytest.mark.parametrize(("days", "taken"), [(0, False), (1, True)])
def test_the_next_day_is_after_the_meeting(world: World, days: int, taken: bool) -> None:
    typed = meeting_typed() | boxes("next_on", TODAY + days * DAY)
    world.client("researcher").post(world.url("supervision/new/"), typed)
    assert SupervisionMeeting.objects.exists() is taken


def test_a_day_that_has_gone_by_is_to_be_recorded_and_not_missed(world: World) -> None:
    met(world, on=TODAY - 30 * DAY, next_on=TODAY - DAY)
    shown = page(world, "researcher")
    assert "not recorded yet" in shown and "missed" not in shown


def test_a_supervisor_is_reminded_by_the_quarter_on_their_page(world: World) -> None:
    assert "staying an academic" in page(world, "academic_supervisor")
    met(world)
    assert "staying an academic" not in page(world, "academic_supervisor")
    assert "staying an academic" in page(world, "host_manager")


def test_days_at_the_university_are_counted_from_ones_own_log_for_oneself(world: World) -> None:
    person = world.people["researcher"]
    for ago, place in (
        (1, "academic_home"),
        (1, "academic_home"),
        (2, "academic_home"),
        (3, "host"),
        (92, "academic_home"),
    ):
        Activity.objects.create(
            residency=world.residency,
            person=person,
            date=TODAY - ago * DAY,
            minutes=60,
            kind="academic_home",
            place=place,
        )
    assert "2 days in the last three months" in page(world, "researcher")
    assert "in the last three months, by your own log" not in page(world, "academic_supervisor")
