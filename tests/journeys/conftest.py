"""Visitors of the journeys: a real browser, wide, narrow or without JavaScript, driven by keyboard only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Browser, Page

from embedded.accounts.models import Person
from embedded.post.models import Letter
from tests.journeys.keyboard import Keyboard
from tests.journeys.looking import Looking
from tests.world import client_of


@dataclass(frozen=True)
class Way:
    """How a journey is made."""

    name: str
    width: int
    script: bool = True


WIDE, PHONE = Way("wide", 1280), Way("phone", 320)
PLAIN = Way("plain", 1280, script=False)
WAYS = (WIDE, PHONE, PLAIN)


@dataclass
class Visitor:
    """Somebody at a browser. `keys` are their hands, `look` is the eye of the test."""

    page: Page
    way: Way
    base: str
    keys: Keyboard
    look: Looking

    def go(self, address: str) -> None:
        """Opens an address as somebody who follows a link in a letter or starts at the front page."""
        self.page.goto(self.base + re.sub(r"^https?://[^/]+", "", address))

    def menu(self, name: str) -> None:
        """Goes to a place by the menu at the top, which is partly folded away where the screen is narrow."""
        if not self.page.get_by_role("link", name=name, exact=True).first.is_visible():
            self.keys.to("Browse More", tag="button")
            self.page.keyboard.press("Enter")
            self.keys.presses += 1
        self.keys.follow(name)

    def over(self) -> None:
        """Looks the page over; without JavaScript axe cannot run, the rest can."""
        self.look.over(axe=self.way.script)

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.base).split("?")[0].split("#")[0]

    def says(self, words: str) -> None:
        """The page shows these words."""
        body = " ".join(self.page.locator("body").inner_text().split())
        assert words in body, f"“{words}” is not on {self.page.url}:\n{body[:3000]}"

    def questions(self) -> list[str]:
        """What the page asks and does not call optional."""
        found: list[str] = self.page.evaluate(
            """() => [...document.querySelectorAll("main form .nhsuk-form-group")]
              .filter((one) => !one.parentElement.closest(".nhsuk-form-group, details"))
              .map((one) => (one.querySelector("legend, label") || {innerText: ""}).innerText.trim())"""
        )
        return [one for one in found if "(optional)" not in one]


@pytest.fixture(params=WAYS, ids=lambda way: way.name)
def way(request: pytest.FixtureRequest) -> Way:
    chosen: Way = request.param
    return chosen


@pytest.fixture
def visit(
    transactional_db: None, live_server: Any, browser: Browser, settings: Any, way: Way
) -> Iterator[Callable[..., Visitor]]:
    """Opens a browser of their own for somebody, signed in unless it is nobody. All are shut, and with them every
    connection of the live server, before the tables are emptied."""
    settings.BASE_URL = live_server.url
    contexts = []

    def open_for(person: Person | None = None) -> Visitor:
        context = browser.new_context(
            viewport={"width": way.width, "height": 800}, java_script_enabled=way.script, locale="en-GB"
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        if person is not None:
            cookie = client_of(person).cookies[django_settings.SESSION_COOKIE_NAME].value
            name = django_settings.SESSION_COOKIE_NAME
            context.add_cookies([{"name": name, "value": cookie, "url": live_server.url}])
        page = context.new_page()
        return Visitor(page, way, live_server.url, Keyboard(page), Looking(page))

    yield open_for
    for context in contexts:
        context.close()


def letter_to(email: str) -> str:
    """The words of the latest letter to somebody."""
    found = Letter.objects.filter(to=email).order_by("-pk").first()
    assert found, f"No letter to {email}"
    return found.text


def link_in(letter: str) -> str:
    """The first address in a letter."""
    found = re.search(r"https?://\S+", letter)
    assert found, letter
    return found[0]
