"""Dates away: in half-days, without a reason, one's own alone."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from programmes.entries.waiting import plan
from programmes.entries.writing import Entry, log_activity
from programmes.models import Away
from tests.world import World

TODAY = timezone.localdate()
FIRST = datetime.date(2027, 5, 3)


def dates(first: datetime.date, last: datetime.date, **more: Any) -> dict[str, Any]:
    boxes = {
        f"{name}_{part}": getattr(date, part)
        for name, date in (("start", first), ("end", last))
        for part in ("day", "month", "year")
    }
    return boxes | {"form_key": str(uuid4())} | more


def test_away_takes_dates_and_no_reason(world: World) -> None:
    client = world.client("researcher")
    wrong = client.post("/away/", dates(FIRST, datetime.date(2027, 5, 1))).content.decode()
    assert "The last day away must be the same as or after the first" in wrong
    client.post("/away/", dates(FIRST, FIRST))
    assert "3 May 2027" in client.get("/away/").content.decode()


@pytest.mark.parametrize(
    ("last", "halves", "said"),
    [
        (
            datetime.date(2027, 5, 5),
            ("start_afternoon", "end_noon"),
            "3 May 2027, afternoon to 5 May 2027, morning",
        ),
        (FIRST, ("end_noon",), "3 May 2027 to 3 May 2027, morning"),
        (FIRST, ("start_afternoon", "end_noon"), ""),
    ],
)
def test_away_is_in_half_days(world: World, last: datetime.date, halves: tuple[str, ...], said: str) -> None:
    ticks = dict.fromkeys(halves, "on")
    page = (
        world.client("researcher").post("/away/", dates(FIRST, last, **ticks), follow=True).content.decode()
    )
    if said:
        assert f"Saved: away from {said}" in page
        away = Away.objects.get()
        assert [away.start_afternoon, away.end_noon] == ["start_afternoon" in halves, "end_noon" in halves]
    else:
        assert "Select the afternoon or the morning of one day, or neither" in page
        assert not Away.objects.exists()


def test_dates_away_are_taken_out_by_their_owner_alone(world: World) -> None:
    away = Away.objects.create(
        person=world.people["researcher"], start=TODAY, end=TODAY + datetime.timedelta(days=3)
    )
    assert world.client("host_manager").post("/away/", {"remove": str(away.pk)}).status_code == 404
    assert world.client("researcher").post("/away/", {"remove": "x"}).status_code == 404
    assert Away.objects.exists()
    for _ in range(2):  # the second press of the same button is no mistake
        press = {"remove": str(away.pk), "form_key": "3f0c1d52-6a43-4f6e-9d0a-6f1f0a3f7b11"}
        assert world.client("researcher").post("/away/", press).status_code == 302
    assert not Away.objects.exists()


def test_away_says_how_many_plans_wait_on_these_days(world: World) -> None:
    client, by = world.client("researcher"), world.people["researcher"]
    for day in (2, 3, 5, 6):
        entry = Entry(date=datetime.date(2027, 5, day), minutes=30, kind="relational")
        plan(residency=world.residency, entry=entry, by=by)
    page = client.post("/away/", dates(FIRST, datetime.date(2027, 5, 5)), follow=True).content.decode()
    assert "to 5 May 2027. 2 plans wait on these days" in page
    assert 'href="/log/week/2027-W18/">2 plans wait on these days' in page
    client.post("/away/", dates(datetime.date(2027, 6, 1), datetime.date(2027, 6, 2)))
    assert client.get("/away/").content.decode().count("wait on these days") == 1


@pytest.mark.parametrize(("noon", "copied"), [(False, 6), (True, 7)])
def test_a_copied_week_leaves_days_away_out(world: World, noon: bool, copied: int) -> None:
    """By either copy; half a day away is a day on which something may be done."""
    client, person = world.client("researcher"), world.people["researcher"]
    monday = TODAY - datetime.timedelta(days=TODAY.weekday())
    Away.objects.create(person=person, start=monday, end=monday, start_afternoon=noon)
    for number in range(7):
        day = monday - datetime.timedelta(days=7 - number)
        log_activity(residency=world.residency, entry=Entry(day, 30, "relational"), by=person)
    page = client.post(f"/log/week/{monday:%G-W%V}/", {"form_key": str(uuid4()), "copy": "yes"}, follow=True)
    assert f"from the week before: {copied} boxes" in page.content.decode()
    page = client.post(world.url("log/copy-week/"), {"form_key": str(uuid4())}, follow=True)
    assert f"Copied from last week: {copied} entries" in page.content.decode()
