"""The month of one's own log as a calendar: days, sums, what waits, and when one is away."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from programmes.entries.waiting import plan
from programmes.entries.writing import Entry
from programmes.models import Away, PlannedEntry
from programmes.weeks.calendar import Month, Week
from programmes.weeks.month import Calendar, Day, calendar_of
from tests.weeks.test_all import DAY, TODAY, logged
from tests.world import World, join

MAY = Month(datetime.date(2026, 5, 1))


def calendar(world: World, month: Month = MAY) -> Calendar:
    return calendar_of(world.people["researcher"], month, TODAY())


def days(found: Calendar) -> dict[int, Day]:
    return {day.date.day: day for line in found.lines for day in line.days if day}


def on(world: World, day: datetime.date, **fields: Any) -> None:
    logged(world, days=(TODAY() - day).days, **fields)


def test_a_month_holds_its_own_days_and_the_weeks_that_they_are_in(world: World) -> None:
    for day in (datetime.date(2026, 4, 30), datetime.date(2026, 6, 1)):
        on(world, day, minutes=600)
    on(world, datetime.date(2026, 5, 1), minutes=60)
    on(world, datetime.date(2026, 5, 31), minutes=30)
    on(world, datetime.date(2026, 5, 31), minutes=15, kind="educational")
    found = calendar(world)
    assert [line.week.name for line in found.lines] == [f"2026-W{number}" for number in range(18, 23)]
    assert [line.total for line in found.lines] == [60, 0, 0, 0, 45]
    assert (found.total, found.days_logged, sorted(days(found))) == (105, 2, list(range(1, 32)))
    assert (days(found)[31].minutes, days(found)[31].entries) == (45, 2)
    assert days(found)[31].list_query == "?since=2026-05-31&until=2026-05-31"


@pytest.mark.parametrize(
    ("start", "end", "noons", "said"),
    [
        (4, 6, {}, {4: "Away", 5: "Away", 6: "Away"}),
        (4, 5, {"start_afternoon": True}, {4: "Away from noon", 5: "Away"}),
        (4, 5, {"end_noon": True}, {4: "Away", 5: "Away until noon"}),
        (4, 4, {"start_afternoon": True}, {4: "Away from noon"}),
        (4, 4, {"end_noon": True}, {4: "Away until noon"}),
    ],
)
def test_half_days_away_are_said(
    world: World, start: int, end: int, noons: dict[str, bool], said: dict[int, str]
) -> None:
    person = world.people["researcher"]
    first, last = datetime.date(2026, 5, start), datetime.date(2026, 5, end)
    Away.objects.create(person=person, start=first, end=last, **noons)
    Away.objects.create(person=world.people["host_manager"], start=first, end=last + 9 * DAY)
    assert {number: day.away for number, day in days(calendar(world)).items() if day.away} == said


def test_two_halves_are_a_day_away(world: World) -> None:
    person, day = world.people["researcher"], datetime.date(2026, 5, 4)
    Away.objects.create(person=person, start=day - DAY, end=day, end_noon=True)
    Away.objects.create(person=person, start=day, end=day, start_afternoon=True)
    assert days(calendar(world))[4].away == "Away"


def test_what_waits_is_counted_and_is_in_no_sum(world: World) -> None:
    day = TODAY() + DAY
    entry = Entry(date=day, minutes=60, kind="relational")
    plan(residency=world.residency, entry=entry, by=world.people["researcher"])
    found = calendar(world, Month.of(day))
    assert (days(found)[day.day].planned, days(found)[day.day].meetings, found.total) == (1, 0, 0)
    page = world.client("researcher").get(f"/log/month/{Month.of(day).name}/").content.decode()
    assert f'href="/log/week/{Week.of(day).name}/">1 planned' in page
    assert "Nothing is logged in this month" in page


def test_meetings_of_a_calendar_lead_to_their_ticks(world: World) -> None:
    for day in (TODAY(), TODAY() + DAY):
        PlannedEntry.objects.create(person=world.people["researcher"], on=day, origin="calendar")
        page = world.client("researcher").get(f"/log/month/{Month.of(day).name}/").content.decode()
        query = "?show=to-come" if day > TODAY() else ""
        assert f'href="/log/calendar/ticks/{query}">1 to tick' in page


def test_nobody_elses_days_are_in_it(world: World) -> None:
    other = world.people["academic_supervisor"]
    join(other, "researcher", world.programme, world.residency)
    on(world, MAY.first, minutes=600, by=other)
    assert calendar(world).total == 0


def test_the_page_leads_to_the_day_and_to_the_week(world: World) -> None:
    on(world, datetime.date(2026, 5, 13), minutes=90)
    client = world.client("researcher")
    page = client.get("/log/month/2026-05/").content.decode()
    assert 'href="/log/all/?since=2026-05-13&amp;until=2026-05-13">1 h 30 min' in page
    assert 'href="/log/week/2026-W20/"' in page and 'href="/log/month/2026-04/"' in page
    assert client.get("/log/month/")["Location"] == f"/log/month/{Month.of(TODAY()).name}/"
    assert client.get("/log/month/2026-13/").status_code == 404


def test_a_press_on_any_day_logs_on_it(world: World) -> None:
    day = datetime.date(2026, 5, 12)
    client = world.client("researcher")
    assert 'href="/log/?on=2026-05-12"' in client.get("/log/month/2026-05/").content.decode()
    assert client.get(f"/log/?on={day}")["Location"] == f"{world.url('log/')}?on={day}"
    assert client.get("/log/?on=soon")["Location"] == world.url("log/")
    assert "/log/?on=" not in world.client("host_manager").get("/log/month/2026-05/").content.decode()
