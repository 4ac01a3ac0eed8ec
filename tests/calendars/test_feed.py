"""The private calendar address: dates of one's own residencies, for whoever holds it, until its owner ends it."""

from __future__ import annotations

import datetime
import re
from typing import Any

import icalendar
import time_machine
from django.test import Client
from django.utils import timezone

from embedded.accounts.models import User
from embedded.links.models import SignedLink
from programmes.models import Membership
from tests.registration.filled import key
from tests.world import World, make_residency

PAGE = "/log/calendar/feed/"
DAY = datetime.timedelta(days=1)


def make(world: World, role: str = "researcher") -> str:
    """The address, as its owner's browser shows it once."""
    browser = world.client(role)
    browser.post(PAGE, {"form_key": key(), "press": "make"})
    text = browser.get(PAGE).content.decode()
    return (
        "/calendar/"
        + text.partition("/calendar/k1_")[1].removeprefix("/calendar/")
        + text.partition("/calendar/k1_")[2].partition("<")[0]
    )


def summaries(content: bytes) -> list[str]:
    return [str(event["SUMMARY"]) for event in icalendar.Calendar.from_ical(content).walk("VEVENT")]


def test_address_gives_the_dates_of_my_residencies(world: World) -> None:
    make_residency(world.programme, title="Somebody else's")
    answer = Client().get(make(world))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    title = world.residency.title
    assert summaries(answer.content) == [f"Starts: {title}", f"Ends as planned: {title}"]
    first: Any = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert first["DTSTART"].dt == world.residency.started_on
    for person in world.people.values():
        assert person.display_name.encode() not in answer.content


def test_lead_reads_only_what_is_their_own(world: World) -> None:
    assert summaries(Client().get(make(world, "programme_lead")).content) == []


def test_address_is_shown_once_and_kept_nowhere(world: World) -> None:
    token = make(world).rpartition("/")[2].removesuffix(".ics")
    assert token not in world.client("researcher").get(PAGE).content.decode()
    assert not SignedLink.objects.filter(token_sha256__contains=token).exists()
    assert token not in str(list(SignedLink.objects.values()))


def shown(browser: Client) -> str:
    """The address that the page shows, "" for none."""
    found = re.search(r"/calendar/k1_[^<]+", browser.get(PAGE).content.decode())
    return found[0] if found else ""


def test_double_press_shows_an_address_that_works(world: World) -> None:
    """Whichever of the two answers the browser keeps; and the second press made nothing that is not shown."""
    press = {"form_key": key(), "press": "make"}
    kept, dropped = world.client("researcher"), world.client("researcher")
    dropped.post(PAGE, press)
    kept.post(PAGE, press)
    assert Client().get(shown(kept)).status_code == 200
    address = shown(kept)
    kept.post(PAGE, press)
    assert shown(kept) == address and Client().get(address).status_code == 200
    with time_machine.travel(timezone.now() + DAY):
        again = world.client("researcher")
        again.post(PAGE, press)
        assert not shown(again) and Client().get(address).status_code == 200


def test_another_address_ends_the_one_before(world: World) -> None:
    first = make(world)
    second = make(world)
    assert [Client().get(one).status_code for one in (first, second)] == [404, 200]


def test_ended_expired_and_suspended_are_nothing_alike(world: World) -> None:
    address = make(world)
    with time_machine.travel(timezone.now() + 731 * DAY):
        assert Client().get(address).status_code == 404
    User.objects.filter(person=world.people["researcher"]).update(is_active=False)
    assert Client().get(address).status_code == 404
    User.objects.filter(person=world.people["researcher"]).update(is_active=True)
    assert Client().get(address).status_code == 200
    world.client("researcher").post(PAGE, {"form_key": key(), "press": "end"})
    assert Client().get(address).status_code == 404
    assert Client().get("/calendar/k1_never.ics").status_code == 404


def test_who_left_reads_no_dates_any_more(world: World) -> None:
    address = make(world)
    Membership.objects.filter(person=world.people["researcher"]).update(end=timezone.localdate() - DAY)
    assert summaries(Client().get(address).content) == []


def test_asked_too_often_it_says_so(world: World) -> None:
    """Thirty times a minute, the page of its owner included."""
    address = make(world)
    assert [Client().get(address).status_code for _ in range(30)][-2:] == [200, 429]


def test_same_dates_give_the_same_bytes(world: World) -> None:
    address = make(world)
    assert Client().get(address).content == Client().get(address).content
