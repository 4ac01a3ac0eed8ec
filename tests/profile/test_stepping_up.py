"""Before the dangerous things somebody confirms who they are, five minutes ago at most (P19): all of the list."""

from __future__ import annotations

import html
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from embedded.accounts.models import Person, SignIn, User
from embedded.drafts.models import ParkedPost
from embedded.profile.stepping_up import DANGEROUS, NAMES, RESUMED
from programmes.models import Membership
from tests.drafts.test_parking import fields_of
from tests.house.addresses import Things, all_names, parts_of, things_in
from tests.house.presses import PRESSES, press_of
from tests.world import World, confirm, give_second_factor

PASSWORD = "plum trumpet gravel"
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
ASKS = "/accounts/reauthenticate/?next="
# Words in the name of an address that sound dangerous, and why those named here are not.
SOUNDS = (
    "csv",
    "delete",
    "disconnect",
    "edit",
    "end",
    "erase",
    "export",
    "membership",
    "password",
    "remove",
    "role",
)
HARMLESS = {
    "agreement_edit": "where a contract is kept and what it covers; every change is in the history",
    "api_token_end": "one's own token: a program can do less afterwards",
    "account_reset_password": "for somebody who is not signed in",
    "account_reset_password_done": "the same",
    "account_reset_password_from_key": "the same",
    "account_reset_password_from_key_done": "the same",
    "bite_edit": "words of a summary, which keeps its version",
    "case_edit": "words of a draft that its host and everybody in it have to agree to",
    "diary_remove": "one's own text, which its page asks about once more",
    "figure_csv": "numbers of the dashboard, no people",
    "guidance_desk_edit": "words of a draft that a second editor has to approve",
    "guidance_numbers_csv": "numbers of the library, no people",
    "guidance_words_remove": "what somebody wrote of a document; their yes or no stays",
    "log_export": "one's own log, to oneself",
    "log_remove": "one's own entry, with an undo",
    "mix_csv": "numbers of the dashboard, no people",
    "request_remove": "one's own request, which its page asks about once more",
    "post_end": "a part in one residency; the history tells of it, and whoever it was is told",
    "project_edit": "words of a project",
    "residencies_csv": "what the list shows to whoever reads it",
    "shelf_remove": "a link, which can be put back",
    "working_agreement_edit": "words of a draft that everybody has to agree to",
}


