"""The box in which an organisation is chosen while typing, in a real browser and by keyboard."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from programmes.models import NameKind, Organisation, Residency
from programmes.registers.loading import load
from tests.world import client_of, join, make_person, make_programme

pytestmark = pytest.mark.django_db(transaction=True)
BUILT = Path(__file__).resolve().parents[2] / "static" / "built" / "nhsuk"


@pytest.fixture
def lead(live_server: Any, page: Page) -> Page:
    """A programme lead's browser on the page that asks for a title and a host."""
    if not BUILT.exists():
        pytest.skip("static/built is not there: npm run build")
    load(at=datetime(2026, 5, 4, tzinfo=UTC))
    programme, person = make_programme(slug="falls"), make_person("Lena Lead")
    join(person, "programme_lead", programme)
    cookie = client_of(person).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    page.goto(f"{live_server.url}/p/falls/register/")
    return page


def test_an_organisation_is_chosen_by_keyboard_and_its_name_learned(lead: Page) -> None:
    box = lead.get_by_role("combobox", name="Host")
    expect(box).to_have_attribute("aria-expanded", "false")
    box.press_sequentially("westminster bridge")
    first = lead.get_by_role("option").first
    expect(first).to_contain_text("Guy's and St Thomas' NHS Foundation Trust")
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(first).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", first.get_attribute("id") or "")
    box.press("Enter")
    expect(box).to_have_value("Guy's and St Thomas' NHS Foundation Trust")
    expect(lead.get_by_role("option")).to_have_count(0)
    lead.get_by_label("Title").fill("Falls on the wards")
    box.press("Enter")
    expect(lead.get_by_text("Falls on the wards").first).to_be_visible()
    residency = Residency.objects.get()
    assert residency.lead_host is not None
    assert residency.lead_host.code == "RJ1"
    learned = Organisation.objects.get(code="RJ1").names.get(kind=NameKind.LEARNED)
    assert learned.name == "westminster bridge"


def test_escape_shuts_the_list_and_editing_forgets_the_choice(lead: Page) -> None:
    box, chosen = lead.get_by_role("combobox", name="Host"), lead.locator("#id_host-chosen")
    box.press_sequentially("addenbr")
    expect(lead.get_by_role("option")).to_have_count(1)
    box.press("Escape")
    expect(lead.get_by_role("option")).to_have_count(0)
    box.press("ArrowDown")
    lead.get_by_role("option").click()
    expect(chosen).to_have_value("ods:RGT")
    box.press("Backspace")
    expect(chosen).to_have_value("")


def test_without_a_choice_the_next_page_asks_which_one_is_meant(lead: Page) -> None:
    lead.get_by_label("Title").fill("Falls on the wards")
    lead.get_by_role("combobox", name="Host").fill("wythenshawe")
    lead.get_by_role("button", name="Save").first.click()
    expect(lead.get_by_role("heading", name="There is a problem")).to_be_visible()
    lead.get_by_role("radio", name="Manchester University NHS Foundation Trust").check()
    lead.get_by_role("button", name="Save").first.click()
    expect(lead.get_by_text("Falls on the wards").first).to_be_visible()
    residency = Residency.objects.get()
    assert residency.lead_host is not None
    assert residency.lead_host.code == "R0A"
