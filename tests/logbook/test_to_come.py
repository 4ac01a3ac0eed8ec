"""A day to come waits (V-60): it is no entry until its owner says that it happened."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from embedded.vault import Sealer
from programmes.models import Activity, ActivityMonth, PlannedEntry
from tests.logbook.test_log import typed, words_in
from tests.world import World, client_of, join, make_person

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)


def planned(world: World, **fields: Any) -> PlannedEntry:
    world.client("researcher").post(world.url("log/"), typed(TODAY + DAY, what="Meet the board", **fields))
    return PlannedEntry.objects.latest("pk")


def has_come(one: PlannedEntry) -> str:
    """Its day is today; gives what follows the log's address."""
    PlannedEntry.objects.filter(pk=one.pk).update(on=TODAY)
    return f"log/waiting/{one.pk}/"


@pytest.mark.parametrize(("days", "waits"), [(0, False), (1, True), (366, True)])
def test_v60_a_day_to_come_waits_and_counts_nowhere(world: World, days: int, waits: bool) -> None:
    client = world.client("researcher")
    page = client.post(world.url("log/"), typed(TODAY + DAY * days), follow=True).content.decode()
    assert ("It waits until" in page) is waits
    assert (PlannedEntry.objects.count(), Activity.objects.count()) == (int(waits), int(not waits))
    assert ActivityMonth.objects.exists() is not waits


def test_v60_more_than_a_year_ahead_is_refused(world: World) -> None:
    page = world.client("researcher").post(world.url("log/"), typed(TODAY + DAY * 367)).content.decode()
    assert "The date must be within a year from today" in page
    assert not PlannedEntry.objects.exists()


def test_an_entry_cannot_be_moved_to_a_day_to_come(world: World) -> None:
    client = world.client("researcher")
    client.post(world.url("log/"), typed())
    entry = world.url(f"log/{Activity.objects.get().pk}/")
    page = client.post(entry, typed(TODAY + DAY, version=1)).content.decode()
    assert "The date must be today or in the past" in page


def test_whoever_is_named_for_a_day_to_come_stays_in_the_words(world: World) -> None:
    one = planned(world, met="Ada Bell, Bo Cole", asked_by="The matron")
    text = Sealer(world.people["researcher"]).open(one.text or b"")
    assert text == "Meet the board\nWith Ada Bell, Bo Cole\nAsked by The matron"


def test_it_happened_makes_an_entry_once(world: World) -> None:
    client, tail = world.client("researcher"), has_come(planned(world))
    page = client.get(world.url("log/")).content.decode()
    assert "Did this happen?" in page and "Meet the board" in page
    same = {"form_key": str(uuid4()), "did": "happened"}
    for press in (same, same, {"form_key": str(uuid4()), "did": "happened"}):
        assert client.post(world.url(tail), press).status_code == 302
    entry = Activity.objects.get()
    assert (entry.minutes, entry.date, words_in(entry)) == (90, TODAY, "Meet the board")
    assert "Did this happen?" not in client.get(world.url("log/")).content.decode()


def test_it_does_not_happen_before_its_day_or_on_a_full_one(world: World) -> None:
    client, one = world.client("researcher"), planned(world)
    press = {"form_key": str(uuid4()), "did": "happened"}
    early = client.post(world.url(f"log/waiting/{one.pk}/"), press, follow=True).content.decode()
    assert "Its day has not come yet" in early
    client.post(world.url("log/"), typed(how_long="16 h"))
    full = client.post(world.url(has_come(one)), press, follow=True).content.decode()
    assert "All of one day must come to 16 hours or less" in full
    assert Activity.objects.count() == 1


def test_what_did_not_happen_goes(world: World) -> None:
    client, tail = world.client("researcher"), has_come(planned(world))
    client.post(world.url(tail), {"form_key": str(uuid4()), "did": "not"})
    assert PlannedEntry.objects.get().state == "left_out"
    assert not Activity.objects.exists()
    assert b"That does not wait any more" in client.get(world.url(tail), follow=True).content


