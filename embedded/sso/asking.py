"""The two halves of one sign-in elsewhere: the question that the browser takes there, and what it brings back."""

from __future__ import annotations

import base64
import hashlib
from secrets import token_urlsafe
from typing import Any, Final
from urllib.parse import urlencode

from allauth.socialaccount.internal import statekit
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from embedded.accounts.elsewhere import ASK_WHO
from embedded.sso.discovery import description_of
from embedded.sso.environment import Provider
from embedded.sso.outbound import Refused, ask
from embedded.sso.tokens import NotProved, claims_of

LOGIN: Final = "login"  # only for whoever is connected already
SIGN_UP: Final = "signup"  # by whoever holds an invitation
CONNECT: Final = "connect"
AGAIN: Final = "again"  # proves once more who is there, before something dangerous (P19)
LONGEST_NEXT: Final = 2_000
PURPOSES: Final = (LOGIN, SIGN_UP, CONNECT, AGAIN)


def question(request: HttpRequest, provider: Provider, purpose: str, next_url: str) -> str:
    """Where the browser goes. What must come back with it is kept in the session. Raises Unreachable."""
    description = description_of(provider)
    nonce, verifier = token_urlsafe(32), token_urlsafe(64)
    kept = {
        "process": "connect" if purpose == CONNECT else "login",
        "purpose": purpose,
        "next": next_url if len(next_url) <= LONGEST_NEXT else "",
        "nonce": nonce,
        "verifier": verifier,
        "user": request.user.pk,
    }
    state = statekit.stash_state(request, provider_id=provider.key, state=kept, state_id=token_urlsafe(32))
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect_uri(provider),
        "scope": provider.scope,
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge(verifier),
        "code_challenge_method": "S256",
        **prompted(request, provider, purpose),
    }
    address: str = description["authorization_endpoint"]
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def prompted(request: HttpRequest, provider: Provider, purpose: str) -> dict[str, str]:
    """Who is signed in there may be somebody else, on a shared computer. So it has to ask whenever the answer will
    last, and after somebody has signed out here; otherwise one press is enough."""
    if purpose == AGAIN:
        return {"prompt": "login", "max_age": "0"}
    if purpose != LOGIN or request.session.get(ASK_WHO):
        return {"prompt": provider.prompt}
    return {}


def answer(provider: Provider, code: str, kept: dict[str, Any]) -> dict[str, Any]:
    """What the provider's token says about who is there. Raises NotProved, Unreachable."""
    description = description_of(provider)
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": redirect_uri(provider),
        "code_verifier": kept["verifier"],
    }
    ways = description.get("token_endpoint_auth_methods_supported")
    basic = not (isinstance(ways, list) and "client_secret_post" in ways)
    if not basic:
        form |= {"client_id": provider.client_id, "client_secret": provider.client_secret}
    try:
        tokens = ask(provider, description["token_endpoint"], form, basic)
    except Refused as refused:
        raise NotProved(f"refused {refused}") from refused
    return claims_of(provider, tokens.get("id_token"), kept["nonce"])


def redirect_uri(provider: Provider) -> str:
    """The address that has to be registered with the provider; from the settings, never from a request (P35)."""
    return f"{settings.BASE_URL}{reverse('sso_back', args=[provider.key])}"


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
