"""A sign-in that ran out loses nothing (P18): the long forms, the whole way, with the checks of their tokens on."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.audit.models import Event
from embedded.drafts.models import ParkedPost
from tests.drafts.test_parking import fields_of, next_of
from tests.house.addresses import things_in
from tests.house.presses import press_of
from tests.world import World, confirm

PASSWORD = "plum trumpet gravel"
# the field of each form that takes most, and how much it takes
LONG = {
    "adopt": ("title", 200),
    "approval": ("why", 2_000),
    "contribution_add": ("description", 2_000),
    "diary": ("text", 20_000),
    "guidance_desk_edit": ("body", 60_000),
    "invite": ("name", 120),
    "log": ("what", 2_000),
    "partner_add": ("how_to_reach", 200),
    "portfolio_line": ("text", 2_000),
    "project_new": ("question", 2_000),
    "registration_page": ("problem", 2_000),
    "reports": ("prepared_for", 120),
    "request_new": ("what", 2_000),
    "steering": ("guiding_group", 500),
    "supervision_new": ("agreed", 4_000),
    "use_new": ("what", 300),
}
START = 'Canary <b> & "quotes" 日本語 '


@pytest.fixture(autouse=True)
def password_alone(settings: Any) -> None:
    """How somebody signs in again is no part of this drill; that they do so through the page is."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECOND_FACTOR_NEEDED = ""


def may_sign_in(person: Person) -> None:
    user = person.user
    assert user is not None
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Authenticator.objects.filter(user=user).delete()


def token_on(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert found
    return found[1]


# what the page says of forms whose fields have no names that people read, and what it must not say
IN_WORDS = {
    "calendar_ticks": ("canary meeting", "Ticked, 30", "long"),
    "log_week": ("Teaching", "30", "relational"),
}


def sign_in(browser: Client, person: Person, then: str = "/") -> str:
    """Through the sign-in page; gives the address that it leads to."""
    address = f"/accounts/login/?next={then}"
    token = token_on(browser.get(address).content.decode())
    typed = {"login": person.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    answer = browser.post(address, typed)
    assert answer.status_code == 302, answer.content.decode()
    confirm(
        browser, person
    )  # that the dangerous things ask once more is proved in tests/profile/test_stepping_up.py
    return str(answer["Location"])


@pytest.mark.parametrize("name", LONG)
def test_p18_what_was_typed_is_offered_again_and_goes_through(world: World, name: str) -> None:
    things = things_in(world)
    press, (field, most) = press_of(name, things), LONG[name]
    person = world.people[press.who]
    may_sign_in(person)
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, person)
    words = (START + "x" * most)[:most]
    typed = press.typing(**{field: words}).typed
    token = token_on(browser.get(press.address).content.decode())
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))

    then = next_of(browser.post(press.address, typed | {"csrfmiddlewaretoken": token}))
    last = Event.objects.latest("pk").pk
    assert sign_in(browser, person, then) == then
    page = browser.get(then).content.decode()
    assert words in html.unescape(page) and START not in page.replace(html.escape(START), "")
    fields = fields_of(page)
    assert fields[field] == words
    answer = browser.post(press.address, fields)
    assert answer.status_code == press.lands, answer.content.decode()
    assert Event.objects.filter(pk__gt=last, who_id=str(person.pk)).exists()
    assert not ParkedPost.objects.exists()


@pytest.mark.parametrize("name", IN_WORDS)
def test_p18_a_week_and_ticks_are_offered_again_in_words(world: World, name: str) -> None:
    things = things_in(world)
    press, (about, done, never) = press_of(name, things), IN_WORDS[name]
    person = world.people[press.who]
    may_sign_in(person)
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, person)
    token = token_on(browser.get(press.address).content.decode())
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    then = next_of(browser.post(press.address, press.typed | {"csrfmiddlewaretoken": token}))
    sign_in(browser, person, then)
    page = browser.get(then).content.decode()
    told = page.partition("<dl")[2].partition("</dl>")[0]
    assert about in told and done in told
    assert never not in told.lower() and not re.search(r"\bc\.\d", told.lower())
    answer = browser.post(press.address, fields_of(page))
    assert answer.status_code == press.lands, answer.content.decode()
    assert not ParkedPost.objects.exists()
