"""One letter when nothing was logged for ten working days: who gets it, when, how often, and how to stop it."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from embedded.accounts.models import User
from embedded.jobs.models import Job
from embedded.post.models import Letter
from programmes.entries.writing import Entry, log_activity
from programmes.models import (
    Activity,
    Away,
    LogHabit,
    Organisation,
    Placement,
    Residency,
    Stage,
    StageChange,
)
from programmes.nudges.actions import remind
from programmes.nudges.tasks import look
from tests.registration.filled import key
from tests.world import World

DAY = datetime.timedelta(days=1)
# the last entry is of Friday 9 January 2026; ten working days end on Friday 23 January
LAST = datetime.date(2026, 1, 9)
MONDAY = datetime.date(2026, 1, 26)


@pytest.fixture(autouse=True)
def log_that_went_quiet(world: World, db: Any) -> None:
    begun = LAST - 100 * DAY
    Placement.objects.update(start=begun, accepted_on=begun)
    Residency.objects.update(started_on=begun)
    log(world, LAST)


def log(world: World, on: datetime.date) -> Activity:
    """As if it had been written on that day."""
    entry = Entry(date=on, minutes=30, kind="relational")
    activity = log_activity(residency=world.residency, entry=entry, by=world.people["researcher"])
    made = datetime.datetime.combine(on, datetime.time(12), datetime.UTC)
    Activity.objects.filter(pk=activity.pk).update(made_at=made)
    return activity


def away(world: World, start: datetime.date, end: datetime.date, **halves: bool) -> None:
    Away.objects.create(person=world.people["researcher"], start=start, end=end, **halves)


@pytest.mark.parametrize(
    ("today", "letters"), [(MONDAY - 3 * DAY, 0), (MONDAY - 2 * DAY, 0), (MONDAY - DAY, 0), (MONDAY, 1)]
)
def test_ten_working_days_bring_one_letter_on_a_working_day(
    world: World, today: datetime.date, letters: int
) -> None:
    assert remind(today) == letters


@pytest.mark.parametrize(
    ("moment", "letters"),
    [
        ("2026-01-26T07:59:00+00:00", 0),
        ("2026-01-26T08:00:00+00:00", 1),
        ("2026-01-26T11:59:00+00:00", 1),
        ("2026-01-26T12:00:00+00:00", 0),
        ("2026-06-08T06:59:00+00:00", 0),  # 7:59 in London
        ("2026-06-08T07:00:00+00:00", 1),
    ],
)
def test_it_is_posted_in_the_morning_in_london(world: World, moment: str, letters: int) -> None:
    with time_machine.travel(datetime.datetime.fromisoformat(moment), tick=False):
        look(Job(), lambda *told: None)
    assert Letter.objects.count() == letters


def test_on_a_day_with_another_letter_it_waits_for_the_next(world: World) -> None:
    """At most one a day, the weekly letters of access counted."""
    moment = datetime.datetime.combine(MONDAY, datetime.time(0, 5), datetime.UTC)
    to = world.people["researcher"].email
    for address, at in ((to.upper(), moment), ("jo@nhs.uk", moment + DAY)):
        Letter.objects.create(to=address, subject="Access this week", key=address, state="kept", asked_at=at)
    assert [remind(MONDAY), remind(MONDAY + DAY)] == [0, 1]


def test_letter_comes_once_a_spell_and_to_its_owner_alone(world: World) -> None:
    assert [remind(MONDAY), remind(MONDAY), remind(MONDAY + DAY), remind(MONDAY + 30 * DAY)] == [1, 0, 0, 0]
    letter = Letter.objects.get()
    assert letter.to == world.people["researcher"].email
    assert "/log/week/" in letter.text and "/log-reminder/" in letter.text
    assert world.residency.title not in letter.text
    log(world, MONDAY)
    assert [remind(MONDAY + 14 * DAY), remind(MONDAY + 15 * DAY)] == [0, 1]


def test_entry_written_late_counts_on_the_day_it_was_written(world: World) -> None:
    """Who copies last month's notes today is not told that nothing was logged."""
    activity = log(world, LAST - 30 * DAY)
    made = datetime.datetime(2026, 1, 20, 12, tzinfo=datetime.UTC)
    Activity.objects.filter(pk=activity.pk).update(made_at=made)
    assert remind(MONDAY) == 0


@pytest.mark.parametrize(
    ("nation", "last", "days"),
    [
        ("england", datetime.date(2026, 6, 5), 17),
        ("scotland", datetime.date(2026, 6, 5), 18),  # 15 June, for once
        ("england", datetime.date(2026, 5, 15), 18),  # 25 May
        ("northern_ireland", datetime.date(2026, 7, 3), 18),  # 13 July
        ("wales", datetime.date(2026, 7, 3), 17),
        ("wales", datetime.date(2026, 3, 27), 19),  # Good Friday and Easter Monday
        ("scotland", datetime.date(2026, 3, 27), 18),  # Good Friday alone
        ("scotland", datetime.date(2026, 11, 20), 18),  # St Andrew's Day
    ],
)
def test_bank_holidays_of_the_host_do_not_count(
    world: World, nation: str, last: datetime.date, days: int
) -> None:
    """From a Friday on: on the Monday after two weeks, or after as many more working days as were holidays."""
    Organisation.objects.filter(pk=world.host.pk).update(nation=nation)
    log(world, last)
    assert next(day for day in range(1, 40) if remind(last + day * DAY)) == days


