"""Everything hostile in the forms of sign-in (§4.2, P60): what guards the door bears what is thrown at it."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from embedded.accounts.models import Person, User
from tests.house.hostile import VALUES, Value
from tests.house.payloads import PAYLOADS
from tests.house.trying import Door

PASSWORD = "plum trumpet gravel"
EMAIL = "ada@people.example"
FEW, MANY = 6, 1_000
CHANGE = {"oldpassword": PASSWORD, "password1": "three words apart 9"}
FORMS: dict[str, tuple[bool, dict[str, Value]]] = {
    "account_login": (False, {"login": EMAIL, "password": "wrong words here"}),
    "account_reset_password": (False, {"email": EMAIL}),
    "account_signup": (False, {"email": "x@y.example", "password1": PASSWORD}),
    "account_email": (True, {"email": "another@people.example", "action_add": ""}),
    "account_change_password": (True, dict(CHANGE)),
    "account_reauthenticate": (True, {"password": "wrong words here"}),
    "account_logout": (True, {"next": "/"}),
    "mfa_activate_totp": (True, {"code": "123456"}),
    "mfa_authenticate": (False, {"code": "123456"}),
    "mfa_reauthenticate": (True, {"code": "123456"}),
}


@pytest.fixture
def ada(db: None, settings: Any) -> User:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    settings.SECOND_FACTOR_NEEDED = ""
    cache.clear()
    user = User.objects.create_user(EMAIL, PASSWORD)
    EmailAddress.objects.create(user=user, email=EMAIL, primary=True, verified=True)
    Person.objects.create(user=user, display_name="Ada Wong", email=EMAIL)
    return user


def browser_of(name: str, is_inside: bool) -> Client:
    browser = Client()
    if is_inside:
        assert browser.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD}).status_code == 302
    return browser


@pytest.mark.parametrize("name", FORMS)
def test_p60_hostile_words_at_the_door(ada: User, walk: Callable[[int, int], int], name: str) -> None:
    is_inside, typed = FORMS[name]
    door = Door(reverse(name), browser_of(name, is_inside), typed)
    strange: dict[str, Value] = VALUES | {payload: payload for payload in PAYLOADS}
    cases = [(field, what) for field in typed for what in strange]
    some = random.Random(name).sample(cases, min(walk(FEW, MANY), len(cases)))  # noqa: S311 (no secret)
    wrong = [
        f"{field}, {what[:60]}: {one}"
        for field, what in some
        for one in door.tried(door.typed | {field: strange[what]}, {field})
    ]
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:80])


def test_a_password_never_comes_back(ada: User) -> None:
    for value in ("secret words of mine", "</input>secret words"):
        for name, (is_inside, typed) in FORMS.items():
            hostile = {key: value if "password" in key else one for key, one in typed.items()}
            answer = browser_of(name, is_inside).post(reverse(name), hostile)
            assert b"secret words" not in answer.content, name
