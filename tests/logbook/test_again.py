"""On to the last log from anywhere, an entry once more (X-6), last week once more."""

from __future__ import annotations

import datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from programmes.models import Activity, PlannedEntry
from tests.logbook.test_log import typed, words_in
from tests.world import World, client_of, join, make_person, make_residency

TODAY = timezone.localdate()
MONDAY = TODAY - datetime.timedelta(days=TODAY.weekday())
WEEK = datetime.timedelta(days=7)


def test_the_log_is_that_of_my_only_residency_or_the_last(world: World) -> None:
    client = world.client("researcher")
    assert client.get("/log/")["Location"] == world.url("log/")
    other = make_residency(world.programme)
    join(world.people["researcher"], "researcher", world.programme, other)
    client.post(other.get_absolute_url() + "log/", typed(TODAY - WEEK, how_long="5"))
    assert client.get("/log/")["Location"] == other.get_absolute_url() + "log/"
    client.post(world.url("log/"), typed())
    assert client.get("/log/")["Location"] == world.url("log/")
    page = client.get(world.url("log/")).content.decode()
    assert f'href="{other.get_absolute_url()}log/"' in page
    assert 'href="/log/" data-key-n' in client.get("/account/").content.decode()


def test_nobody_without_a_log_is_led_to_one(world: World) -> None:
    assert world.client("programme_lead").get("/log/").status_code == 404
    assert "data-key-n" not in world.client("programme_lead").get("/account/").content.decode()


def test_x6_an_entry_once_more_is_today_with_the_first_line_for_me_alone(world: World) -> None:
    client = world.client("researcher")
    before = typed(
        TODAY - WEEK, what="Ward round\nI felt lost", readers="residency", met="Ada Bell", place="host"
    )
    client.post(world.url("log/"), before)
    first = Activity.objects.get()
    same = {"form_key": str(uuid4()), "repeat": str(first.pk)}
    for _ in range(2):
        page = client.post(world.url("log/repeat/"), same, follow=True).content.decode()
    assert "Saved: 1 h 30 min, meeting and connecting people, today" in page and "Undo" in page
    again = Activity.objects.exclude(pk=first.pk).get()
    assert (again.date, again.readers, words_in(again), again.place) == (
        TODAY,
        "only_me",
        "Ward round",
        "host",
    )
    assert again.met.count() == 1


@pytest.mark.parametrize("asked", ["", "x", "0", "9" * 30])
def test_what_is_not_there_is_not_repeated(world: World, asked: str) -> None:
    answer = world.client("researcher").post(world.url("log/repeat/"), {"repeat": asked})
    assert answer.status_code == 404


def test_v60_a_full_day_takes_no_repetition(world: World) -> None:
    client = world.client("researcher")
    client.post(world.url("log/"), typed(how_long="16 h"))
    sent = {"form_key": str(uuid4()), "repeat": str(Activity.objects.get().pk)}
    assert b"16 hours or less" in client.post(world.url("log/repeat/"), sent, follow=True).content
    assert Activity.objects.count() == 1


def test_last_week_is_copied_once_and_what_is_to_come_waits(world: World) -> None:
    client = world.client("researcher")
    assert b"Copy last week" not in client.get(world.url("log/")).content
    for number in range(7):
        client.post(world.url("log/"), typed(MONDAY - WEEK + datetime.timedelta(days=number), how_long="30"))
    assert b"Copy last week" in client.get(world.url("log/")).content
    for _ in range(2):
        page = client.post(
            world.url("log/copy-week/"), {"form_key": str(uuid4())}, follow=True
        ).content.decode()
    assert "Nothing was left to copy from last week" in page
    passed = TODAY.weekday() + 1
    assert Activity.objects.filter(date__gte=MONDAY).count() == passed
    assert PlannedEntry.objects.count() == 7 - passed


def test_somebody_elses_week_is_not_copied(world: World) -> None:
    world.client("researcher").post(world.url("log/"), typed(MONDAY - WEEK))
    colleague = make_person("Second researcher")
    join(colleague, "researcher", world.programme, world.residency)
    client_of(colleague).post(world.url("log/copy-week/"), {"form_key": str(uuid4())})
    assert Activity.objects.count() == 1
