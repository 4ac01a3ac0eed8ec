"""Cross-site forgery fails (P26): every form without its token, with somebody else's or from elsewhere is refused."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.house import tables
from tests.house.addresses import all_names, is_allauths, things_in
from tests.house.crawling import address_of_allauths
from tests.house.presses import NOBODY, each_press, press_of
from tests.world import World

ELSEWHERE = {"origin": "https://evil.example"}


@each_press
def test_p26_a_press_without_its_token_is_refused_and_changes_nothing(world: World, name: str) -> None:
    things = things_in(world)
    press = press_of(name, things)
    browser = press.by(things, enforce_csrf_checks=True)
    browser.get(press.address)  # which gives it a token of its own, and reads
    before = tables.digests(tables.WRITTEN_BY_READING)
    for headers in ({"user-agent": "any"}, ELSEWHERE):
        answer = browser.post(press.address, press.typed, headers=headers)
        assert answer.status_code == 403, f"{name} with {headers}"
    for token in ("a" * 64, token_of_another()):
        forged = press.typed | {"csrfmiddlewaretoken": token}
        assert browser.post(press.address, forged).status_code == 403
        assert browser.post(press.address, press.typed, headers={"x-csrftoken": token}).status_code == 403
    assert not tables.changed(before, tables.digests(tables.WRITTEN_BY_READING))


def token_of_another() -> str:
    """The token of somebody else's browser."""
    other = Client()
    other.get("/accounts/login/")
    return str(other.cookies["embedded_csrf"].value)


def test_p26_no_form_of_ones_own_account_is_taken_without_its_token(world: World) -> None:
    """allauth's forms: sign in, sign up, addresses, password, second steps."""
    signed_in = Client(enforce_csrf_checks=True)
    signed_in.cookies = world.client("researcher").cookies
    before = tables.digests(tables.WRITTEN_BY_READING)
    for name in filter(is_allauths, all_names()):
        for browser in (signed_in, Client(enforce_csrf_checks=True)):
            answer = browser.post(address_of_allauths(name), {"email": "mallory@people.example"})
            assert answer.status_code == 403, f"{name} answers {answer.status_code}"
    assert not tables.changed(before, tables.digests(tables.WRITTEN_BY_READING))


def test_p26_the_token_of_another_browser_is_refused_and_ones_own_is_taken(world: World) -> None:
    """What makes the test above worth something: with its own token the same press goes through."""
    things = things_in(world)
    press = press_of("use_new", things)
    browser = press.by(things, enforce_csrf_checks=True)
    assert press.who != NOBODY
    browser.get(press.address)
    assert press.send(browser, csrfmiddlewaretoken=token_of_another()).status_code == 403
    own = browser.cookies["embedded_csrf"].value
    assert press.send(browser, csrfmiddlewaretoken=own).status_code == press.lands


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_change_nothing(world: World, method: str) -> None:
    things = things_in(world)
    browser = world.client("researcher")
    before = tables.digests(tables.WRITTEN_BY_READING)
    for name in ("log", "log_entry", "project_edit", "use_new", "away", "account_details"):
        getattr(browser, method)(press_of(name, things).address)
    assert not tables.changed(before, tables.digests(tables.WRITTEN_BY_READING))
