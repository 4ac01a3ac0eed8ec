"""Every refusal and every error carries the same headers as a page (P24), however early it is met."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.errors.test_errors import RAISED
from tests.house.addresses import things_in
from tests.house.live import live_links
from tests.house.presses import press_of
from tests.house.test_reading import HEADERS, nonce_in
from tests.world import World


def check(answer: Any, status: int) -> None:
    assert answer.status_code == status
    for name, pattern in HEADERS.items():
        assert re.fullmatch(pattern, answer.headers.get(name, "")), f"{status}: {name}"
    nonce = nonce_in(answer["Content-Security-Policy"])
    page = answer.content.decode()
    assert page.count("<script") == page.count(f'nonce="{nonce}"')
    assert "Traceback" not in page
    if page:
        assert page.count("<h1") == 1 and '<html lang="en-GB"' in page


@pytest.mark.urls("tests.errors.test_errors")
@pytest.mark.parametrize("kind", RAISED)
def test_p24_errors_that_a_view_raises(kind: str) -> None:
    check(Client(raise_request_exception=False).get(f"/fail/{kind}"), int(kind))


def test_p24_a_host_that_is_not_ours_is_400(db: None) -> None:
    check(Client(raise_request_exception=False).get("/", headers={"host": "evil.example"}), 400)


def test_p24_refused_not_found_ended_wrong_method(world: World) -> None:
    researcher = world.client("researcher")
    check(researcher.get(world.url("approval/")), 403)
    check(researcher.get("/no/such/page/"), 404)
    check(researcher.post(world.url("")), 405)
    check(Client().post("/guidance/"), 405)


@pytest.mark.parametrize(
    "address", ["/access/x/", "/registration/confirm/x/", "/confirm/x/", "/invitation/x/", "/start/x/"]
)
def test_a_dead_link_is_410_in_plain_words_wherever_it_led(db: None, address: str) -> None:
    answer = Client().get(address)
    check(answer, 410)
    assert "This link does not work any more" in answer.content.decode()
    assert Client().post(address, {"name": "Any Body", "email": "any@body.example"}).status_code == 410


def test_p24_a_form_without_its_token_is_403(world: World) -> None:
    things = things_in(world)
    press = press_of("log", things)
    check(press.send(press.by(things, enforce_csrf_checks=True)), 403)


def test_p24_too_large_a_form_is_413(world: World, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    browser = world.client("researcher")
    browser.raise_request_exception = False
    check(browser.post(world.url("log/"), {"what": "x" * 200}), 413)


def test_p24_a_link_that_is_hammered_on_is_429(world: World) -> None:
    address = live_links(things_in(world))["use_confirm"]
    visitor = Client()
    for _ in range(30):
        assert visitor.get(address).status_code == 200
    check(visitor.get(address), 429)


def test_p24_sign_in_that_is_hammered_on_is_429(db: None, settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    visitor = Client()
    for _ in range(11):
        answer = visitor.post("/accounts/login/", {"login": "any@body.example", "password": "no-such-one"})
    check(answer, 429)
    assert "Too many tries" in answer.content.decode()
