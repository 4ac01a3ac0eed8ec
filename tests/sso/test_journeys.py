"""Connect, sign in, accept an invitation, prove the second step, disconnect: all the way there and back."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core import mail
from django.core.management import call_command

from embedded.accounts.models import Person, User
from embedded.audit.models import Event
from tests.sso.conftest import EMAIL, ENTRA, TENANT, Traveller
from tests.sso.provider import Issuer

SET_UP = "/accounts/2fa/totp/activate/"


def page_of(answer: Any, status: int = 200) -> str:
    page: str = answer.content.decode()
    assert answer.status_code == status, page
    assert page.count("<h1") == 1, page
    assert "form-action 'self';" in answer["Content-Security-Policy"] + ";"
    return page


def test_the_sign_in_page_offers_what_is_on_and_nothing_else(traveller: Traveller, settings: Any) -> None:
    page = page_of(traveller.client.get("/accounts/login/"))
    assert "Continue with your NHS account (Microsoft)" in page
    assert "Continue with your Hospital account" in page
    settings.SIGN_IN_PROVIDERS = ()
    assert "Continue with" not in page_of(traveller.client.get("/accounts/login/"))


def test_one_press_signs_in_whoever_is_connected(traveller: Traveller, one: Issuer, ada: User) -> None:
    one.person = {"sub": "ada-1"}
    answer = traveller.travel(next="/account/details/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/details/")
    assert "Ada Wong" in page_of(traveller.client.get("/account/"))
    assert one.asked["userinfo"] == 0


def test_what_is_asked_there_carries_all_that_protects_it(traveller: Traveller, one: Issuer) -> None:
    first, second = (parse_qs(urlsplit(traveller.leave()).query) for _ in range(2))
    assert first["redirect_uri"] == ["http://testserver/accounts/with/oidc/back/"]
    assert first["code_challenge_method"] == ["S256"]
    assert first["response_type"] == ["code"]
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name][0]) >= 43
        assert first[name] != second[name]
    assert "prompt" not in first


def test_the_next_person_at_a_shared_computer_is_asked_who_they_are(
    traveller: Traveller, issuers: dict[str, Issuer], ada: User
) -> None:
    issuers["entra"].person = {"sub": "ada-entra", "tid": TENANT}
    traveller.travel(ENTRA)
    assert "prompt" not in issuers["entra"].questions[-1]
    traveller.client.post("/accounts/logout/")
    assert not traveller.is_in()
    assert "On a shared computer" in page_of(traveller.client.get("/accounts/login/"))
    traveller.travel(ENTRA)
    assert issuers["entra"].questions[-1]["prompt"] == "select_account"
    assert "ask_who_is_there" not in traveller.client.session


def test_connecting_asks_for_the_password_and_then_one_press_is_enough(
    traveller: Traveller, issuers: dict[str, Issuer], ada: User
) -> None:
    issuers["two"].person = {"sub": "ada-2", "name": "Ada W."}
    traveller.sign_in()
    assert "Connect your University account" in page_of(traveller.client.get("/account/"))
    refused = traveller.client.post("/accounts/with/other/", {"purpose": "connect"})
    assert refused["Location"].startswith("/accounts/reauthenticate/")
    traveller.confirm()
    assert traveller.travel("other", "connect")["Location"] == "/account/"
    assert issuers["two"].questions[-1]["prompt"] == "login"
    page = page_of(traveller.client.get("/account/"))
    assert "next time, one press signs you in" in page
    assert "Ada W." in page
    assert "connected with an account elsewhere" in mail.outbox[-1].subject
    assert Event.objects.filter(deed="account.connected").count() == 1
    traveller.client.post("/accounts/logout/")
    assert traveller.travel("other")["Location"] == "/"


def test_what_is_somebody_elses_already_cannot_be_connected(
    traveller: Traveller, one: Issuer, ada: User
) -> None:
    other = User.objects.create_user("bo@people.example", "x")
    SocialAccount.objects.create(user=other, provider=one.url, uid="bo-1")
    one.person = {"sub": "bo-1"}
    traveller.sign_in()
    traveller.confirm()
    traveller.travel("oidc", "connect")
    assert "connected to another account here" in page_of(traveller.client.get("/account/"))
    assert SocialAccount.objects.get(uid="bo-1").user == other


def test_somebody_unknown_is_told_what_to_do(traveller: Traveller, one: Issuer, ada: User) -> None:
    """The page is the same whether the address there has an account here or not (P14)."""
    pages = []
    for address in (EMAIL, "nobody@else.example"):
        one.person = {"sub": "new", "email": address, "email_verified": True}
        page = page_of(traveller.travel(), 403)
        assert "Sign in with your email address and password" in page
        pages.append(re.sub(r'nonce="[^"]+"|value="[^"]+"', "", page))
    assert pages[0] == pages[1]
    assert not traveller.is_in()


def invited(traveller: Traveller, email: str = "bo@people.example") -> Person:
    person = Person.objects.create(display_name="Bo Invited", email=email)
    session = traveller.client.session
    session["invitation_token"] = "Bo Invited"
    session.save()
    return person


def test_an_invitation_is_accepted_with_the_account_there(traveller: Traveller, one: Issuer) -> None:
    """The address is the invitation's; the one there is not even read."""
    person = invited(traveller)
    one.person = {"sub": "bo-1", "email": "somebody@else.example", "email_verified": True}
    assert "Make my account with your Hospital account" in page_of(traveller.client.get("/accounts/signup/"))
    answer = traveller.travel("oidc", "signup", next="/guidance/")
    assert (answer.status_code, answer["Location"]) == (302, "/guidance/")
    person.refresh_from_db()
    assert person.user is not None
    assert person.user.email == "bo@people.example"
    assert not person.user.has_usable_password()
    assert EmailAddress.objects.get(user=person.user).verified
    assert SocialAccount.objects.get(uid="bo-1").user == person.user
    assert "Bo Invited" in page_of(traveller.client.get("/account/"))


