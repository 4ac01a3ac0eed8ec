"""Every URL with strange parts, queries, headers and cookies (§4.4, P22, P27, P35): no failure, nothing comes back."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from tests.house.addresses import address_of, all_names, is_allauths, things_in
from tests.house.live import live_links
from tests.house.pages import Page
from tests.house.presses import PRESSES
from tests.house.strange import ASKS, ELSEWHERE, EVIL, PARTS, Ask
from tests.house.trying import SENSIBLE
from tests.world import World

Times = Callable[[int, int], int]
OWN = {"log_months", "notes", "account"}
MANY = 150
ITS_OWN_ANSWER = ("readyz", "status 503")  # whatever is asked, while something is not ready
LEADS_AWAY = {"http", "https", "javascript", "data", "vbscript", "file", "ftp", "blob"}


def door_of(name: str, world: World) -> tuple[str, Client]:
    """The address, and the browser of whoever may see its page, so that strange things get past the door."""
    things = things_in(world)
    if name in PRESSES:
        press = PRESSES[name](things)
        return press.address, press.by(things)
    live = live_links(things)
    if name in live:
        return live[name], Client()
    if is_allauths(name) or name.startswith("sso"):  # others' pages: a stand-in for each part
        return reverse(name, kwargs=stand_ins(name)), world.client("researcher")
    who = "researcher" if name in OWN else "programme_lead"
    return address_of(name, things), world.client(who)


def stand_ins(name: str) -> dict[str, str]:
    parts = get_resolver().reverse_dict.getlist(name)[0][0][0][1]
    return {part: "1" if part in ("pk", "uidb36") else "x" for part in parts}


def asks_of(name: str, base: str) -> Iterator[tuple[str, Ask]]:
    """The address itself with what goes beside it, and with each of its parts replaced."""
    for ask in ASKS:
        yield base + ask.path, ask
    plain = {"accounts", "2fa", "p", "r", "new", "edit"}
    parts = base.strip("/").split("/")
    for number, part in enumerate(parts):
        if part not in plain and (any(sign.isdigit() for sign in part) or number >= len(parts) - 1):
            for strange in PARTS:
                yield "/" + "/".join([*parts[:number], strange, *parts[number + 1 :]]) + "/", Ask()


def looked_at(browser: Client, address: str, ask: Ask, method: str = "GET") -> list[str]:
    """What is wrong with the answer."""
    target = f"{address}{'&' if '?' in address else '?'}{ask.query}" if ask.query else address
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in ask.headers.items()}
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if f"HTTP_{name}" in headers:
            headers[name] = headers.pop(f"HTTP_{name}")
    kept = deepcopy(browser.cookies)
    if ask.cookies:
        pairs = [
            f"{name}={morsel.value}" for name, morsel in browser.cookies.items() if name not in ask.cookies
        ]
        headers["HTTP_COOKIE"] = "; ".join(
            [*pairs, *(f"{name}={value}" for name, value in ask.cookies.items())]
        )
        browser.cookies.clear()
    try:
        answer = browser.generic(method, target, **headers)
    except Exception as error:  # noqa: BLE001 (whatever it is, it would be a 500)
        return [f"broke: {error!r}"[:300]]
    finally:
        browser.cookies = kept
    return wrong_with(answer, ask)


def wrong_with(answer: Any, ask: Ask) -> list[str]:
    wrong = [] if answer.status_code in SENSIBLE | {301, 304, 308} else [f"status {answer.status_code}"]
    location = answer.get("Location", "")
    if away(location):
        wrong.append(f"leads to {location[:80]}")
    for name, value in answer.items():
        if EVIL in value and name not in ("Location", "HX-Redirect"):
            wrong.append(f"{name}: {value[:80]}")
    if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
        page = Page(answer.content.decode())
        wrong += page.foreign + [f"a link to {one}" for one in page.addresses if EVIL in urlsplit(one).netloc]
    return wrong


def away(location: str) -> bool:
    """Whether a browser would leave our origin, as browsers read addresses."""
    if not location:
        return False
    plain = (
        location.lstrip("".join(map(chr, range(33)))).replace("\t", "").replace("\n", "").replace("\r", "")
    )
    plain = plain.replace("\\", "/")
    parts = urlsplit(plain)
    return plain.startswith("//") or (
        parts.scheme in LEADS_AWAY and parts.netloc not in ("testserver", "localhost:8000")
    )


@pytest.mark.parametrize("name", all_names())
def test_every_address_bears_whatever_is_asked_of_it(
    world: World, walk: Times, settings: Any, name: str
) -> None:
    settings.DEMONSTRATION = name.startswith("demo")
    base, browser = door_of(name, world)
    asks = list(asks_of(name, base))
    chosen = random.Random(name).sample(asks, min(walk(6, MANY), len(asks)))  # noqa: S311 (no secret)
    wrong = []
    for address, ask in chosen:
        with transaction.atomic():
            found = [one for one in looked_at(browser, address, ask) if (name, one) != ITS_OWN_ANSWER]
            transaction.set_rollback(True)
        wrong += [f"{address[:90]} {str(ask)[:160]}: {one}" for one in found]
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:100])


def test_there_are_enough_of_each() -> None:
    assert len(ASKS) + len(PARTS) >= 150
    assert len(set(ELSEWHERE)) >= 60


REDIRECTING = [
    "account_login",
    "account_logout",
    "account_signup",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "account_reset_password",
    "account_change_password",
    "account_email",
    "drafts",
    "home",
    "log",
    "registration_page",
    "demo_people",
]
CARRIERS = ["next", "then", "return", "return_to", "url", "redirect", "continue"]


@pytest.mark.parametrize("name", REDIRECTING)
def test_p22_nobody_is_led_elsewhere(world: World, walk: Times, settings: Any, name: str) -> None:
    """By GET and by the press, signed out and signed in, as a parameter, a field and a Referer."""
    settings.DEMONSTRATION = name.startswith("demo")
    things = things_in(world)
    address = "/drafts/continue/00000000-0000-4000-8000-000000000000/" if name == "drafts" else ""
    address = address or (
        reverse(name) if name in all_names() and is_allauths(name) else address_of(name, things)
    )
    typed = PRESSES[name](things).typed if name in PRESSES else {"login": "x@y.example", "password": "x"}
    typed = {key: str(value) for key, value in typed.items()} | {"person": "1"}
    wrong = []
    browsers = [Client(), world.client("researcher")]
    chosen = random.Random(name).sample(ELSEWHERE, walk(6, len(ELSEWHERE)))  # noqa: S311 (no secret)
    for number, (elsewhere, browser) in enumerate((one, two) for one in chosen for two in browsers):
        carrier = CARRIERS[number // 2 % len(CARRIERS)] if number % 4 == 3 else "next"
        query = f"{address}?{carrier}={quote(elsewhere)}"
        for send in (
            lambda: browser.get(query),  # noqa: B023 (called at once)
            lambda: browser.post(query, typed),  # noqa: B023
            lambda: browser.post(address, typed | {carrier: elsewhere}),  # noqa: B023
            lambda: browser.get(address, headers={"referer": elsewhere.encode("ascii", "ignore").decode()}),  # noqa: B023
        ):
            kept = deepcopy(browser.cookies)
            with transaction.atomic():
                answer = send()
                transaction.set_rollback(True)
            browser.cookies = kept
            wrong += [f"{elsewhere!r}: {one}" for one in led(answer)]
    assert not wrong, "\n".join(wrong[:60])


def led(answer: Any) -> list[str]:
    """Where the answer leads that is not ours, by its headers or by what it has to press."""
    wrong = [f"status {answer.status_code}"] if answer.status_code >= 500 else []
    wrong += [
        f"{name} {answer[name]}"
        for name in ("Location", "HX-Redirect", "Refresh")
        if away(answer.get(name, ""))
    ]
    if answer.get("Content-Type", "").startswith("text/html"):
        wrong += [
            f"the page leads to {one}"
            for one in Page(answer.content.decode()).addresses
            if away(one) and EVIL in one
        ]
    return wrong
