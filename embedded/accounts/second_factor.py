"""Leads whoever can see more than their own data to two-step sign in, before any other page (trust.md P12)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.module_loading import import_string

from embedded.accounts.elsewhere import ASK_WHO, PROVED, had_two_steps, must_prove_elsewhere
from embedded.accounts.models import Person, User
from embedded.accounts.requests import VisitorRequest

FACTORS: Final = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes stand beside them
SETTLED: Final = "second_factor_settled"
# What one must be able to reach on the way to a second factor, or instead of it.
ON_THE_WAY: Final = frozenset(
    {"mfa_activate_totp", "mfa_add_webauthn", "account_logout"}
    | {"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_reauthenticate"}
    | {"livez", "readyz", "privacy", "accessibility", "contact"}
    | {"sso_again", "sso_back", "sso_leave"}
)
SETTING_UP: Final = frozenset({"mfa_activate_totp", "mfa_add_webauthn"})


def needed_by(user: User, person: Person | None) -> bool:
    """Whether this account must have a second factor, as the function named in SECOND_FACTOR_NEEDED says."""
    rule = settings.SECOND_FACTOR_NEEDED
    if not rule or person is None or (settings.DEMONSTRATION and user.is_demonstration):
        return False
    return bool(import_string(rule)(person))


def has_one(user: User) -> bool:
    """An authenticator app, or a passkey."""
    return Authenticator.objects.filter(user=user, type__in=FACTORS).exists()


def begin_anew(
    sender: object, request: HttpRequest, user: User, sociallogin: object = None, **rest: object
) -> None:
    """After each sign-in: nothing proved in an earlier one counts any more; what this one has proved does."""
    for mark in (SETTLED, PROVED, ASK_WHO):
        request.session.pop(mark, None)
    if had_two_steps(sociallogin):
        request.session[PROVED] = user.pk


class SecondFactorMiddleware:
    """Stands behind sign-in; asks the database until it is settled, then the session remembers.

    The memory is sound because taking a second factor away ends every other session (embedded.profile.watching).
    """

    def __init__(self, get_response: Callable[[VisitorRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: VisitorRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: VisitorRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        user = request.user
        if not user.is_authenticated:
            return None
        name = request.resolver_match.url_name if request.resolver_match else ""
        if (
            (name in ON_THE_WAY and name not in SETTING_UP)
            or request.session.get(SETTLED) == user.pk
            or not needed_by(user, request.person)
        ):
            return None
        if request.session.get(PROVED) == user.pk or has_one(user):
            request.session[SETTLED] = user.pk
            return None
        if must_prove_elsewhere(user):
            return redirect("sso_again")
        return None if name in SETTING_UP else redirect("mfa_activate_totp")
