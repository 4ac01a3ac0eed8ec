"""Nobody finds out who has an account (P14): the same answer, the same headers, the same time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from embedded.accounts.models import Person, User
from tests.accounts.conftest import EMAIL, PASSWORD

UNKNOWN = "eva@people.example"  # as long as the known one


VARIES = re.compile(
    r"nonce[-=]\S+|value=\"[^\"]*\"|[0-9a-f]{8}-[0-9a-f-]{27}|expires=[^;]+|embedded_csrf=\w+|embedded_session=\w+"
)


def plain(text: str) -> str:
    """Without what differs between any two answers."""
    return VARIES.sub("", text).replace(EMAIL, "x").replace(UNKNOWN, "x")


def whole(answer: Any) -> tuple[int, str, str]:
    """Status, headers and cookies, body."""
    headers = sorted((name, plain(value)) for name, value in answer.headers.items())
    return answer.status_code, plain(f"{headers} {answer.cookies.output()}"), plain(answer.content.decode())


def by_password(email: str) -> Any:
    return Client().post("/accounts/login/", {"login": email, "password": "wrong password"})


def by_letter(email: str) -> Any:
    return Client().post("/accounts/password/reset/", {"email": email})


def by_letter_to_the_end(email: str) -> Any:
    return Client().post("/accounts/password/reset/", {"email": email}, follow=True)


def by_invitation(email: str) -> Any:
    """Somebody invited signs up with an address that may belong to somebody else here."""
    Person.objects.get_or_create(display_name="Bo Invited", email="bo@people.example")
    browser = Client()
    session = browser.session
    session["invitation_token"] = "Bo Invited"
    session.save()
    answer = browser.post("/accounts/signup/", {"email": email, "password1": PASSWORD})
    return answer


def by_sign_up_uninvited(email: str) -> Any:
    return Client().post("/accounts/signup/", {"email": email, "password1": PASSWORD})


def by_passkey(email: str) -> Any:
    known = User.objects.filter(email=email).first()
    handle = "MQ" if known else "OTk5"
    browser = Client()
    browser.get("/accounts/2fa/webauthn/login/", headers={"Accept": "application/json"})
    credential = {"type": "public-key", "id": "AA", "rawId": "AA", "response": {"userHandle": handle}}
    return browser.post("/accounts/2fa/webauthn/login/", {"credential": json.dumps(credential)}, follow=True)


def by_asking_for_a_passkey(email: str) -> Any:
    answer = Client().get(
        "/accounts/2fa/webauthn/login/", {"login": email}, headers={"Accept": "application/json"}
    )
    asked = answer.json()["request_options"]["publicKey"]
    asked["challenge"] = ""
    answer.content = json.dumps(asked).encode()
    return answer


WAYS = (
    by_password,
    by_letter,
    by_letter_to_the_end,
    by_invitation,
    by_sign_up_uninvited,
    by_passkey,
    by_asking_for_a_passkey,
)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_p14_known_and_unknown_get_the_same_answer(ada: User, way: Callable[[str], Any]) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 8, 0, tzinfo=UTC), tick=False):
        assert whole(way(EMAIL)) == whole(way(UNKNOWN))


def test_p14_the_letter_goes_to_the_address_and_nowhere_else(ada: User) -> None:
    for email in (EMAIL, UNKNOWN):
        by_letter(email)
    assert [letter.to for letter in mail.outbox] == [[EMAIL], [UNKNOWN]]


class Clock:
    """A clock that stands still while the product works, and notes how long it is asked to wait."""

    def __init__(self) -> None:
        self.waits: list[float] = []

    def monotonic(self) -> float:
        return 1_000.0

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Clock:
    settings.EVEN_TIMES = 1
    found = Clock()
    monkeypatch.setattr("embedded.accounts.even.time", found)
    return found


@pytest.mark.parametrize("way", [by_password, by_letter], ids=lambda way: way.__name__)
@pytest.mark.parametrize("email", [EMAIL, UNKNOWN])
def test_p14_known_and_unknown_wait_for_the_same_moment(
    ada: User, clock: Clock, way: Callable[[str], Any], email: str
) -> None:
    """What this comes to on a real server, `bin/bench discovery` measures."""
    way(email)
    assert clock.waits == [0.25]


def test_p14_whoever_knows_the_password_does_not_wait(ada: User, clock: Clock) -> None:
    answer = Client().post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    assert (answer.status_code, clock.waits) == (302, [])
