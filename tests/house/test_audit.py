"""Every write leaves an event that says who did what where (P10)."""

from __future__ import annotations

from typing import Any

from django.test import Client

from embedded.audit.models import Event
from tests.house.addresses import address_of, our_names, things_in
from tests.house.presses import NAMES, NOBODY, WITHOUT_A_DEED, each_press, press_of
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
        assert event.who and event.deed and event.place, f"{event}: {event.place!r}"
        assert event.request_id == answer["X-Request-ID"]
        assert not event.place.startswith("/")
    if press.who != NOBODY:
        assert {event.who_id for event in events} == {str(world.people[press.who].pk)}
