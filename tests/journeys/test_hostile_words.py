"""A browser that meets hostile words on every page runs none of them (P23): no dialog, no breach of the policy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, Page

from embedded.open_pages import FOR_PROGRAMS
from embedded.post import outbox
from tests.house.addresses import Things, address_of, our_names, things_in
from tests.house.live import live_links
from tests.house.payloads import POLYGLOT
from tests.house.storing import store
from tests.world import client_of, make_world

WHO = {"log": "researcher", "log_entry": "researcher", "notes": "researcher", "access_item": "rd_office"}
NO_PAGES = {"livez", "readyz", "continue"} | FOR_PROGRAMS
LISTENS = """
window.heard = [];
document.addEventListener("securitypolicyviolation", event => window.heard.push(
  event.violatedDirective + " " + event.blockedURI + " " + event.sample));
"""


@pytest.fixture
def pages(transactional_db: None, live_server: Any, browser: Browser, settings: Any) -> Iterator[Any]:
    """A page of a browser for each role; all are shut before the tables are emptied."""
    settings.BASE_URL, settings.DEMONSTRATION = live_server.url, True
    contexts = []

    def open_for(cookie: str) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.add_init_script(LISTENS)
        if cookie:
            name = django_settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])
        return context.new_page()

    yield open_for
    for context in contexts:
        context.close()


def addresses(things: Things) -> Iterator[tuple[str, str]]:
    for name in our_names():
        address = address_of(name, things)
        if name not in NO_PAGES and not address.endswith((".pdf", ".csv")) and not name.startswith("sso"):
            yield WHO.get(name, "programme_lead"), address
    for address in live_links(things).values():
        yield "", address


@pytest.mark.full
def test_p23_no_page_runs_what_somebody_typed(pages: Any, live_server: Any) -> None:
    things = things_in(make_world())
    outbox.post(to="x@y.example", subject="x", text="x", html="x", key="a letter")
    asked = list(addresses(things))
    store([POLYGLOT, "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>"])
    cookies = {who: cookie_of(things, who) for who in {who for who, _ in asked}}
    heard: list[str] = []
    opened = {who: pages(cookie) for who, cookie in cookies.items()}
    for who, page in opened.items():
        page.on(
            "dialog", lambda dialog, who=who: (heard.append(f"{who}: {dialog.message}"), dialog.dismiss())
        )
    for who, address in asked:
        answer = (client_of(things.world.people[who]) if who else Client()).get(address)
        if answer.has_header("Content-Disposition") or not answer.content:
            continue  # a file to keep, or an address that only takes a press
        page = opened[who]
        page.goto(live_server.url + address, wait_until="load")
        heard += [f"{address}: {one}" for one in page.evaluate("window.heard")]
    assert heard == []
    assert len(asked) > 50


@pytest.mark.full
def test_the_ear_hears_a_dialog_and_a_breach(pages: Any, live_server: Any) -> None:
    """What makes the test above worth something."""
    page, heard = pages(""), []
    page.on("dialog", lambda dialog: (heard.append(dialog.message), dialog.dismiss()))
    page.goto(live_server.url + "/privacy/")
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\" onclick=\"alert(1)\">x</p>')"
    )
    page.wait_for_function("window.heard.length > 0")
    page.evaluate("alert('said')")
    assert heard == ["said"]


def cookie_of(things: Things, who: str) -> str:
    client = client_of(things.world.people[who]) if who else Client()
    cookie = client.cookies.get(django_settings.SESSION_COOKIE_NAME)
    return cookie.value if cookie else ""
