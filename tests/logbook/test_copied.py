"""Copy last week is said back with Undo, which takes out what was copied and nothing else."""

from __future__ import annotations

import datetime
import html
import re
from uuid import uuid4

import time_machine
from django.test import Client
from django.utils import timezone

from programmes.models import Activity, PlannedEntry
from tests.logbook.test_log import typed
from tests.world import TODAY, World, client_of, join, make_person

WEEK = datetime.timedelta(days=7)
MONDAY = TODAY() - datetime.timedelta(days=TODAY().weekday())


def copy(world: World, client: Client) -> str:
    for number in range(7):
        client.post(world.url("log/"), typed(MONDAY - WEEK + datetime.timedelta(days=number), how_long="30"))
    return client.post(world.url("log/copy-week/"), {"form_key": str(uuid4())}, follow=True).content.decode()


def undo_in(page: str) -> str:
    found = re.search(r'action="([^"]*copied=[^"]*)"', page)
    return html.unescape(found[1]) if found else ""


def press(client: Client, address: str) -> str:
    return client.post(address, {"form_key": str(uuid4()), "did": "not"}, follow=True).content.decode()


def test_undo_takes_out_the_copy_and_nothing_that_was_changed_since(world: World) -> None:
    client = world.client("researcher")
    page = copy(world, client)
    assert "Copied from last week: 7 entries" in page
    kept = Activity.objects.filter(date__gte=MONDAY).latest("pk")
    Activity.objects.filter(pk=kept.pk).update(version=2)
    assert "The copy is taken out of your log" in press(client, undo_in(page))
    assert list(Activity.objects.filter(date__gte=MONDAY)) == [kept]
    assert Activity.objects.count() == 8
    assert not PlannedEntry.objects.filter(state="waiting").exists()


def test_nobody_else_and_nobody_later_undoes_it(world: World) -> None:
    client, colleague = world.client("researcher"), make_person("Second researcher")
    address = undo_in(copy(world, client))
    join(colleague, "researcher", world.programme, world.residency)
    there = Activity.objects.count()
    assert "too late to undo" in press(client_of(colleague), address)
    assert "too late to undo" in press(client, address + "x")
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)):
        assert "too late to undo" in press(client, address)
    assert Activity.objects.count() == there
