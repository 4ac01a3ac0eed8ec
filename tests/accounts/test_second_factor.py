"""Whoever sees more than their own data reaches no page but the set-up without a second factor (P12)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management import CommandError, call_command
from django.test import Client

from embedded.accounts.models import User
from embedded.accounts.second_factor import ON_THE_WAY
from tests.accounts.conftest import EMAIL, PASSWORD
from tests.house.addresses import address_of, our_names, things_in
from tests.world import World

SET_UP = "/accounts/2fa/totp/activate/"


@pytest.fixture(autouse=True)
def needed(ordinary: None, settings: Any) -> None:
    settings.SECOND_FACTOR_NEEDED = "tests.accounts.conftest.everybody"


@pytest.mark.parametrize(
    "address", ["/", "/account/", "/account/details/", "/accounts/email/", "/accounts/2fa/"]
)
def test_every_page_leads_to_the_set_up(sign_in: Callable[[], Client], address: str) -> None:
    response = sign_in().get(address)
    assert (response.status_code, response["Location"]) == (302, SET_UP)


def test_sending_a_form_leads_there_too(sign_in: Callable[[], Client]) -> None:
    assert sign_in().post("/account/details/", {"display_name": "X"})["Location"] == SET_UP


@pytest.mark.parametrize("address", [SET_UP, "/accounts/logout/", "/privacy/", "/contact/", "/livez"])
def test_set_up_signing_out_and_open_pages_stay_open(sign_in: Callable[[], Client], address: str) -> None:
    assert sign_in().get(address).status_code == 200


def test_set_up_after_sign_in_asks_for_no_second_password(sign_in: Callable[[], Client]) -> None:
    assert "Set up two-step sign in" in sign_in().get(SET_UP).content.decode()


def test_with_one_the_way_is_free_and_then_asked_no_more(
    sign_in: Callable[[], Client], ada: User, django_assert_num_queries: Any
) -> None:
    client = sign_in()
    TOTP.activate(ada, generate_totp_secret())
    assert client.get("/account/").status_code == 200
    assert client.session["second_factor_settled"] == ada.pk


def test_without_the_need_nobody_is_asked(sign_in: Callable[[], Client], settings: Any) -> None:
    settings.SECOND_FACTOR_NEEDED = ""
    assert sign_in().get("/account/").status_code == 200


def test_demonstration_accounts_are_excused_only_in_the_demonstration(
    sign_in: Callable[[], Client], ada: User, settings: Any
) -> None:
    client = sign_in()
    User.objects.update(is_demonstration=True)
    assert client.get("/account/")["Location"] == SET_UP
    settings.DEMONSTRATION = True
    assert client.get("/account/").status_code == 200


def test_taking_it_away_ends_other_sessions_and_leads_to_a_new_one(
    sign_in: Callable[[], Client], ada: User
) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    client = sign_in()
    TOTP.activate(ada, generate_totp_secret())
    codes = RecoveryCodes.activate(ada).get_unused_codes()
    other = Client()
    other.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    other.post("/accounts/2fa/authenticate/", {"code": codes[0]})
    other.post("/accounts/2fa/trust/", {"action": "skip"})
    for browser in (client, other):
        assert browser.get("/account/").status_code == 200
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert not Authenticator.objects.filter(user=ada).exists()
    assert client.get("/account/")["Location"] == SET_UP
    assert other.get("/account/")["Location"].startswith("/accounts/login/")


def test_who_has_lost_everything_is_helped_from_the_command_line(
    sign_in: Callable[[], Client], ada: User
) -> None:
    client = sign_in()
    TOTP.activate(ada, generate_totp_secret())
    call_command("reset_second_step", "ADA@people.example")
    assert not Authenticator.objects.filter(user=ada).exists()
    assert client.get("/account/")["Location"].startswith("/accounts/login/")
    assert sign_in().get("/account/")["Location"] == SET_UP
    for email in (EMAIL, "nobody@people.example"):
        with pytest.raises(CommandError):
            call_command("reset_second_step", email)


def test_p12_every_address_leads_a_lead_to_the_set_up(world: World, settings: Any) -> None:
    """All of them but the way there, signing out and what everybody may read."""
    settings.SECOND_FACTOR_NEEDED = "programmes.access.needs_second_factor"
    things = things_in(world)
    lead = world.people["programme_lead"]
    browser = Client()
    browser.force_login(lead.user, backend="allauth.account.auth_backends.AuthenticationBackend")  # type: ignore[arg-type]
    for name in set(our_names()) - ON_THE_WAY:
        address = address_of(name, things)
        for answer in (browser.get(address), browser.post(address, {})):
            assert (answer.status_code, answer.headers.get("Location")) == (302, SET_UP), name
