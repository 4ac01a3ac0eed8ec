"""Sign in, sign up, reset, second step: one h1, a summary that helps, a strict policy (P12, P14, P60)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail
from django.test import Client

from embedded.accounts.models import Person, User
from tests.accounts.conftest import EMAIL, PASSWORD, code_of


def page_of(response: Any, status: int = 200) -> str:
    """The page, once it has been found to be one of ours."""
    page: str = response.content.decode()
    assert response.status_code == status, page
    assert page.count("<h1") == 1, page
    assert "nhsuk-header" in page
    assert re.search(r"<title>\s*[^<]+ – Embedded\s*</title>", page)
    policy = response["Content-Security-Policy"]
    assert "unsafe-" not in policy
    nonce = re.search(r"'nonce-([^']+)'", policy)
    assert nonce
    assert f'nonce="{nonce[1]}"' in page
    assert " style=" not in page
    assert not re.search(r"\son\w+=", page)
    return page


def said(page: str, text: str) -> None:
    """The summary, the title and the words."""
    assert "There is a problem" in page
    assert re.search(r"<title>\s*Error: ", page)
    assert text in page


def test_sign_in_does_not_invite_to_sign_up(client: Client) -> None:
    page = page_of(client.get("/accounts/login/"))
    assert 'href="/accounts/signup/"' not in page
    assert "Accounts are by invitation" in page
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page


def test_nothing_typed_at_sign_in(client: Client) -> None:
    page = page_of(client.post("/accounts/login/", {}))
    said(page, "Enter your email address")
    said(page, "Enter your password")
    assert 'href="#id_login"' in page


def test_wrong_password_and_unknown_address_look_the_same(client: Client, ada: User) -> None:
    pages = []
    for address in (EMAIL, "somebody@else.example"):
        page = page_of(client.post("/accounts/login/", {"login": address, "password": "wrong password"}))
        said(page, "these do not match")
        assert "wrong password" not in page
        pages.append(re.sub(r'nonce="[^"]+"|value="[^"]+"', "", page).replace(address, ""))
    assert pages[0] == pages[1]


def test_right_password_opens_the_door(sign_in: Callable[[], Client]) -> None:
    client = sign_in()
    assert "Ada Wong" in page_of(client.get("/account/"))


def test_next_never_leads_away(client: Client, ada: User) -> None:
    data = {"login": EMAIL, "password": PASSWORD, "next": "https://evil.example/"}
    assert client.post("/accounts/login/", data)["Location"] == "/"


def test_sign_up_is_closed_without_an_invitation(client: Client) -> None:
    assert "You need an invitation" in page_of(client.get("/accounts/signup/"))
    client.post("/accounts/signup/", {"email": "x@y.example", "password1": PASSWORD})
    assert not User.objects.exists()


def invite(client: Client, name: str, email: str) -> Person:
    person = Person.objects.create(display_name=name, email=email)
    session = client.session
    session["invitation_token"] = name
    session.save()
    return person


def test_invited_person_gets_an_account_with_the_address_confirmed(client: Client) -> None:
    person = invite(client, "Bo Invited", "bo@people.example")
    page = page_of(client.get("/accounts/signup/"))
    assert 'value="bo@people.example"' in page
    response = client.post("/accounts/signup/", {"email": "bo@people.example", "password1": PASSWORD})
    assert response.status_code == 302
    user = User.objects.get(email="bo@people.example")
    person.refresh_from_db()
    assert person.user == user
    assert EmailAddress.objects.get(user=user).verified
    assert "Bo Invited" in page_of(client.get("/account/"))


def test_another_address_than_the_invited_one_must_be_confirmed(client: Client) -> None:
    person = invite(client, "Bo Invited", "bo@people.example")
    client.post("/accounts/signup/", {"email": "bo@home.example", "password1": PASSWORD})
    person.refresh_from_db()
    assert person.user is not None
    assert not EmailAddress.objects.get(user=person.user).verified
    assert client.get("/account/").status_code == 302
    page_of(client.get("/accounts/confirm-email/"))
    link = re.search(r"/accounts/confirm-email/\S+", mail.outbox[-1].body)
    assert link
    page_of(client.get(link[0]))
    assert client.post(link[0]).status_code == 302
    assert EmailAddress.objects.get(user=person.user).verified


def test_invitation_for_somebody_with_an_account_takes_nothing_over(client: Client, ada: User) -> None:
    session = client.session
    session["invitation_token"] = "Ada Wong"
    session.save()
    client.post("/accounts/signup/", {"email": "thief@else.example", "password1": PASSWORD})
    assert Person.objects.get(display_name="Ada Wong").user == ada


@pytest.mark.parametrize(
    ("password", "message"),
    [
        ("short word", "Password must be 12 characters or more"),
        ("x" * 257, "Password must be 256 characters or fewer"),
        ("1234567890123", "on lists that attackers try first"),
        ("bo@people.examples", "not like your email address"),
        ("ResearchNHS2026!", "made of words used here"),
    ],
)
def test_weak_passwords_are_refused_with_a_reason(client: Client, password: str, message: str) -> None:
    invite(client, "Bo Invited", "bo@people.example")
    page = page_of(client.post("/accounts/signup/", {"email": "bo@people.example", "password1": password}))
    said(page, message)
    assert f'value="{password}"' not in page


@pytest.mark.parametrize(
    "password", ["three plain words", "tŷ bach a'r dŵr", "🦊🦊🦊 in the barn", "y" * 128 + "z" * 128]
)
def test_unusual_good_passwords_are_taken(client: Client, password: str) -> None:
    invite(client, "Bo Invited", "bo@people.example")
    response = client.post("/accounts/signup/", {"email": "bo@people.example", "password1": password})
    assert response.status_code == 302
    assert User.objects.get().check_password(password)


def test_forgotten_password_is_set_anew_by_letter(client: Client, ada: User) -> None:
    page_of(client.get("/accounts/password/reset/"))
    said(page_of(client.post("/accounts/password/reset/", {"email": ""})), "Enter your email address")
    page_of(client.post("/accounts/password/reset/", {"email": EMAIL}, follow=True))
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[-1].body)
    assert link
    response = client.get(link[0], follow=True)
    page = page_of(response)
    assert "password2" not in page
    where = response.redirect_chain[-1][0]
    said(page_of(client.post(where, {"password1": "short"})), "12 characters or more")
    page_of(client.post(where, {"password1": "an entirely new one"}, follow=True))
    ada.refresh_from_db()
    assert ada.check_password("an entirely new one")
    page_of(client.get(link[0], follow=True))  # used up: a page, not an error


def test_reset_does_not_say_who_has_an_account(client: Client, ada: User) -> None:
    pages = [
        re.sub(
            r'nonce="[^"]+"',
            "",
            page_of(client.post("/accounts/password/reset/", {"email": email}, follow=True)),
        )
        for email in (EMAIL, "nobody@else.example")
    ]
    assert pages[0] == pages[1]
    assert "sign up" not in mail.outbox[-1].body.lower()


def test_second_step_is_set_up_used_and_recovered_from(sign_in: Callable[[], Client], ada: User) -> None:
    client = sign_in()
    page = page_of(client.get("/accounts/2fa/totp/activate/"))
    secret = re.search(r'<code class="app-key">(\w+)</code>', page)
    assert secret
    said(page_of(client.post("/accounts/2fa/totp/activate/", {"code": "000000"})), "not right")
    response = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret[1])})
    assert response["Location"] == "/accounts/2fa/recovery-codes/"
    codes = re.findall(r"<li><code>([^<]+)</code>", page_of(client.get(response["Location"])))
    assert len(codes) == 10
    again = page_of(client.get("/accounts/2fa/recovery-codes/"))
    assert "are not shown again" in again and "10 of 10 codes" in again
    assert not any(code in again for code in codes)
    kept = Authenticator.objects.get(user=ada, type=Authenticator.Type.TOTP)
    assert secret[1] not in str(kept.data)  # encrypted where it lies

    client.logout()
    response = client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    assert response["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/account/").status_code == 302
    page = page_of(client.get("/accounts/2fa/authenticate/"))
    assert 'autocomplete="one-time-code"' in page
    said(page_of(client.post("/accounts/2fa/authenticate/", {"code": ""})), "Enter the code from your app")
    response = client.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    assert response["Location"].startswith("/accounts/2fa/trust/")
    page_of(client.get("/accounts/2fa/trust/"))
    client.post("/accounts/2fa/trust/", {"action": "trust"})
    page_of(client.get("/account/"))
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    page_of(client.get("/account/"))  # this device is remembered


def test_recovery_code_works_once(client: Client, ada: User) -> None:
    TOTP.activate(ada, generate_totp_secret())
    code = RecoveryCodes.activate(ada).get_unused_codes()[0]
    for expected in (302, 200):
        client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
        assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == expected
        client.logout()


def test_new_recovery_codes_end_the_old_ones(ada: User) -> None:
    TOTP.activate(ada, generate_totp_secret())
    old = RecoveryCodes.activate(ada).get_unused_codes()
    client = sign_in_by_code(old[0])
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert "The 9 that you have not used yet" in page_of(client.get("/accounts/2fa/recovery-codes/generate/"))
    page = page_of(client.post("/accounts/2fa/recovery-codes/generate/", follow=True))
    new = re.findall(r"<li><code>([^<]+)</code>", page)
    assert len(new) == 10 and not set(new) & set(old)
    assert "data-print" in page


def sign_in_by_code(code: str) -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    client.post("/accounts/2fa/authenticate/", {"code": code})
    client.post("/accounts/2fa/trust/", {"action": "skip"})
    return client


def test_new_password_does_not_skip_the_second_step(client: Client, ada: User) -> None:
    TOTP.activate(ada, generate_totp_secret())
    client.post("/accounts/password/reset/", {"email": EMAIL})
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[-1].body)
    assert link
    where = client.get(link[0], follow=True).redirect_chain[-1][0]
    client.post(where, {"password1": "an entirely new one"})
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/email/",
        "/accounts/password/change/",
        "/accounts/reauthenticate/",
        "/accounts/logout/",
        "/accounts/2fa/totp/activate/",
    ],
)
def test_pages_about_the_account_are_ours(sign_in: Callable[[], Client], address: str) -> None:
    browser = sign_in()
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page_of(browser.get(address))


def test_the_list_of_second_steps_is_the_page_of_the_account(sign_in: Callable[[], Client]) -> None:
    assert sign_in().get("/accounts/2fa/")["Location"] == "/account/"


def test_changing_the_password_asks_for_the_present_one(sign_in: Callable[[], Client], ada: User) -> None:
    client = sign_in()
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    data = {"oldpassword": "wrong", "password1": "an entirely new one"}
    said(page_of(client.post("/accounts/password/change/", data)), "Enter the password that you have now")
    assert client.post("/accounts/password/change/", data | {"oldpassword": PASSWORD}).status_code == 302
    ada.refresh_from_db()
    assert ada.check_password("an entirely new one")
    assert "This was changed in your account" in mail.outbox[-1].body


def test_each_page_has_a_nonce_of_its_own(client: Client) -> None:
    pages = {client.get("/accounts/login/")["Content-Security-Policy"] for _ in range(10)}
    assert len(pages) == 10


def test_address_is_added_and_confirmed_by_letter(sign_in: Callable[[], Client], ada: User) -> None:
    client = sign_in()
    TOTP.activate(ada, generate_totp_secret())  # even with a second step
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    said(page_of(client.post("/accounts/email/", {"action_add": "", "email": "x"})), "in the correct format")
    client.post("/accounts/email/", {"action_add": "", "email": "ada@home.example"})
    assert not EmailAddress.objects.get(email="ada@home.example").verified
    assert "Not confirmed yet" in page_of(client.get("/accounts/email/"))
