"""Every write leaves an event that says who did what where, and no more (P10); opening what is sensitive too (P11)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from embedded.audit.models import Event
from embedded.post.models import Letter
from tests.house.addresses import Things, address_of, our_names, things_in
from tests.house.crawling import write_into
from tests.house.presses import NAMES, NOBODY, WITHOUT_A_DEED, Press, each_press, press_of
from tests.house.pressing import undone
from tests.reports.telling import ask, keep_made
from tests.world import World


def test_every_address_that_takes_a_post_is_in_the_table(world: World, settings: Any) -> None:
    """All others answer 405 to it; a new form turns this red until the table has a press of it."""
    settings.DEMONSTRATION = True
    things, lead = things_in(world), world.client("programme_lead")
    assert set(our_names()) >= set(NAMES) | WITHOUT_A_DEED
    for name in our_names():
        if name in NAMES or name in WITHOUT_A_DEED:
            continue
        answer = lead.post(address_of(name, things), {})
        assert answer.status_code == 405, f"{name} takes a POST and has no press in tests/house"


@each_press
def test_p10_a_press_leaves_who_deed_and_place(world: World, name: str) -> None:
    things = things_in(world)
    press = press_of(name, things)
    browser: Client = press.by(things)
    last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    answer = press.send(browser)
    assert answer.status_code == press.lands, answer.content.decode()
    events = list(Event.objects.filter(pk__gt=last))
    assert events, f"{name} leaves no trace"
    for event in events:
        assert event.who and event.deed and event.what and event.place, f"{event}: {event.place!r}"
        assert event.request_id == answer["X-Request-ID"]
        assert not event.place.startswith("/")
    if press.who != NOBODY:
        assert {event.who_id for event in events} == {str(world.people[press.who].pk)}


FREE = "walrus5520 said in confidence"
TOKEN = re.compile(r"k1_[\w-]{20,}")


def freely(press: Press, browser: Client) -> Press:
    """The press with the same words in every box for free text that its page has."""
    page = browser.get(press.address).content.decode()
    boxes = set(re.findall(r'<textarea[^>]*?\sname="([^"]+)"', page))
    if "new_end_day" not in press.typed and 'name="new_end_day"' in page:
        boxes -= {"why"}  # the reason of a new end, which this press does not give
    boxes -= {f"text_{n}" for n in "123" if not press.typed.get(f"key_{n}")}  # of a source that has no key
    return press.typing(**dict.fromkeys(boxes, FREE)) if boxes else press


def test_p10_no_event_holds_free_text_or_a_token(world: World) -> None:
    """Every press with words in every free text; tokens as the letters and the addresses of the presses hold them."""
    things, told = things_in(world), 0
    for name in NAMES:
        with undone(things):
            press = press_of(name, things)
            browser = press.by(things)
            with transaction.atomic():
                press = freely(press, browser)
            last = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
            assert press.send(browser).status_code == press.lands, name
            events = str(list(Event.objects.filter(pk__gt=last).values()))
            told += FREE in press.typed.values()
            assert FREE.split()[0] not in events, f"{name}: {events}"
            assert not TOKEN.search(events), name
            for token in TOKEN.findall(
                str(list(Letter.objects.values_list("text", flat=True))) + press.address
            ):
                assert token not in events, name
    assert told >= 10, told


def share_the_words(things: Things) -> None:
    write_into(things, "For all of us", "residency")


# what is sensitive, who opens it, under which deed that is noted
OPENED = {
    "notes": ("academic_supervisor", "shared_notes.read"),
    "people_on_site_csv": ("rd_office", "people_on_site.read"),
    "report": ("programme_lead", "report.read"),
    "report_pdf": ("programme_lead", "report.read"),
    "residency_file": ("programme_lead", "residency_file.read"),
    "residency_file_bad": ("programme_lead", "residency_file.read"),
}


@pytest.mark.parametrize("name", OPENED)
def test_p11_opening_what_is_sensitive_leaves_one_row(world: World, name: str) -> None:
    """One each time it is opened, and none when it is refused."""
    things, (role, deed) = things_in(world), OPENED[name]
    things.report = keep_made(ask(world))
    share_the_words(things)
    browser, reads = world.client(role), Event.objects.filter(deed__endswith=".read")
    for time in (1, 2):
        answer = browser.get(address_of(name, things))
        assert answer.status_code == 200
        event = reads.get(request_id=answer["X-Request-ID"])
        assert (event.deed, event.who_id) == (deed, str(world.people[role].pk))
        assert event.programme == world.programme.slug
        assert reads.count() == time
    world.client("public_partner" if name != "notes" else "funder").get(address_of(name, things))
    assert reads.count() == 2
