"""An email address added, confirmed, made the main one and removed: the whole way, with the letters (P14, P19, P21)."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from embedded.accounts.models import Person, User
from tests.accounts.test_journey import page_of, said

pytestmark = pytest.mark.django_db
PASSWORD = "plum trumpet gravel"
WORK, HOME = "ada@people.example", "ada@home.example"
PAGE = "/accounts/email/"


@pytest.fixture(autouse=True)
def ordinary(settings: Any) -> None:
    settings.SECOND_FACTOR_NEEDED = ""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def somebody(name: str, email: str) -> Person:
    user = User.objects.create_user(email, PASSWORD)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return Person.objects.create(user=user, display_name=name, email=email)


@pytest.fixture
def ada(db: None) -> Person:
    return somebody("Ada Wong", WORK)


@pytest.fixture
def browser(ada: Person) -> Client:
    """Signed in and confirmed."""
    client = Client()
    client.post("/accounts/login/", {"login": WORK, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client


def press(browser: Client, button: str, email: str) -> str:
    return page_of(browser.post(PAGE, {f"action_{button}": "", "email": email}, follow=True))


def letters() -> list[tuple[str, str]]:
    """Who got which, since the last look."""
    sent = [(letter.to[0], str(letter.subject)) for letter in mail.outbox]
    mail.outbox.clear()
    return sorted(sent)


def link_in_letter() -> str:
    letter = next(letter for letter in mail.outbox if "/accounts/confirm-email/" in str(letter.body))
    found = re.search(r"/accounts/confirm-email/\S+", str(letter.body))
    assert found
    return found[0]


def signs_in(email: str) -> bool:
    return Client().post("/accounts/login/", {"login": email, "password": PASSWORD}).status_code == 302


def test_the_whole_way(browser: Client, ada: Person) -> None:
    assert "Not confirmed yet" in press(browser, "add", HOME.upper())
    link = link_in_letter()
    assert letters() == [
        (HOME, "Confirm your email address"),
        (WORK, "An email address was added to your account"),
    ]

    for _ in range(20):  # mail scanners open every link (F14)
        page = page_of(Client().get(link))
        Client().head(link)
    assert HOME in page
    assert not EmailAddress.objects.get(email=HOME).verified
    assert "Confirm the address first" in press(browser, "primary", HOME)
    Client().post(link)
    assert EmailAddress.objects.get(email=HOME).verified
    assert "This link has ended" in page_of(Client().get(link))
    assert signs_in(HOME) and signs_in(WORK)

    assert "The main address has been changed" in press(browser, "primary", HOME)
    ada.refresh_from_db()
    assert ada.email == HOME and ada.user and ada.user.email == HOME
    assert letters() == [
        (HOME, "We write to this address from now on"),
        (WORK, "The main address of your account was changed"),
    ]

    press(browser, "remove", HOME)
    assert EmailAddress.objects.filter(email=HOME).exists()  # the main one stays
    assert "has been removed" in press(browser, "remove", WORK)
    subject = "An email address was removed from your account"
    assert letters() == [(HOME, subject), (WORK, subject)]
    assert signs_in(HOME) and not signs_in(WORK)


def test_p14_an_address_of_another_account_looks_like_any_other(browser: Client, ada: Person) -> None:
    somebody("Bo Reed", "bo@people.example")
    pages = []
    for email in ("bo@people.example", "no@people.example"):
        page = press(browser, "add", email)
        pages.append(re.sub(r'nonce="[^"]+"|value="\w{64}"', "", page).replace(email, "x@people.example"))
        EmailAddress.objects.filter(user=ada.user, email=email).delete()
    assert pages[0] == pages[1]


def test_an_address_of_another_account_is_not_taken_over(browser: Client, ada: Person) -> None:
    bo = somebody("Bo Reed", "bo@people.example")
    press(browser, "add", "bo@people.example")
    link = link_in_letter()
    page_of(browser.get(link))
    browser.post(link)
    assert EmailAddress.objects.get(email="bo@people.example", verified=True).user == bo.user
    client = Client()
    client.post("/accounts/login/", {"login": "bo@people.example", "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(bo.user_id)


def test_what_is_wrong_is_said(browser: Client) -> None:
    said(press(browser, "add", ""), "Enter the email address to add")
    said(press(browser, "add", "no address"), "correct format")
    said(press(browser, "add", WORK), "is on your account already")
    for number in range(4):
        press(browser, "add", f"a{number}@home.example")
    said(press(browser, "add", "one@toomany.example"), "Remove an address before you add another")


def test_nobody_touches_the_addresses_of_another(browser: Client) -> None:
    bo = somebody("Bo Reed", "bo@people.example")
    for button in ("primary", "remove", "send"):
        press(browser, button, "bo@people.example")
    mine = EmailAddress.objects.get(user=bo.user)
    assert mine.primary and mine.verified


def test_the_address_typed_is_not_lost_while_one_confirms(ada: Person) -> None:
    """P19: the press goes through by itself afterwards."""
    client = Client()
    client.post("/accounts/login/", {"login": WORK, "password": PASSWORD})
    asked = client.post(PAGE, {"action_add": "", "email": HOME})
    assert asked["Location"].startswith("/accounts/reauthenticate/?next=")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": PAGE})
    assert EmailAddress.objects.filter(user=ada.user, email=HOME).exists()