@pytest.fixture(autouse=True)
def password_alone(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def enter(person: Person) -> Client:
    """Signed in for a while, with an app from before; the confirmation is still to come."""
    assert person.user
    if not person.user.password:
        person.user.set_password(PASSWORD)
        person.user.save()
    User.objects.update(date_joined=NOON - timedelta(days=9))
    give_second_factor(person)
    person.user.authenticator_set.update(created_at=NOON - timedelta(days=8))
    EmailAddress.objects.get_or_create(user=person.user, email=person.email, verified=True, primary=True)
    browser = Client()
    browser.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return browser


def where(name: str, things: Things) -> str:
    known = {"slug": things.world.programme.slug, "pk": things.membership.pk}
    parts = parts_of(name) | ({"pk"} if name in ("mfa_edit_webauthn", "mfa_remove_webauthn") else set())
    return reverse(name, kwargs={part: known[part] for part in parts})


def next_of(answer: Any) -> str:
    """Where somebody goes on to after the confirmation."""
    found = urlsplit(answer["Location"])
    assert found.path == "/accounts/reauthenticate/"
    return parse_qs(found.query)["next"][0]


@pytest.mark.parametrize("name", sorted(NAMES))
def test_p19_each_asks_first_and_for_five_minutes_not_again(world: World, name: str) -> None:
    things = things_in(world)
    lead = world.people["programme_lead"]
    address = where(name, things)
    with time_machine.travel(NOON, tick=False) as clock:
        browser = enter(lead)
        assert browser.get(address)["Location"].startswith(ASKS)
        assert browser.post(address, {})["Location"].startswith(ASKS)
        browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
        clock.shift(timedelta(minutes=4, seconds=59))
        assert not browser.get(address).headers.get("Location", "").startswith(ASKS)
        clock.shift(timedelta(seconds=1))
        assert browser.get(address)["Location"].startswith(ASKS)


def test_p19_the_list_names_what_there_is() -> None:
    assert set(all_names()) >= NAMES
    assert NAMES >= RESUMED
    assert all(DANGEROUS.values())


def test_p19_what_sounds_dangerous_is_on_the_list_or_said_to_be_harmless() -> None:
    sounding = {name for name in all_names() if any(word in name.split("_") for word in SOUNDS)}
    assert sounding - NAMES == set(HARMLESS)


def test_p19_nobody_else_is_asked(world: World) -> None:
    browser = enter(world.people["programme_lead"])
    for address in (
        "/account/",
        "/account/sign-ins/",
        f"/p/{world.programme.slug}/",
        f"/p/{world.programme.slug}/team/",
    ):
        assert browser.get(address).status_code == 200


@pytest.mark.parametrize("name", sorted(NAMES & set(PRESSES) - RESUMED))
def test_p19_what_was_typed_is_offered_again(world: World, name: str) -> None:
    """A page that was open for longer than the confirmation counts: its form is parked, then sent."""
    things = things_in(world)
    press = press_of(name, things)
    browser = enter(world.people[press.who])
    asked = press.send(browser)
    assert asked["Location"].startswith(ASKS)
    then = next_of(asked)
    confirmed = browser.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": then})
    assert confirmed["Location"] == then
    page = browser.get(then).content.decode()
    assert fields_of(page).items() >= {k: str(v) for k, v in press.typed.items() if v}.items()
    assert browser.post(press.address, fields_of(page)).status_code == press.lands
    assert not ParkedPost.objects.exists()


def test_p19_a_press_without_words_goes_through_by_itself(world: World) -> None:
    person = world.people["researcher"]
    other, browser = enter(person), enter(person)
    there = SignIn.objects.filter(user=person.user).earliest("pk")
    asked = browser.post(f"/account/sign-ins/{there.pk}/end/")
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": next_of(asked)})
    assert not SignIn.objects.filter(pk=there.pk).exists()
    assert other.get("/account/").status_code == 302
    assert browser.get("/account/").status_code == 200


def test_p19_no_password_is_kept_while_one_confirms(world: World) -> None:
    browser = enter(world.people["researcher"])
    typed = {"oldpassword": PASSWORD, "password1": "canary canary canary", "form_key": "x"}
    asked = browser.post("/accounts/password/change/", typed)
    assert asked["Location"].startswith(ASKS)
    assert "canary" not in str(dict(browser.session))


def test_p19_the_page_says_why_and_names_the_other_ways(world: World) -> None:
    browser = enter(world.people["programme_lead"])
    page = html.unescape(browser.get(f"/p/{world.programme.slug}/settings/", follow=True).content.decode())
    assert page.count("<h1") == 1
    assert "Confirm that it is you" in page
    assert "Use a code" in page


def test_p19_the_made_up_people_of_the_demonstration_are_not_asked(world: World, settings: Any) -> None:
    lead = world.people["programme_lead"]
    browser = enter(lead)
    User.objects.filter(pk=lead.user_id).update(is_demonstration=True)
    address = f"/p/{world.programme.slug}/settings/"
    assert browser.get(address).status_code == 302
    settings.DEMONSTRATION = True
    assert browser.get(address).status_code == 200


def test_the_tests_own_browser_has_confirmed(world: World) -> None:
    """What `tests.world.confirm` leaves is what the page leaves."""
    person = world.people["programme_lead"]
    by_page, by_hand = enter(person), enter(person)
    by_page.post("/accounts/reauthenticate/", {"password": PASSWORD})
    confirm(by_hand, person)
    address = f"/p/{world.programme.slug}/team/invite/"
    assert by_page.get(address).status_code == by_hand.get(address).status_code == 200
    assert Membership.objects.exists()
