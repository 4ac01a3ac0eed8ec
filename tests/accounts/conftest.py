"""People with accounts, and the code that their authenticator app would show."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.http import HttpRequest
from django.test import Client

from embedded.accounts.models import Person, User

PASSWORD = "plum trumpet gravel"
EMAIL = "ada@people.example"


def everybody(person: Person) -> bool:
    """A rule for SECOND_FACTOR_NEEDED."""
    return True


def whoever_holds_the_token(request: HttpRequest) -> Person | None:
    """A rule for INVITATION_HOOK: the token is the name of the person."""
    return Person.objects.filter(display_name=request.session["invitation_token"]).first()


def code_of(secret: str, steps: int = 0) -> str:
    """What the app shows now, or some half minutes from now."""
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30 + steps))


@pytest.fixture(autouse=True)
def ordinary(db: None, settings: Any) -> None:
    """Quick passwords, nobody forced to a second step, no tries of another test counted."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECOND_FACTOR_NEEDED = ""
    settings.INVITATION_HOOK = "tests.accounts.conftest.whoever_holds_the_token"
    cache.clear()


@pytest.fixture
def ada() -> User:
    user = User.objects.create_user(EMAIL, PASSWORD)
    EmailAddress.objects.create(user=user, email=EMAIL, primary=True, verified=True)
    Person.objects.create(user=user, display_name="Ada Wong", email=EMAIL)
    return user


@pytest.fixture
def sign_in(client: Client, ada: User) -> Callable[[], Client]:
    """Signs Ada in through the page, so that allauth knows how she did it."""

    def go() -> Client:
        response = client.post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
        assert response.status_code == 302, response.content.decode()
        return client

    return go
