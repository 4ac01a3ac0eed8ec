"""One's own account: details, addresses, ending other sessions; each leaves a row in the audit trail."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from embedded.accounts.models import Person, User
from embedded.audit.models import Event

pytestmark = pytest.mark.django_db
EMAIL, PASSWORD = "ada@people.example", "plum trumpet gravel"


@pytest.fixture(autouse=True)
def nobody_is_led_to_a_second_step(settings: Any) -> None:
    settings.SECOND_FACTOR_NEEDED = ""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ada() -> Person:
    user = User.objects.create_user(EMAIL, PASSWORD)
    EmailAddress.objects.create(user=user, email=EMAIL, primary=True, verified=True)
    return Person.objects.create(user=user, display_name="Ada Wong", email=EMAIL)


def signed_in() -> Client:
    client = Client()
    assert client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD}).status_code == 302
    return client


def deeds() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("deed", flat=True))


def test_page_shows_what_there_is(ada: Person) -> None:
    page = signed_in().get("/account/").content.decode()
    for text in ("Ada Wong", EMAIL, "Two-step sign in", "Sign out everywhere else"):
        assert text in page


def test_details_are_changed_and_recorded(ada: Person) -> None:
    client = signed_in()
    assert 'value="Ada Wong"' in client.get("/account/details/").content.decode()
    data = {"display_name": "Ada Wong-Hill", "job_title": "R&D manager", "phone": "", "pronouns": "she/her"}
    assert client.post("/account/details/", data)["Location"] == "/account/"
    ada.refresh_from_db()
    assert (ada.display_name, ada.job_title, ada.pronouns) == ("Ada Wong-Hill", "R&D manager", "she/her")
    event = Event.objects.get(deed="account.details_changed")
    assert event.details == {"fields": "display_name, pronouns, job_title"}
    assert "Your details have been changed" in client.get("/account/").content.decode()
    client.post("/account/details/", data)
    assert deeds().count("account.details_changed") == 1


def test_a_person_keeps_a_name(ada: Person) -> None:
    page = signed_in().post("/account/details/", {"display_name": " "}).content.decode()
    assert "Enter your name" in page
    assert "There is a problem" in page


def test_signing_out_elsewhere_ends_the_others_and_keeps_this_one(ada: Person) -> None:
    here, there = signed_in(), signed_in()
    assert there.get("/account/").status_code == 200
    here.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert here.post("/account/sign-out-elsewhere/").status_code == 302
    assert here.get("/account/").status_code == 200
    assert there.get("/account/").status_code == 302
    assert "account.signed_out_everywhere" in deeds()
    assert here.get("/account/sign-out-elsewhere/").status_code == 405


def test_what_happens_to_an_account_is_recorded(ada: Person) -> None:
    client = signed_in()
    client.post("/accounts/logout/")
    assert deeds() == ["account.signed_in", "account.signed_out"]
    assert {event.who for event in Event.objects.all()} == {"Ada Wong"}
    assert EMAIL not in str(list(Event.objects.values()))


def test_letters_follow_the_main_address(ada: Person) -> None:
    client = signed_in()
    EmailAddress.objects.create(user=ada.user, email="ada@home.example", verified=True)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    client.post("/accounts/email/", {"action_primary": "", "email": "ada@home.example"})
    ada.refresh_from_db()
    assert ada.email == "ada@home.example"
    assert "account.main_address_changed" in deeds()


def test_session_cookie_replayed_after_signing_out_is_nobody(ada: Person) -> None:
    client = signed_in()
    cookies = dict(client.cookies.items())
    client.post("/accounts/logout/")
    thief = Client()
    for name, morsel in cookies.items():
        thief.cookies[name] = morsel.value
    assert thief.get("/account/").status_code == 302