def test_whoever_accepts_with_two_steps_there_sets_up_none_here(
    traveller: Traveller, one: Issuer, settings: Any
) -> None:
    settings.SECOND_FACTOR_NEEDED = "tests.sso.conftest.everybody"
    invited(traveller)
    one.person = {"sub": "bo-1", "amr": ["mfa"]}
    traveller.travel("oidc", "signup")
    assert traveller.client.get("/account/").status_code == 200


def test_an_invitation_without_an_address_makes_no_account_there(traveller: Traveller, one: Issuer) -> None:
    invited(traveller, email="")
    assert "Make my account with" not in page_of(traveller.client.get("/accounts/signup/"))
    page_of(traveller.travel("oidc", "signup"), 403)
    assert not User.objects.exists()


def test_an_invitation_to_an_address_that_has_an_account_takes_nothing_over(
    traveller: Traveller, one: Issuer, ada: User
) -> None:
    invited(traveller, email=EMAIL)
    traveller.travel("oidc", "signup")
    assert not traveller.is_in()
    assert SocialAccount.objects.filter(user=ada).count() == 2
    assert User.objects.count() == 1


@pytest.mark.parametrize("amr", [["pwd", "mfa"], "mfa"])
def test_two_steps_there_are_enough_here(
    traveller: Traveller, one: Issuer, ada: User, settings: Any, amr: object
) -> None:
    settings.SECOND_FACTOR_NEEDED = "tests.sso.conftest.everybody"
    TOTP.activate(ada, generate_totp_secret())
    one.person = {"sub": "ada-1", "amr": amr}
    assert traveller.travel()["Location"] == "/"
    assert "It is your second step, too" in page_of(traveller.client.get("/account/"))
    Authenticator.objects.all().delete()
    assert traveller.client.get("/account/").status_code == 200


@pytest.mark.parametrize("amr", [None, [], ["pwd"], "pwd", {"mfa": 1}, 7, ["mfapwd"]])
def test_one_step_there_is_one_step_here(
    traveller: Traveller, one: Issuer, ada: User, settings: Any, amr: object
) -> None:
    settings.SECOND_FACTOR_NEEDED = "tests.sso.conftest.everybody"
    one.person = {"sub": "ada-1", "amr": amr}
    traveller.travel()
    assert traveller.client.get("/account/")["Location"] == SET_UP
    traveller.client.post("/accounts/logout/")
    TOTP.activate(ada, generate_totp_secret())
    assert traveller.travel()["Location"] == "/accounts/2fa/authenticate/"
    assert not traveller.is_in()


def test_whoever_runs_the_service_may_vouch_for_a_tenant(
    traveller: Traveller, issuers: dict[str, Issuer], ada: User, settings: Any
) -> None:
    from dataclasses import replace

    settings.SECOND_FACTOR_NEEDED = "tests.sso.conftest.everybody"
    settings.SIGN_IN_PROVIDERS = tuple(
        replace(provider, has_two_steps=provider.key == ENTRA) for provider in settings.SIGN_IN_PROVIDERS
    )
    issuers["entra"].person = {"sub": "ada-entra", "tid": TENANT}
    traveller.travel(ENTRA)
    assert traveller.client.get("/account/").status_code == 200


