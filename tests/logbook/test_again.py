"""On to the last log from anywhere, an entry once more (X-6), last week once more."""

from __future__ import annotations

import datetime
import re
from uuid import uuid4

import pytest
from django.utils import timezone

from programmes.models import Activity, Membership, PlannedEntry
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


def test_whoever_has_no_log_is_led_to_what_they_have(world: World) -> None:
    world.client("researcher").post(world.url("log/"), typed())
    Membership.objects.filter(person=world.people["researcher"]).update(end=TODAY)
    for role, there in (("researcher", "/log/all/"), ("programme_lead", "/")):
        answer = world.client(role).get("/log/", follow=True)
        assert (answer.redirect_chain[0][0], answer.status_code) == (there, 200)


def test_no_key_leads_to_a_log_that_is_not_there(world: World) -> None:
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


def test_the_ways_around_a_log_are_named_alike_and_open(world: World) -> None:
    """The same words on the page of the log and on every list of it; none leads to nowhere, after the post neither."""
    client = world.client("researcher")
    client.post(world.url("log/"), typed())
    named = re.compile(r'<li>(?:<a class="nhsuk-link" href="([^"]+)">|<strong[^>]*>)([^<]+)<')
    ways = {}
    for page in (world.url("log/"), "/log/all/"):
        found = client.get(page).content.decode()
        around = found[found.index('aria-label="Your log"') :]
        ways[page] = named.findall(around[: around.index("</nav>")])
    assert [text for _, text in ways[world.url("log/")]] == [text for _, text in ways["/log/all/"]]
    assert {"Diary", "Calendar"} <= {text for _, text in ways["/log/all/"]}
    Membership.objects.filter(person=world.people["researcher"]).update(end=TODAY)
    after = client.get("/log/all/").content.decode()
    assert ">Diary<" in after and ">Calendar<" not in after
    for address, _ in ways[world.url("log/")]:
        assert address == "/log/calendar/" or client.get(address, follow=True).status_code == 200, address