def test_it_was_otherwise_and_is_logged_as_it_was(world: World) -> None:
    client, tail = world.client("researcher"), has_come(planned(world))
    assert "Meet the board" in client.get(world.url(tail)).content.decode()
    client.post(world.url(tail), typed(what="Met half of them", how_long="45", version=1))
    entry = Activity.objects.get()
    assert (entry.minutes, words_in(entry), entry.planned.state) == (45, "Met half of them", "logged")


def test_it_is_put_off_and_two_hands_do_not_overwrite_each_other(world: World) -> None:
    client, one = world.client("researcher"), planned(world)
    address = world.url(f"log/waiting/{one.pk}/")
    client.post(address, typed(TODAY + DAY * 2, what="Later", version=1))
    page = client.post(address, typed(TODAY + DAY * 3, what="Never", version=1)).content.decode()
    assert "Changed in another window" in page and "Never" in page
    one.refresh_from_db()
    assert (one.on, one.version) == (TODAY + DAY * 2, 2)
    assert Sealer(one.person).open(one.text or b"") == "Later"


def test_what_was_typed_for_a_plan_that_is_gone_can_be_logged_all_the_same(world: World) -> None:
    client, tail = world.client("researcher"), has_come(planned(world))
    client.post(world.url(tail), {"form_key": str(uuid4()), "did": "not"})
    page = client.post(world.url(tail), typed(what="It did happen", version=1)).content.decode()
    assert "It did happen" in page and f'action="{world.url("log/")}"' in page
    assert not Activity.objects.exists()


def test_what_somebody_else_planned_is_a_404(world: World) -> None:
    tail = f"log/waiting/{planned(world).pk}/"
    colleague = make_person("Second researcher")
    join(colleague, "researcher", world.programme, world.residency)
    browser = client_of(colleague)
    assert browser.get(world.url(tail)).status_code == 404
    assert browser.post(world.url(tail), {"did": "not", "form_key": str(uuid4())}).status_code == 404
    assert b"Meet the board" not in browser.get(world.url("log/")).content


@pytest.mark.parametrize("otherwise", [False, True])
def test_undo_of_what_happened_lets_it_wait_again(world: World, otherwise: bool) -> None:
    client, tail = world.client("researcher"), has_come(planned(world))
    press = typed(what="Met half of them", version=1) if otherwise else {"did": "happened"}
    led = client.post(world.url(tail), {"form_key": str(uuid4())} | press)["Location"]
    undo = world.url(f"log/{Activity.objects.get().pk}/remove/")
    assert f'action="{undo}"' in client.get(led).content.decode()
    same = {"form_key": str(uuid4()), "did": "not"}
    for _ in range(2):
        page = client.post(undo, same, follow=True).content.decode()
    assert "Did this happen?" in page and "Meet the board" in page
    assert not Activity.objects.exists()
    client.post(world.url(tail), {"form_key": str(uuid4()), "did": "happened"})
    assert Activity.objects.get().minutes == 90


def test_an_entry_that_is_removed_is_not_asked_about_again(world: World) -> None:
    client, tail = world.client("researcher"), has_come(planned(world))
    client.post(world.url(tail), {"form_key": str(uuid4()), "did": "happened"})
    page = client.post(world.url(f"log/{Activity.objects.get().pk}/remove/"), follow=True).content.decode()
    assert "Did this happen?" not in page


@pytest.mark.parametrize(("days", "asked"), [(31, False), (32, True)])
def test_v60_what_happened_long_ago_asks_why_it_comes_late(world: World, days: int, asked: bool) -> None:
    client, one = world.client("researcher"), planned(world)
    PlannedEntry.objects.filter(pk=one.pk).update(on=TODAY - days * DAY)
    address = world.url(f"log/waiting/{one.pk}/")
    page = client.post(address, {"form_key": str(uuid4()), "did": "happened"}, follow=True).content.decode()
    assert ("is entered late, then save" in page and "Meet the board" in page) is asked
    assert Activity.objects.exists() is not asked


def test_what_another_window_planned_meanwhile_is_not_logged_over(world: World) -> None:
    client, one = world.client("researcher"), planned(world)
    address = world.url(has_come(one))
    client.post(address, typed(TODAY + DAY * 2, what="Later", version=1))
    page = client.post(address, typed(what="Now", version=1)).content.decode()
    assert "Changed in another window" in page and "Now" in page
    assert not Activity.objects.exists()
