"""Every link that the people of the demonstration can follow leads to a page in good order (P56).

The story is told once. Each of its people goes from page to page: of every kind of page (by the name of its address)
the first two that they come to are opened. Lead, manager and researcher have one of each kind looked over by axe in
the browser, everybody else those kinds that nobody has looked over before; each kind is once seen at 320 pixels too.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import Resolver404, resolve
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from pytest_django.live_server_helper import LiveServer

from embedded.accounts.models import User
from programmes.demo.cast import LEAD, MANAGER, RESEARCHER, TO_PLAY, Actor
from programmes.demo.telling import tell
from tests.journeys.looking import Looking

OF_EACH_KIND: Final = 2
LOOKED_OVER_THROUGHOUT: Final = (LEAD, MANAGER, RESEARCHER)
NOBODY: Final = Actor("Nobody", "", "", "Signed out")


@dataclass
class Site:
    """The demonstration behind a web server of its own: who is signed in, which kinds of pages were looked over."""

    address: str
    sessions: dict[Actor, str]
    looked_over: set[str] = field(default_factory=set)
    seen_narrow: set[str] = field(default_factory=set)


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker: Any) -> Iterator[Site]:
    """Tells the story, serves it, and empties the tables when every one of its people has gone round. The tests
    themselves speak to the server only, so nothing of theirs waits for anything else of theirs."""
    with django_db_blocker.unblock(), override_settings(DEMONSTRATION=True):
        tell(today=timezone.localdate(), seed=1)
        call_command("load_guidance", no_packs=True, verbosity=0)
        sessions = {actor: session_of(actor) for actor in TO_PLAY}
        server = LiveServer("localhost")
        try:
            yield Site(server.url, sessions)
        finally:
            server.stop()
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=False)


def session_of(actor: Actor) -> str:
    """A session as the page of the demonstration starts it: without a second factor."""
    client = Client()
    client.force_login(User.objects.get(email=actor.email))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


class Links(HTMLParser):
    """The addresses that a page links to."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href")
        if tag == "a" and address:
            self.found.append(address)


def kind_of(address: str) -> str:
    """The name of an address of ours; empty for what lies elsewhere."""
    parts = urlsplit(address)
    if parts.scheme not in ("", "http", "https") or parts.netloc:
        return ""
    try:
        return resolve(parts.path).view_name
    except Resolver404:
        return "nothing"


@pytest.mark.django_db
@pytest.mark.parametrize("actor", [*TO_PLAY, NOBODY], ids=lambda one: one.speaks_as.replace(" ", "_").lower())
def test_every_link_leads_to_a_page_in_good_order(site: Site, browser: Browser, actor: Actor) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB") as context:
        if actor in site.sessions:
            name, value = settings.SESSION_COOKIE_NAME, site.sessions[actor]
            context.add_cookies([{"name": name, "value": value, "url": site.address}])
        to_look_at, faults = went_round(site, context, actor)
        page = context.new_page()
        look = Looking(page)
        for address in to_look_at:
            page.set_viewport_size({"width": 1280, "height": 900})
            page.goto(site.address + address)
            faults += [f"{address}: {fault}" for fault in look.faults()]
            if kind_of(address) not in site.seen_narrow:
                site.seen_narrow.add(kind_of(address))
                narrow(page)
                faults += [f"{address} at 320: {fault}" for fault in look.faults(axe=False)]
    assert not faults, "\n".join(faults)


def narrow(page: Page) -> None:
    """Makes the window narrow and lets the menu fold itself, if it can."""
    page.set_viewport_size({"width": 320, "height": 800})
    with suppress(PlaywrightTimeout):
        fits = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        page.wait_for_function(fits, timeout=2_000)


def went_round(site: Site, context: BrowserContext, actor: Actor) -> tuple[list[str], list[str]]:
    """Goes from link to link; gives the pages to look over, and what is wrong already."""
    faults: list[str] = []
    to_look_at: list[str] = []
    kinds: Counter[str] = Counter()
    queue, known = deque([("/", "the front door")]), {"/"}
    while queue:
        address, origin = queue.popleft()
        kind = kind_of(address)
        kinds[kind] += 1
        if kinds[kind] > OF_EACH_KIND:
            continue
        answer = context.request.get(site.address + address)
        landed = answer.url.removeprefix(site.address)
        if answer.status != 200 or (actor is not NOBODY and kind_of(landed) == "account_login"):
            faults.append(f"{address}, linked from {origin}, answers {answer.status}")
            continue
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        if kinds[kind] == 1 and (actor in LOOKED_OVER_THROUGHOUT or kind not in site.looked_over):
            to_look_at.append(address)
            site.looked_over.add(kind)
        for link in Links(answer.text()).found:
            further = urljoin(landed, link).split("#")[0]
            if kind_of(further) and further not in known:
                known.add(further)
                queue.append((further, landed))
    return to_look_at, faults
