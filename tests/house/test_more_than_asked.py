"""Nothing but what a form asks for is written (P5): every column of ours is sent along with every press."""

from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.test import Client

from embedded.accounts.models import Person, User
from tests.house.addresses import things_in
from tests.house.live import live_links
from tests.house.presses import NAMES, Press, each_press, press_of
from tests.house.shapes import Ids, hostile_values, known_ids, shape
from tests.world import World

BOX = re.compile(r"_(day|month|year)$")
# which of several buttons was pressed, where the form asks nothing by these names
BUTTONS = {"press", "add", "later", "another", "rows"}


def asked_on(page: str) -> set[str]:
    """The names that the form of a page asks for; a date by the name of its three boxes."""
    names = set(re.findall(r'<(?:input|select|textarea|button)[^>]*?\sname="([^"]+)"', page))
    return names | {BOX.sub("", name) for name in names}


def unasked(press: Press, browser: Client) -> dict[str, str]:
    """Every column that this form does not ask for, with a value that could be seen."""
    asked = asked_on(browser.get(press.address).content.decode()) | set(press.typed) | BUTTONS
    asked |= {BOX.sub("", name) for name in press.typed}
    return {name: value for name, value in hostile_values().items() if name not in asked}


def outcome(press: Press, browser: Client, more: dict[str, Any], known: Ids) -> Counter[str]:
    """What stands in the database after the press, which is then undone."""
    cookies = deepcopy(browser.cookies)
    with transaction.atomic():
        assert press.send(browser, **more).status_code == press.lands
        found = shape(known)
        transaction.set_rollback(True)
    browser.cookies = cookies
    return found


@each_press
def test_p5_keys_that_no_form_asks_for_change_nothing(world: World, name: str) -> None:
    things = things_in(world)
    press = press_of(name, things)
    browser = press.by(things)
    more, known = unasked(press, browser), known_ids()
    assert len(more) > 100
    plain, loaded = outcome(press, browser, {}, known), outcome(press, browser, more, known)
    assert plain == loaded, f"{list((loaded - plain).elements())}"
    assert "mallory-canary" not in str(loaded)


def test_the_drill_sees_what_a_press_writes(world: World) -> None:
    things = things_in(world)
    press, known = press_of("use_new", things), known_ids()
    browser = press.by(things)
    before = shape(known)
    first = outcome(press, browser, {}, known)
    second = outcome(press, browser, {"decided_by": "mallory-canary"}, known)
    assert before != first != second
    assert len(NAMES) * len(hostile_values()) > 400


def test_p5_signing_up_gives_nothing_that_was_not_asked(world: World) -> None:
    """The one form of allauth's that makes an account: every column of ours is sent along."""
    things = things_in(world)
    invited = things.invitation.membership.person
    Person.objects.filter(pk=invited.pk).update(user=None)
    browser = Client()
    browser.post(live_links(things)["invitation_open"], {"press": "go", "form_key": str(uuid4())})
    typed = {"email": "a.new.address@people.example", "password1": "nine purple walruses singing"}
    more = hostile_values() | {
        "is_active": "",
        "may_start_programmes": "on",
        "is_demonstration": "on",
        "id": "1",
    }
    browser.post("/accounts/signup/", more | typed)
    user = User.objects.get(email=typed["email"])
    assert user.is_active and not user.is_demonstration and user.sessions_ended == 0
    invited.refresh_from_db()
    assert invited.user == user
    assert not invited.may_start_programmes and not invited.is_demonstration
    assert list(invited.memberships.values_list("accepted_at", "role")) == [(None, "hr")]