def test_nobody_is_written_to_on_a_bank_holiday(world: World) -> None:
    log(world, datetime.date(2026, 5, 8))
    assert remind(datetime.date(2026, 5, 25)) == 0
    assert remind(datetime.date(2026, 5, 26)) == 1


def test_days_away_do_not_count(world: World) -> None:
    away(world, MONDAY - 7 * DAY, MONDAY - 6 * DAY)  # a Monday and a Tuesday
    assert [remind(MONDAY), remind(MONDAY + DAY), remind(MONDAY + 2 * DAY)] == [0, 0, 1]


def test_half_a_day_away_counts_half(world: World) -> None:
    away(world, MONDAY - 7 * DAY, MONDAY - 7 * DAY, start_afternoon=True)
    assert [remind(MONDAY), remind(MONDAY + DAY)] == [0, 1]


def test_nobody_is_written_to_while_away(world: World) -> None:
    away(world, MONDAY + 10 * DAY, MONDAY + 12 * DAY)
    assert [remind(MONDAY + days * DAY) for days in (10, 11, 12)] == [0, 0, 0]
    assert [remind(MONDAY + days * DAY) for days in (13, 14)] == [0, 1]  # a Sunday, and a Monday


@pytest.mark.parametrize("stage", [Stage.PAUSED, Stage.CLOSING, Stage.ENDED])
def test_nothing_is_asked_while_it_does_not_run(world: World, stage: str) -> None:
    Residency.objects.update(stage=stage)
    assert remind(MONDAY) == 0


def test_after_a_pause_it_counts_from_its_end(world: World) -> None:
    StageChange.objects.create(
        residency=world.residency,
        from_stage=Stage.PAUSED,
        to_stage=Stage.ACTIVE,
        on=MONDAY - 3 * DAY,
        by=world.people["programme_lead"],
    )
    assert [remind(MONDAY), remind(MONDAY + 11 * DAY), remind(MONDAY + 14 * DAY)] == [0, 0, 1]


@pytest.mark.parametrize(
    "fields", [{"end": MONDAY}, {"accepted_on": None}, {"start": MONDAY - 3 * DAY}, {"start": MONDAY + DAY}]
)
def test_only_live_and_accepted_posts_are_asked_about(world: World, fields: dict[str, Any]) -> None:
    Placement.objects.update(**fields)
    assert remind(MONDAY) == 0


def test_who_may_not_sign_in_gets_no_letter(world: World) -> None:
    User.objects.filter(person=world.people["researcher"]).update(is_active=False)
    assert remind(MONDAY) == 0


def test_several_posts_bring_one_letter(world: World) -> None:
    Placement.objects.create(
        residency=world.residency,
        person=world.people["researcher"],
        wte="0.20",
        start=LAST - 50 * DAY,
        accepted_on=LAST - 50 * DAY,
    )
    assert remind(MONDAY) == 1


def test_round_asks_no_more_for_many_than_for_one(world: World, django_assert_num_queries: Any) -> None:
    from programmes.nudges.due import due_on

    with django_assert_num_queries(6):
        assert len(due_on(MONDAY)) == 1


def link(world: World) -> str:
    remind(MONDAY)
    text = Letter.objects.latest("pk").text
    return "/log-reminder/" + text.partition("/log-reminder/")[2].split()[0]


def test_one_press_in_the_letter_stops_them_and_another_brings_them_back(world: World) -> None:
    address, browser = link(world), Client()
    assert "Stop reminders" in browser.get(address).content.decode()
    assert browser.post(address, {"form_key": key(), "reminders": "off"}).status_code == 302
    assert LogHabit.objects.get().nudges_off_on is not None
    log(world, MONDAY)
    assert remind(MONDAY + 30 * DAY) == 0
    assert "Send me reminders again" in browser.get(address).content.decode()
    browser.post(address, {"form_key": key(), "reminders": "on"})
    assert remind(MONDAY + 30 * DAY) == 1


def test_mail_scanners_change_nothing(world: World) -> None:
    """F14: they open every link, over and over."""
    address = link(world)
    for _ in range(20):
        assert Client().get(address).status_code == 200
    assert not LogHabit.objects.exists()


def test_switch_in_the_account_is_one_press(world: World) -> None:
    browser = world.client("researcher")
    assert "On" in browser.get("/log/reminders/").content.decode()
    browser.post("/log/reminders/", {"form_key": key(), "reminders": "off"})
    assert "Saved: reminders are off" in browser.get("/log/reminders/").content.decode()
    assert remind(MONDAY) == 0


def test_link_that_never_was_says_no_more_than_one_that_is_over(world: World) -> None:
    assert Client().get("/log-reminder/k1_never/").status_code == 410
