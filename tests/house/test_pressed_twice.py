"""A press that arrives many times at the same moment does its deed once (P48), on every form there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.house.addresses import things_in
from tests.house.presses import NAMES, WITHOUT_A_DEED, press_of
from tests.house.shapes import our_models
from tests.workers import at_once
from tests.world import make_world

# Those that make a record are pressed every day; those that change one, in the full run.
MAKES = set(
    "access adopt appoint away calendar calendar_ticks comment_month contribution_add diary diary_share "
    "first_lead_open idea_new invite log log_files organisation_add partner_add planning_ask "
    "planning_table post_hand_over programme_new project_new registration_copy reports residency_files "
    "use_new".split()
)
# A link or a page that is shown once: whoever is second is led to what came of it, or hears that it was answered.
SHOWN_ONCE = {"access_ask": {200, 302}, "api_token_new": {200, 302}, "invitation_open": {200, 410}}
ENDS_ITS_OWN = {
    "account_sign_out_elsewhere"
}  # done twice it is the same as once, and each ends the other's session


def rows() -> Counter[str]:
    return Counter({model._meta.label: model.objects.count() for model in our_models()})  # type: ignore[attr-defined]


def made_by_one(name: str) -> Counter[str]:
    """How many rows of each kind a single press leaves, in a world like the one that is pressed many times."""
    with transaction.atomic():
        things = things_in(make_world())
        press = press_of(name, things)
        browser, before = press.by(things), rows()
        press.send(browser)
        made = rows() - before
        transaction.set_rollback(True)
    return made


def same(browser: Client) -> Client:
    """One browser can send several requests at once; Django's test client cannot."""
    another = Client()
    another.cookies = SimpleCookie(browser.cookies.output(header="", sep=";"))
    return another


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "name",
    [
        name if name in MAKES else pytest.param(name, marks=pytest.mark.full)
        for name in NAMES
        if name not in WITHOUT_A_DEED | ENDS_ITS_OWN
    ],
)
def test_p48_pressed_many_times_at_once_is_one(name: str, times: Callable[[int, int], int]) -> None:
    one = made_by_one(name)
    things = things_in(make_world())
    press = press_of(name, things)
    first, before = press.by(things), rows()
    browsers = [same(first) for _ in range(times(6, 20))]

    def pressing(browser: Any) -> Any:
        return lambda: press.send(browser)

    answers = at_once(*map(pressing, browsers))
    assert rows() - before == one
    if name in SHOWN_ONCE:
        assert {answer.status_code for answer in answers} <= SHOWN_ONCE[name]
        return
    assert {answer.status_code for answer in answers} == {press.lands}
    assert len({answer.headers.get("Location") for answer in answers}) == 1
    assert one or name not in MAKES
