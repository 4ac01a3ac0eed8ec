"""What is in order on a day: the same in the database and out of it, on the top line, in the list and the registration;
what is still to be confirmed after a running residency was brought in (users.md decision 1)."""

from __future__ import annotations

import datetime
import re
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from programmes import clearance
from programmes.home.finding import Filter
from programmes.in_order import confirm_by, not_in_order
from programmes.models import AccessItem, Placement, Residency
from tests.world import World

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
LETTER = {"issuer": "R&D", "reference": "LOA 1", "issued_on": TODAY - 90 * DAY}
STANDS: list[tuple[dict[str, Any], str]] = [
    ({"state": "in_place"}, ""),
    ({"state": "in_place", "expires_on": TODAY}, ""),
    ({"state": "in_place", "expires_on": TODAY - DAY}, "Letter of access is not in place: it ran out on"),
    ({"state": "in_place", "issued_on": TODAY}, ""),
    ({"state": "in_place", "issued_on": TODAY + DAY}, "Letter of access is not in place: it begins on"),
    ({"state": "not_required", "reason": "R&D says so"}, ""),
    ({"state": "revoked"}, "Letter of access is not in place: it has been ended"),
    ({"state": "required"}, "Letter of access is not in place"),
    ({"state": "refused"}, "Letter of access is not in place"),
]


def letter(world: World, **fields: Any) -> AccessItem:
    values = LETTER | {"placement": world.placement, "host": world.host, "kind": "letter_of_access"}
    return AccessItem.objects.create(**(values | fields))


def page(world: World, tail: str = "", role: str = "host_manager") -> str:
    text = unescape(world.client(role).get(world.url(tail)).content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def listed(world: World) -> bool:
    found = Filter.of({"whose": "access"}).apply(Residency.objects.all(), world.programme)
    return found.exists()


def adopt(world: World, days: int) -> None:
    Residency.objects.filter(pk=world.residency.pk).update(adopted_on=TODAY - days * DAY)
    world.residency.refresh_from_db()


@pytest.mark.parametrize(("fields", "words"), STANDS)
def test_what_ran_out_was_ended_or_has_not_begun_is_not_in_order_anywhere(
    world: World, fields: dict[str, Any], words: str
) -> None:
    """The day it begins and its last day count as covered."""
    item = letter(world, **fields)
    assert clearance.is_live(item, TODAY) is (not words and item.state == "in_place")
    assert clearance.missing([item], TODAY) == list(AccessItem.objects.filter(not_in_order(TODAY)))
    assert bool(clearance.missing([item], TODAY)) is bool(words)
    assert listed(world) is bool(words)
    top, section = page(world), page(world, "registration/")
    assert (words in top and "Not in place: Letter of access" in top) is bool(words) or not words
    assert ("not in place" in top.lower()) is bool(words)
    assert ("1 not in place" in section) is bool(words)
    assert ("1 thing missing" in page(world, "access/")) is bool(words)


@pytest.mark.parametrize(("end", "counts"), [(TODAY, False), (TODAY + DAY, True)])
def test_what_a_post_that_is_over_had_is_not_missing(world: World, end: datetime.date, counts: bool) -> None:
    letter(world, state="revoked")
    Placement.objects.filter(pk=world.placement.pk).update(end=end)
    assert listed(world) is counts
    assert ("not in place" in page(world).lower()) is counts
    access = page(world, "access/")
    assert ("1 thing missing" in access) is counts and ("No permission to be on site yet" in access) is counts


@pytest.mark.parametrize(("days", "waits"), [(0, True), (59, True), (60, False)])
def test_what_nobody_entered_waits_sixty_days_to_be_confirmed(world: World, days: int, waits: bool) -> None:
    letter(world, state="required", issued_on=None)
    adopt(world, days)
    last = confirm_by(world.residency, TODAY)
    assert last == (TODAY + (59 - days) * DAY if waits else None)
    for tail in ("", "registration/", "access/", "brief/"):
        assert ("to be confirmed by" in page(world, tail).lower()) is waits, tail
    assert ("not in place" in page(world).lower()) is not waits
    assert ("1 not in place" in page(world, "registration/")) is not waits
    assert ("No permission to be on site yet" in page(world, "access/")) is not waits
    assert "Nothing missing, 1 to be confirmed" in page(world, "access/") or not waits


def test_what_was_entered_and_is_not_in_order_is_missing_from_the_first_day(world: World) -> None:
    """The 60 days are for what nobody has entered."""
    letter(world, state="refused")
    adopt(world, 1)
    assert "Not in place: Letter of access" in page(world)
    assert "No permission to be on site yet" in page(world, "access/")


@pytest.mark.parametrize(("state", "said"), [("in_place", False), ("requested", True)])
def test_day_on_which_it_was_needed_is_not_said_of_what_ran_out(world: World, state: str, said: bool) -> None:
    letter(world, state=state, due=TODAY - 300 * DAY, expires_on=TODAY - DAY)
    needed = TODAY - 300 * DAY
    assert (f", by {needed.day} {needed:%B %Y})" in page(world)) is said
