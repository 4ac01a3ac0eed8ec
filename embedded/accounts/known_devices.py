"""A device on which somebody has signed in before has tries of its own, so that a stranger cannot use them up (P15)."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from allauth.account.internal.userkit import filter_users_by_email
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core import signing
from django.http import HttpRequest, HttpResponseBase

KEPT: Final = timedelta(days=90)
MOST: Final = 5  # people on one device; a shared computer forgets who signed in longest ago
SALT: Final = "embedded.accounts.known_devices"


def remember(
    sender: object, request: HttpRequest, response: HttpResponseBase, user: AbstractBaseUser, **rest: object
) -> None:
    """Gives the browser a signed number of its own for this account; called after every sign-in that succeeded."""
    known = _known(request)
    number = known.pop(str(user.pk), None) or secrets.token_urlsafe(12)
    kept = dict([*known.items(), (str(user.pk), number)][-MOST:])
    response.set_cookie(
        settings.KNOWN_DEVICE_COOKIE_NAME,
        signing.dumps(kept, salt=SALT),
        max_age=KEPT,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def number_for(request: HttpRequest, address: str) -> str:
    """The number under which this browser is known to the account of an address, or an empty text.

    Only a browser with such a cookie costs a question to the database, so that strangers learn nothing from the time.
    """
    known = _known(request)
    if not known:
        return ""
    return next((known[str(u.pk)] for u in filter_users_by_email(address) if str(u.pk) in known), "")


def _known(request: HttpRequest) -> dict[str, str]:
    """Of this browser: number by account."""
    sent = request.COOKIES.get(settings.KNOWN_DEVICE_COOKIE_NAME, "")
    try:
        known = signing.loads(sent, salt=SALT, max_age=KEPT) if sent else {}
    except signing.BadSignature:
        return {}
    return {str(user): str(number) for user, number in known.items()}
