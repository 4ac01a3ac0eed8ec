"""Somebody who is refused fifty times within five minutes leaves one event, and sees nothing of it (P11)."""

from __future__ import annotations

import pytest
from django.test import Client

from embedded.audit.denied import MANY, WITHIN, note_refusal
from embedded.audit.models import Event
from tests.world import World

OFTEN = "account.refused_often"


def events() -> int:
    return Event.objects.filter(deed=OFTEN).count()


@pytest.mark.parametrize(("number", "written"), [(MANY - 1, 0), (MANY, 1), (2 * MANY - 1, 1), (2 * MANY, 2)])
def test_p11_fifty_refusals_are_written_down_once(world: World, number: int, written: int) -> None:
    for second in range(number):
        note_refusal(world.people["researcher"], 1_000.0 + second / 100)
    assert events() == written


def test_p11_refusals_far_apart_are_ordinary_life(world: World) -> None:
    for number in range(2 * MANY):
        note_refusal(world.people["researcher"], 1_000.0 + number * WITHIN / (MANY - 2))
    assert events() == 0


def test_p11_each_account_is_counted_by_itself(world: World) -> None:
    for number in range(MANY):
        note_refusal(world.people["researcher" if number % 2 else "hr"], 1_000.0)
    assert events() == 0


def test_p11_what_is_out_of_reach_and_what_is_not_allowed_both_count(world: World) -> None:
    browser = world.client("researcher")
    for _ in range(MANY // 2):
        assert browser.get(world.url("approval/")).status_code == 403
        assert browser.get("/p/another-programme/").status_code == 404
    event = Event.objects.get(deed=OFTEN)
    assert event.who == world.people["researcher"].display_name
    assert event.details == {"times": MANY}


def test_p11_visitors_are_not_counted(world: World) -> None:
    for _ in range(MANY):
        assert Client().get("/no/such/page/").status_code == 404
    assert events() == 0
