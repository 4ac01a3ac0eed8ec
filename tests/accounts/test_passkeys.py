"""Passkeys, with the browser's own authenticator: made, named, used, taken away (P12, P15); nonsense is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page

from embedded.accounts.devices import in_words
from embedded.accounts.models import Tries, User
from embedded.audit.models import Event
from tests.accounts.conftest import EMAIL, PASSWORD
from tests.accounts.test_journey import page_of

LOGIN = "/accounts/2fa/webauthn/login/"


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """The server at the name for which browsers allow passkeys without a certificate."""
    settings.SECOND_FACTOR_NEEDED = "tests.accounts.conftest.everybody"
    settings.BASE_URL = f"http://localhost:{urlsplit(live_server.url).port}"
    settings.ALLOWED_HOSTS = ["localhost"]
    return str(settings.BASE_URL)


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A browser whose policy is watched, with an authenticator that confirms its owner."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    wrong: list[str] = []
    yield page
    context.close()
    assert wrong == []


def authenticator(page: Page, verified: bool = True) -> tuple[Any, str]:
    """Chromium's own, as a laptop has one; `verified` says whether a finger is on it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": verified,
        "automaticPresenceSimulation": True,
    }
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def enter(page: Page, site: str) -> None:
    page.goto(site + "/accounts/login/")
    page.get_by_label("Email address").fill(EMAIL)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def looked_over(page: Page, heading: str) -> None:
    page.get_by_role("heading", level=1, name=heading).wait_for()
    found = Axe().run(page).response["violations"]
    assert found == [], json.dumps(found)[:3000]
    assert page.locator("h1").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_made_named_used_for_everything_and_taken_away(page: Page, site: str, ada: User) -> None:
    session, device = authenticator(page)
    enter(page, site)
    assert page.url.endswith("/accounts/2fa/totp/activate/")  # P12: nothing else before a second step
    page.get_by_role("link", name="use a passkey instead").click()
    looked_over(page, "Add a passkey")
    assert page.get_by_label("Name of this passkey").input_value() == "Chrome on Linux"
    page.get_by_label("Name of this passkey").fill("Work laptop")
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    assert page.locator(".app-codes li").count() == 10
    page.goto(site + "/account/")
    assert "1 passkey" in page.locator("main").inner_text()
    assert [letter.subject for letter in mail.outbox] == ["A passkey was added to your account"]

    long_ago = timezone.now() - timedelta(days=1)
    User.objects.update(date_joined=long_ago)
    Authenticator.objects.update(created_at=long_ago)

    # signs in by itself, both steps in one, and goes on to where somebody wanted to go; whoever guesses at the
    # password meanwhile locks nobody out (P15)
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("link", name="Sign in", exact=True).wait_for()
    for _ in range(11):
        guess = Client().post(
            "/accounts/login/", {"login": EMAIL, "password": "wrong"}, headers={"Host": "localhost"}
        )
    assert guess.status_code == 429
    page.goto(site + "/accounts/login/?next=/account/details/")
    looked_over(page, "Sign in")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(site + "/account/details/")

    # confirms that it is you, then is named anew
    page.goto(site + "/account/")
    page.get_by_role("link", name="Change your passkeys").click()
    looked_over(page, "Your passkeys")
    page.get_by_role("link", name="Change its name").click()
    page.get_by_role("link", name="Use a passkey").click()
    looked_over(page, "Confirm that it is you")
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_label("Name of this passkey").fill("Old laptop")
    page.get_by_role("button", name="Save the name").click()
    page.get_by_role("heading", name="Old laptop").wait_for()

    # the second step after the password
    page.get_by_role("button", name="Sign out", exact=True).click()
    Tries.objects.all().delete()
    enter(page, site)
    page.wait_for_url("**/2fa/authenticate/**")
    looked_over(page, "Second step")
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_role("button", name="No, others use it too").click()
    page.wait_for_url(site + "/")

    # a finger that is not its owner's opens nothing
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto(site + "/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("Nothing was confirmed").wait_for()
    assert page.url.endswith("/accounts/login/")
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": True})

    # taken away: the way leads to the set-up of another
    page.reload()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(site + "/")
    page.goto(site + "/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Remove it").click()
    page.get_by_role("link", name="Use a passkey").click()
    page.get_by_role("button", name="Use my passkey").click()
    looked_over(page, "Remove")
    page.get_by_role("button", name="Remove the passkey").click()
    page.wait_for_url("**/accounts/2fa/totp/activate/")
    assert not Authenticator.objects.filter(user=ada).exists()
    assert Event.objects.filter(deed="account.second_step_switched_off").exists()


@pytest.mark.django_db(transaction=True)
def test_without_javascript_the_pages_say_what_to_do_instead(browser: Browser, site: str, ada: User) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    enter(page, site)
    page.get_by_role("link", name="use a passkey instead").click()
    assert page.get_by_role("button", name="Add the passkey").count() == 0
    page.get_by_text("An authenticator app works without").wait_for()
    page.get_by_role("link", name="Set up an authenticator app").click()
    assert page.url.endswith("/accounts/2fa/totp/activate/")
    page.goto(site + "/accounts/login/")
    context.close()


CLIENT_DATA = "eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQUEiLCJvcmlnaW4iOiJodHRwOi8vbG9jYWxob3N0In0"
NONSENSE: list[Any] = [
    "",
    "null",
    "[]",
    "{}",
    "7",
    '"x"',
    "{",
    '{"response": null}',
    '{"response": {"userHandle": 7}}',
    '{"type": "public-key", "id": "AA", "rawId": "AA", "response": {}}',
    json.dumps(
        {
            "type": "public-key",
            "id": "AA",
            "rawId": "AA",
            "response": {
                "clientDataJSON": "e30",
                "authenticatorData": "AA",
                "signature": "AA",
                "userHandle": "MQ",
            },
        }
    ),
    json.dumps(
        {
            "type": "public-key",
            "id": "AA",
            "rawId": "AA",
            "response": {
                "clientDataJSON": CLIENT_DATA,
                "authenticatorData": "A" * 50,
                "attestationObject": "AAAA",
                "signature": "AA",
                "userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
            },
        }
    ),
    "[" * 10_000,
    json.dumps({"response": {"userHandle": "A" * 100_000}}),
]


@pytest.mark.parametrize("sent", NONSENSE, ids=lambda sent: sent[:40])
def test_nonsense_for_a_passkey_is_refused_in_one_way(client: Client, ada: User, sent: str) -> None:
    assert client.get(LOGIN, headers={"Accept": "application/json"}).status_code == 200
    answer = client.post(LOGIN, {"credential": sent})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    assert "_auth_user_id" not in client.session

    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    assert "The passkey was not saved" in page_of(
        client.post("/accounts/2fa/webauthn/add/", {"credential": sent, "name": ""})
    )
    assert not Authenticator.objects.exists()


def test_the_question_names_no_account(client: Client, ada: User) -> None:
    """P14: what a browser is asked for is the same whoever asks."""
    Authenticator.objects.create(user=ada, type="totp", data={"secret": "x"})
    asked = client.get(LOGIN, headers={"Accept": "application/json"}).json()["request_options"]["publicKey"]
    assert asked.get("allowCredentials", []) == []
    assert asked["userVerification"] == "required"
    assert set(asked) <= {"challenge", "rpId", "userVerification", "allowCredentials", "timeout"}


def test_known_and_unknown_accounts_get_the_same_answer(client: Client, ada: User) -> None:
    answers = []
    for handle in ("MQ", "OTk5"):
        credential = {"type": "public-key", "id": "AA", "rawId": "AA", "response": {"userHandle": handle}}
        client.get(LOGIN, headers={"Accept": "application/json"})
        answer = client.post(LOGIN, {"credential": json.dumps(credential)}, follow=True)
        answers.append(re.sub(r'nonce="[^"]+"|value="[^"]+"', "", answer.content.decode()))
    assert answers[0] == answers[1]
    assert "That passkey was not accepted" in answers[0]


def test_somebody_elses_passkey_is_not_found(client: Client, ada: User) -> None:
    bo = User.objects.create_user("bo@people.example", PASSWORD)
    theirs = Authenticator.objects.create(user=bo, type="webauthn", data={"name": "Theirs", "credential": {}})
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    for place in ("edit", "remove"):
        for answer in (
            client.get(f"/accounts/2fa/webauthn/keys/{theirs.pk}/{place}/"),
            client.post(f"/accounts/2fa/webauthn/keys/{theirs.pk}/{place}/", {"name": "Mine"}),
        ):
            assert answer.status_code == 404
    theirs.refresh_from_db()
    assert theirs.data["name"] == "Theirs"


def test_two_lost_telephones_are_helped_by_the_page_that_says_whom_to_ask(client: Client, ada: User) -> None:
    TOTP.activate(ada, generate_totp_secret())
    client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    page = page_of(client.get("/accounts/2fa/authenticate/"))
    assert "Use my passkey" not in page
    assert "Ask whoever runs this service" in page


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile Safari/604.1", "Safari on an iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Firefox/130.0", "Firefox on Android"),
        ("Mozilla/5.0 (Macintosh)", "A browser on a Mac"),
        ("curl/8.0", "Another device"),
        ("", "Another device"),
    ],
)
def test_a_device_is_said_in_words(sent: str, words: str) -> None:
    assert in_words(sent) == words