def test_the_proof_does_not_outlive_the_sign_in(
    traveller: Traveller, stranger: Traveller, one: Issuer, ada: User, settings: Any
) -> None:
    """A password alone opens nothing of an account whose second step lies elsewhere, and sets up no other."""
    settings.SECOND_FACTOR_NEEDED = "tests.sso.conftest.everybody"
    one.person = {"sub": "ada-1", "amr": ["mfa"]}
    traveller.travel()
    assert traveller.client.get("/account/").status_code == 200
    for browser in (traveller, stranger):
        browser.client.post("/accounts/logout/")
        browser.sign_in()
        for address in ("/account/", SET_UP, "/accounts/2fa/webauthn/add/"):
            assert browser.client.get(address)["Location"] == "/accounts/again/", address
        assert "A password alone does not open it" in page_of(browser.client.get("/accounts/again/"))
    stranger.travel()
    assert stranger.client.get("/account/").status_code == 200


def test_a_password_in_the_same_browser_forgets_what_was_proved(
    traveller: Traveller, one: Issuer, ada: User, settings: Any
) -> None:
    one.person = {"sub": "ada-1", "amr": ["mfa"]}
    traveller.travel()
    session = traveller.client.session
    for name in ("_auth_user_id", "_auth_user_backend", "_auth_user_hash"):
        del session[name]
    session.save()
    traveller.sign_in()
    settings.SECOND_FACTOR_NEEDED = "tests.sso.conftest.everybody"
    assert traveller.client.get("/account/")["Location"] == "/accounts/again/"


def test_who_has_lost_the_account_there_is_helped_from_the_command_line(
    traveller: Traveller, one: Issuer, ada: User, settings: Any
) -> None:
    settings.SECOND_FACTOR_NEEDED = "tests.sso.conftest.everybody"
    SocialAccount.objects.update(extra_data={"two_steps": True})
    call_command("reset_second_step", EMAIL)
    traveller.sign_in()
    assert traveller.client.get("/account/")["Location"] == SET_UP


def test_disconnecting_asks_again_and_ends_other_sessions(
    traveller: Traveller, stranger: Traveller, one: Issuer, ada: User
) -> None:
    one.person = {"sub": "ada-1"}
    stranger.travel()
    traveller.sign_in()
    pk = SocialAccount.objects.get(uid="ada-1").pk
    address = f"/accounts/connections/{pk}/remove/"
    assert traveller.client.post(address)["Location"].startswith("/accounts/reauthenticate/")
    answer = traveller.client.post(
        f"/accounts/reauthenticate/?next={address}", {"password": "plum trumpet gravel"}
    )
    assert answer["Location"] == "/account/"
    assert not SocialAccount.objects.filter(pk=pk).exists()
    assert "are not connected any more" in page_of(traveller.client.get("/account/"))
    assert stranger.client.get("/account/")["Location"].startswith("/accounts/login/")
    assert "was disconnected" in mail.outbox[-1].subject
    assert Event.objects.filter(deed="account.disconnected").count() == 1
    page_of(traveller.travel(), 403)


def test_the_only_way_in_is_never_taken_away(traveller: Traveller, one: Issuer) -> None:
    invited(traveller)
    one.person = {"sub": "bo-1"}
    traveller.travel("oidc", "signup")
    pk = SocialAccount.objects.get().pk
    assert traveller.client.post(f"/accounts/connections/{pk}/remove/")["Location"].startswith(
        "/accounts/again/"
    )
    traveller.travel("oidc", "again")
    traveller.client.post(f"/accounts/connections/{pk}/remove/")
    assert SocialAccount.objects.exists()
    assert "Set a password first" in page_of(traveller.client.get("/account/"))


def test_nobody_disconnects_somebody_elses(traveller: Traveller, one: Issuer, ada: User) -> None:
    other = User.objects.create_user("bo@people.example", "x")
    theirs = SocialAccount.objects.create(user=other, provider=one.url, uid="bo-1")
    traveller.sign_in()
    traveller.confirm()
    assert traveller.client.post(f"/accounts/connections/{theirs.pk}/remove/").status_code == 404
    assert SocialAccount.objects.filter(pk=theirs.pk).exists()


