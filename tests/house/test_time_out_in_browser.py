"""The same with JavaScript (P18): a real browser, the clock of the sign-in run out under it, 2,000 characters typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page

from embedded.accounts.sessions import BEGAN
from tests.house.addresses import things_in
from tests.house.presses import press_of
from tests.house.test_time_out import PASSWORD, START, may_sign_in
from tests.world import client_of, make_world

# the six forms that take most, and the field for it
LONGEST = {
    "log": "what",
    "approval": "why",
    "registration_page": "problem",
    "contribution_add": "description",
    "project_new": "question",
    "use_new": "what",
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def run_the_clock_out() -> None:
    """As if everybody had signed in thirteen hours ago."""
    for session in Session.objects.all():
        store: Any = import_module(django_settings.SESSION_ENGINE).SessionStore(session.session_key)
        if BEGAN in store:
            store[BEGAN] -= 13 * 60 * 60
            store.save()


@pytest.mark.django_db(transaction=True)
def test_p18_what_was_typed_with_javascript_is_offered_again(
    page: Page, live_server: Any, settings: Any, times: Callable[[int, int], int]
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECOND_FACTOR_NEEDED = ""
    things = things_in(make_world())
    able: set[str] = set()
    for name in list(LONGEST)[: times(2, 6)]:
        press, field = press_of(name, things), LONGEST[name]
        person = things.world.people[press.who]
        browser = client_of(person)
        Authenticator.objects.all().delete()  # a second step is asked elsewhere
        if press.who not in able:
            may_sign_in(person)
            able.add(press.who)
        browser.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookie = browser.cookies[django_settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
        )
        page.goto(live_server.url + press.address)
        box = page.locator(f"[name={field}]")
        most = int(box.get_attribute("maxlength") or 2_000)
        words = (START.replace("<b> ", "") + "x" * 2_000)[:most]
        page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
        box.fill(words)
        run_the_clock_out()
        box.evaluate("box => box.form.requestSubmit()")
        page.get_by_role("heading", level=1, name="Sign in").wait_for()
        page.get_by_text("because you signed in 12 hours ago").wait_for()
        page.get_by_label("Email address").fill(person.email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url("**/drafts/**")
        assert page.locator(f"form input[name={field}]").first.input_value() == words, name
        page.context.clear_cookies()
