"""In a real browser: one press leads there and back, past the policy for forms, and the pages hold at 320 pixels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect

from embedded.accounts.models import User
from tests.sso.conftest import PASSWORD, TENANT
from tests.sso.provider import Issuer

BUTTON = "Continue with your NHS account (Microsoft)"


@pytest.fixture
def site(live_server: Any, issuers: dict[str, Issuer], settings: Any) -> str:
    settings.BASE_URL = f"http://localhost:{urlsplit(live_server.url).port}"
    settings.ALLOWED_HOSTS = ["localhost"]
    cache.clear()
    return str(settings.BASE_URL)


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page(browser: Browser, site: str, request: Any) -> Iterator[Page]:
    """A browser whose policy is watched; it trusts the provider's certificate as we do."""
    context = browser.new_context(
        ignore_https_errors=True, viewport={"width": 1280, "height": 900}, java_script_enabled=request.param
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert [said for said in wrong if "403 (Forbidden)" not in said] == []  # the page for the unknown


def by_another_host(issuer: Issuer) -> None:
    """The provider sends the browser over a host that nobody named, as Entra does to a trust's own sign-in."""

    def over(handler: Any) -> None:
        query = urlsplit(handler.path).query
        if handler.headers["Host"].startswith("localhost"):
            port = handler.headers["Host"].rpartition(":")[2]
            handler.send("", 302, Location=f"https://127.0.0.1:{port}/entra/authorize?{query}")
        else:
            from tests.sso.provider import flat

            handler.send("", 302, Location=issuer.authorize(flat(query)))

    issuer.trouble["authorize"] = over


def test_one_press_leads_there_and_back(
    transactional_db: None, page: Page, site: str, issuers: dict[str, Issuer], ada: User
) -> None:
    by_another_host(issuers["entra"])
    issuers["entra"].person = {"sub": "ada-entra", "tid": TENANT, "amr": ["mfa"]}
    page.goto(f"{site}/accounts/login/?next=/account/")
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    assert urlsplit(page.url).path == "/account/"
    assert "Ada Wong" in page.content()


def test_connected_in_the_browser(
    transactional_db: None, page: Page, site: str, issuers: dict[str, Issuer], ada: User
) -> None:
    """Password, confirm, connect: what had been pressed goes on after the question."""
    issuers["two"].person = {"sub": "ada-2", "name": "a.wong"}
    page.goto(f"{site}/accounts/login/?next=/account/")
    page.get_by_label("Email address").fill(ada.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Connect your University account").click()
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("next time, one press signs you in")).to_be_visible()
    expect(page.get_by_text("a.wong")).to_be_visible()


@pytest.mark.parametrize("page", [True], indirect=True)
@pytest.mark.parametrize("width", [1280, 320])
def test_pages_hold_and_axe_finds_nothing(
    transactional_db: None, page: Page, site: str, issuers: dict[str, Issuer], ada: User, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    issuers["two"].person = {"sub": "nobody"}
    page.goto(f"{site}/accounts/login/")
    look(page, f"sign-in-{width}")
    page.get_by_role("button", name="Continue with your University account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Connect your University account first")
    look(page, f"unknown-{width}")
    page.goto(f"{site}/accounts/login/?next=/account/")
    issuers["entra"].person = {"sub": "ada-entra", "tid": TENANT, "preferred_username": "a.wong@hosp.example"}
    page.get_by_role("button", name=BUTTON).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
    look(page, f"account-{width}")
    page.goto(f"{site}/accounts/again/")
    look(page, f"again-{width}")


def look(page: Page, name: str) -> None:
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, name
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
