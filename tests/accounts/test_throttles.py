"""Guessing is throttled, and locks nobody else out (P15); a hospital behind one address signs in on a Monday (P36)."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db import connections
from django.test import Client

from embedded.accounts.models import Person, Tries, User
from embedded.accounts.throttles import FIVE_MINUTES, Limit, same_address, take
from tests.accounts.conftest import EMAIL, PASSWORD, code_of
from tests.accounts.test_journey import page_of

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CHECKED: list[str] = []


class Watched(MD5PasswordHasher):
    """A hasher that says which passwords were looked at."""

    def verify(self, password: str, encoded: str) -> bool:
        CHECKED.append(password)
        return bool(super().verify(password, encoded))


WRONG = "wrong password"


def tried(browser: Client, password: str = WRONG, email: str = EMAIL, **headers: str) -> Any:
    return browser.post("/accounts/login/", {"login": email, "password": password}, headers=headers)


def guess(times: int = 10, email: str = EMAIL) -> list[int]:
    return [tried(Client(), email=email).status_code for _ in range(times)]


def test_ten_wrong_passwords_in_five_minutes_and_no_more(ada: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        assert guess(10) == [200] * 10
        refused = tried(Client(), PASSWORD)
        page = page_of(refused, 429)
        assert "A passkey, or signing in through your organisation, works all the while" in page
        assert refused["Retry-After"] == "300"
        clock.shift(timedelta(minutes=4, seconds=59))
        assert tried(Client(), PASSWORD)["Retry-After"] == "1"
        clock.shift(timedelta(seconds=1))
        assert tried(Client(), PASSWORD).status_code == 302


def test_an_unknown_address_is_throttled_in_the_same_way(ada: User) -> None:
    pages = []
    for email in (EMAIL, "nobody@else.example"):
        assert guess(10, email) == [200] * 10
        pages.append(re.sub(r"[0-9a-f-]{36}|nonce=\S+", "", page_of(tried(Client(), email=email), 429)))
    assert pages[0] == pages[1]


def test_other_ways_to_write_an_address_are_no_further_tries(ada: User) -> None:
    """The database compares capitals: "ſ" and the kelvin sign are "S" and "K" to it, a capital is a small letter."""
    guess(9)
    assert tried(Client(), email=" ADA@People.Example ").status_code == 200
    assert tried(Client(), email="ada@PEOPLE.example").status_code == 429
    assert same_address("ſmith.K@x.example") == same_address("Smith.k@X.example")


def test_right_passwords_are_not_counted(ada: User) -> None:
    for _ in range(15):
        assert tried(Client(), PASSWORD).status_code == 302
    assert not Tries.objects.filter(times__gt=0).exists()


def test_p15_the_owner_gets_in_by_a_device_known_from_before(ada: User) -> None:
    own = Client()
    assert tried(own, PASSWORD).status_code == 302
    own.post("/accounts/logout/")
    guess(12)
    assert tried(Client(), PASSWORD).status_code == 429
    assert tried(own, PASSWORD).status_code == 302


def test_a_known_device_opens_no_second_door_to_guess_at(ada: User) -> None:
    """Ten tries of its own, then those of everybody."""
    own = Client()
    tried(own, PASSWORD)
    own.post("/accounts/logout/")
    assert [tried(own).status_code for _ in range(21)] == [200] * 20 + [429]


def test_the_cookie_of_another_account_or_a_made_up_one_is_worth_nothing(ada: User) -> None:
    bo = User.objects.create_user("bo@people.example", PASSWORD)
    EmailAddress.objects.create(user=bo, email=bo.email, primary=True, verified=True)
    theirs, made_up = Client(), Client()
    tried(theirs, PASSWORD, email="bo@people.example")
    theirs.post("/accounts/logout/")
    made_up.cookies["embedded_known"] = "eyIxIjoieCJ9:1abc:xyz"
    guess(10)
    assert tried(theirs, PASSWORD).status_code == 429
    assert tried(made_up, PASSWORD).status_code == 429


def test_p15_confirming_that_it_is_you_has_tries_of_its_own(sign_in: Callable[[], Client]) -> None:
    browser = sign_in()
    guess(12)
    assert browser.post("/accounts/reauthenticate/", {"password": PASSWORD}).status_code == 302


def test_p15_a_new_password_by_letter_ends_the_wait(ada: User) -> None:
    guess(12)
    browser = Client()
    browser.post("/accounts/password/reset/", {"email": EMAIL})
    link = re.search(r"/accounts/password/reset/key/\S+", str(mail.outbox[-1].body))
    assert link
    where = browser.get(link[0], follow=True).redirect_chain[-1][0]
    browser.post(where, {"password1": "an entirely new one"})
    assert tried(Client(), "an entirely new one").status_code == 302


@pytest.mark.parametrize("proxies", [0, 1])
def test_p15_made_up_forwarded_addresses_do_not_reset_the_count(
    ada: User, settings: Any, proxies: int
) -> None:
    """A hundred tries at a hundred accounts from one place, each with another X-Forwarded-For."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    answers = []
    for number in range(101):
        forwarded = f"10.1.2.{number}" + (", 192.0.2.7" if proxies else "")
        answers.append(
            tried(Client(), email=f"p{number}@x.example", **{"X-Forwarded-For": forwarded}).status_code
        )
    assert answers == [200] * 100 + [429]


