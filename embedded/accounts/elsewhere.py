"""What a sign-in elsewhere counts for here: whether it had two steps, who must use it, and for how long it counts."""

from __future__ import annotations

import time
from typing import Any, Final

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

TWO_STEPS: Final = "two_steps"  # in the state of one sign-in, and kept with the connection
PROVED: Final = "second_factor_proved_elsewhere"  # in the session, until the next sign-in
ASK_WHO: Final = "ask_who_is_there"  # in the session of a browser where somebody has signed out


def connections_that_are_on(user: AbstractBaseUser) -> QuerySet[SocialAccount]:
    """What this account is connected with, of all that is switched on."""
    issuers = [provider.issuer for provider in settings.SIGN_IN_PROVIDERS]
    found: QuerySet[SocialAccount] = SocialAccount.objects.filter(user_id=user.pk, provider__in=issuers)
    return found


def must_prove_elsewhere(user: AbstractBaseUser) -> bool:
    """Whether the second factor of this account lies elsewhere: then a password alone may not set up another."""
    if not settings.SIGN_IN_PROVIDERS:
        return False
    return connections_that_are_on(user).filter(**{f"extra_data__{TWO_STEPS}": True}).exists()


def had_two_steps(sociallogin: Any) -> bool:
    """Whether a sign-in came from elsewhere, and its token proved a second factor there."""
    return sociallogin is not None and bool(sociallogin.state.get(TWO_STEPS))


class AskUnlessProved(AuthenticateStage):
    """allauth's question for a code, left out for whoever has just given one elsewhere."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if had_two_steps((self.login.signal_kwargs or {}).get("sociallogin")):
            return False
        return bool(super()._should_handle(request))


def proved_elsewhere_lately(request: HttpRequest) -> bool:
    """Whether somebody has just signed in elsewhere once more, to confirm who is there."""
    limit = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    return any(
        r.get("method") == "socialaccount" and r.get("reauthenticated") and r["at"] > limit for r in records
    )


def ask_elsewhere(request: HttpRequest) -> None:
    """For whoever has neither password nor second step here, allauth asks nothing again; the provider does (P19)."""
    user = request.user
    if user.is_anonymous or get_reauthentication_flows(user) or not connections_that_are_on(user).exists():
        return
    if not proved_elsewhere_lately(request):
        raise ReauthenticationRequired


class AskElsewhereAdapter(DefaultAccountAdapter):
    """allauth's account adapter, which knows that people may be proved elsewhere."""

    def get_login_stages(self) -> list[str]:
        asking = f"{AuthenticateStage.__module__}.{AuthenticateStage.__qualname__}"
        ours = f"{AskUnlessProved.__module__}.{AskUnlessProved.__qualname__}"
        return [ours if stage == asking else stage for stage in super().get_login_stages()]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if user.is_authenticated and connections_that_are_on(user).exists():
            words = "Use the account that I am connected with"
            methods.append({"id": "sso_again", "description": words, "url": reverse("sso_again")})
        return methods

    def logout(self, request: HttpRequest) -> None:
        """The next person at this computer is asked who they are, where somebody may still be signed in (ward PCs)."""
        super().logout(request)
        if settings.SIGN_IN_PROVIDERS:
            request.session[ASK_WHO] = True
