"""Nobody finds out who has an account (P14): the same answer, the same headers, the same time."""

from __future__ import annotations

import json
import math
import re
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.test import Client

from embedded.accounts.models import Person, Tries, User
from tests.accounts.conftest import EMAIL, PASSWORD

UNKNOWN = "eva@people.example"  # as long as the known one


class QuickArgon(Argon2PasswordHasher):
    """Ours with a tenth of the work: still the most of a request, so that leaving it out would show."""

    time_cost = 1
    memory_cost = 10_240
    parallelism = 1


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


def test_the_arithmetic_of_the_next_test() -> None:
    """Mann and Whitney's own example, and two that are certainly apart."""
    same = [float(number % 17) for number in range(500)]
    assert mann_whitney(same, list(reversed(same))) > 0.9
    assert mann_whitney(same, [one + 3 for one in same]) < 0.001


def mann_whitney(left: list[float], right: list[float]) -> float:
    """Two-sided p that neither tends to be larger, by the normal approximation with its correction for ties."""
    everything = sorted([(value, 0) for value in left] + [(value, 1) for value in right])
    rank_sum, ties, place = 0.0, 0.0, 0
    while place < len(everything):
        end = place
        while end < len(everything) and everything[end][0] == everything[place][0]:
            end += 1
        rank = (place + 1 + end) / 2
        rank_sum += rank * sum(1 for _, side in everything[place:end] if side == 0)
        ties += (end - place) ** 3 - (end - place)
        place = end
    n, m = len(left), len(right)
    u, mean = rank_sum - n * (n + 1) / 2, n * m / 2
    spread = math.sqrt(n * m / 12 * ((n + m + 1) - ties / ((n + m) * (n + m - 1))))
    return math.erfc(abs(u - mean) / spread / math.sqrt(2))


def timed(way: Callable[[str], Any], email: str) -> float:
    Tries.objects.all().delete()
    begun = time.perf_counter()
    way(email)
    return (time.perf_counter() - begun) * 1000


@pytest.mark.full
@pytest.mark.parametrize("way", [by_password, by_letter, by_passkey], ids=lambda way: way.__name__)
def test_p14_known_and_unknown_take_the_same_time(
    ada: User, settings: Any, walk: Callable[[int, int], int], way: Callable[[str], Any]
) -> None:
    """60 tries of each, in turn, and 500 with --every; a machine that is busy otherwise gets three chances."""
    settings.PASSWORD_HASHERS = ["tests.accounts.test_discovery.QuickArgon"]
    settings.EVEN_TIMES = 1
    ada.set_password(PASSWORD)
    ada.save()
    told = []
    for _ in range(3):
        known, unknown = [], []
        for turn in range(walk(60, 500)):
            for email in (EMAIL, UNKNOWN) if turn % 2 else (UNKNOWN, EMAIL):
                (known if email == EMAIL else unknown).append(timed(way, email))
        apart = abs(statistics.median(known) - statistics.median(unknown))
        p = mann_whitney(known, unknown)
        told.append((round(apart, 2), p))
        if apart < 15 and p > 0.01:
            return
    pytest.fail(f"(milliseconds apart, p): {told}")