def test_p36_three_hundred_people_of_one_hospital_sign_in_within_a_minute(
    db: None, times: Callable[[int, int], int]
) -> None:
    people = times(40, 300)
    for number in range(people):
        user = User.objects.create_user(f"p{number}@trust.example", PASSWORD)
        EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
        Person.objects.create(user=user, display_name=f"Person {number}", email=user.email)
    with time_machine.travel(NOON, tick=False):
        answers = []
        for number in range(people):
            if number % 10 == 0:  # one in ten mistypes first
                assert tried(Client(), email=f"p{number}@trust.example").status_code == 200
            answers.append(tried(Client(), PASSWORD, email=f"p{number}@trust.example").status_code)
    assert answers == [302] * people


@pytest.mark.django_db(transaction=True)
def test_p15_a_hundred_wrong_passwords_at_once_are_ten_looks(settings: Any, ada: User) -> None:
    settings.PASSWORD_HASHERS = ["tests.accounts.test_throttles.Watched"]
    CHECKED.clear()

    def one(number: int) -> int:
        try:
            return int(tried(Client(), f"wrong {number}").status_code)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(20) as people:
        answers = list(people.map(one, range(100)))
    assert sorted(answers) == [200] * 10 + [429] * 90
    assert len(CHECKED) == 10


def test_codes_are_tried_five_times_in_five_minutes(client: Client, ada: User) -> None:
    secret = generate_totp_secret()
    TOTP.activate(ada, secret)
    tried(client, PASSWORD)
    for _ in range(5):
        assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    refused = client.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert "The code was tried too often" in page_of(refused, 429)
    assert 1 <= int(refused["Retry-After"]) <= 300


@pytest.mark.parametrize(
    ("times", "within"), [(5, FIVE_MINUTES), (20, timedelta(hours=1)), (50, timedelta(days=1))]
)
def test_a_limit_holds_and_ends(db: None, times: int, within: timedelta) -> None:
    limit = Limit("x", times, within)
    with time_machine.travel(NOON, tick=False) as clock:
        assert [take([(limit, "a")]).wait for _ in range(times)] == [0] * times
        assert take([(limit, "a")]).wait == within.total_seconds()
        assert take([(limit, "b")]).wait == 0
        clock.shift(within - timedelta(seconds=1))
        assert take([(limit, "a")]).wait == 1
        clock.shift(timedelta(seconds=1))
        assert take([(limit, "a")]).wait == 0


def test_a_refused_try_costs_nothing_elsewhere(db: None) -> None:
    wide, narrow = Limit("wide", 10, FIVE_MINUTES), Limit("narrow", 1, FIVE_MINUTES)
    for _ in range(5):
        take([(wide, "a"), (narrow, "a")])
    assert Tries.objects.get(key=wide.key("a")).times == 1


def test_what_was_given_back_can_be_taken_again(db: None) -> None:
    limit = Limit("x", 1, FIVE_MINUTES)
    for _ in range(3):
        taken = take([(limit, "a")])
        assert not taken.wait
        taken.give_back()


def test_old_counts_go_and_name_nobody(ada: User) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        guess(1)
        assert EMAIL not in str(list(Tries.objects.values()))
        clock.shift(timedelta(days=1, seconds=1))
        guess(1, "somebody@else.example")
    assert not Tries.objects.filter(since__lt=NOON + timedelta(hours=1)).exists()


def test_five_letters_a_day_for_a_new_password_and_the_page_tells_nobody(ada: User) -> None:
    pages = set()
    for _ in range(7):
        answer = Client().post("/accounts/password/reset/", {"email": EMAIL}, follow=True)
        pages.add(re.sub(r"nonce=\S+|value=\S+", "", page_of(answer)))
    assert len(mail.outbox) == 5
    assert len(pages) == 1