def test_who_has_no_password_here_confirms_there(traveller: Traveller, one: Issuer) -> None:
    """P19: what is dangerous asks again, and what had been sent is done after it."""
    invited(traveller)
    one.person = {"sub": "bo-1"}
    traveller.travel("oidc", "signup")
    answer = traveller.client.post("/accounts/email/", {"action_add": "", "email": "bo@home.example"})
    assert answer["Location"] == "/accounts/again/?next=%2Faccounts%2Femail%2F"
    assert "Continue with your Hospital account" in page_of(traveller.client.get(answer["Location"]))
    came_back = traveller.travel("oidc", "again", next="/accounts/email/")
    assert (one.questions[-1]["prompt"], one.questions[-1]["max_age"]) == ("login", "0")
    traveller.client.get(came_back["Location"])
    assert EmailAddress.objects.filter(email="bo@home.example").exists()


@pytest.mark.parametrize("proof", [{"auth_time": 1}, {"auth_time": None}, {"sub": "somebody-else"}])
def test_a_stale_proof_or_somebody_elses_confirms_nothing(
    traveller: Traveller, one: Issuer, ada: User, proof: dict[str, Any]
) -> None:
    traveller.sign_in()
    one.person = {"sub": "ada-1", **proof}
    page_of(traveller.travel("oidc", "again"), 400)
    answer = traveller.client.post("/accounts/email/", {"action_add": "", "email": "ada@home.example"})
    assert answer["Location"].startswith("/accounts/reauthenticate/")


def test_deactivated_people_are_refused(traveller: Traveller, one: Issuer, ada: User) -> None:
    User.objects.update(is_active=False)
    one.person = {"sub": "ada-1", "amr": ["mfa"]}
    traveller.travel()
    assert not traveller.is_in()


def test_stopping_there_is_no_error(traveller: Traveller, one: Issuer) -> None:
    state = parse_qs(urlsplit(traveller.leave()).query)["state"][0]
    answer = traveller.client.get(f"/accounts/with/oidc/back/?error=access_denied&state={state}")
    assert "You did not go on" in page_of(answer)


def test_a_changed_key_is_looked_for_but_not_at_every_knock(
    traveller: Traveller, one: Issuer, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    one.person = {"sub": "ada-1"}
    traveller.travel()
    one.kid = "a-newer-key"
    traveller.client.post("/accounts/logout/")
    page_of(traveller.travel(), 400)
    assert one.asked["keys"] == 1
    monkeypatch.setattr("embedded.sso.discovery.NOT_AGAIN_FOR", -1)
    assert traveller.travel()["Location"] == "/"
    assert one.asked["keys"] == 2
    assert one.asked[".well-known/openid-configuration"] == 1


def test_addresses_are_not_there_while_nothing_is_on(traveller: Traveller, ada: User, settings: Any) -> None:
    settings.SIGN_IN_PROVIDERS = ()
    for address in ("/accounts/with/oidc/", "/accounts/with/oidc/back/"):
        assert traveller.client.get(address).status_code == 404
        assert traveller.client.post(address).status_code == 404
    traveller.sign_in()
    assert traveller.client.get("/accounts/again/").status_code == 404
    page = page_of(traveller.client.get("/account/"))
    assert "account at localhost" in page  # switched off since: known by its host, can still be taken away


def test_django_and_allauth_find_nothing_to_complain_about(issuers: dict[str, Issuer]) -> None:
    call_command("check", fail_level="WARNING")


@pytest.mark.parametrize(
    "name",
    ["\0Bo", "Bo\ud800", "Bo" * 5000, ["Bo"], {"Bo": 1}, "<script>alert(1)</script>", "\u202eoB"],
)
def test_whatever_they_are_called_there_is_shown_as_words(
    traveller: Traveller, one: Issuer, ada: User, name: object
) -> None:
    one.person = {"sub": "ada-1", "name": name}
    assert traveller.travel(next="/" + "x" * 5000)["Location"] == "/"
    page = page_of(traveller.client.get("/account/"))
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert len(SocialAccount.objects.get(uid="ada-1").extra_data["label"]) <= 100


def test_the_frame_says_what_it_keeps_of_the_account_there(traveller: Traveller, one: Issuer) -> None:
    """Issuer, number, a name to know it by, two steps or not: no address, no token."""
    invited(traveller)
    one.person = {"sub": "bo-1", "name": "Bo", "email": "bo@else.example", "picture": "x"}
    traveller.travel("oidc", "signup")
    kept = SocialAccount.objects.get()
    assert (kept.provider, kept.uid) == (one.url, "bo-1")
    assert kept.extra_data == {"label": "Bo", "two_steps": False}
    assert not SocialToken.objects.exists()
