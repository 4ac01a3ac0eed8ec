"""What a provider says about itself: where its pages are, and with which keys it signs. Kept for an hour."""

from __future__ import annotations

import time
from typing import Any, Final

from django.core.cache import cache

from embedded.sso.environment import Provider
from embedded.sso.outbound import Refused, Unreachable, ask, is_allowed

KEPT: Final = 3600
NOT_AGAIN_FOR: Final = 60  # seconds between two looks for a key that is not there
ADDRESSES: Final = ("authorization_endpoint", "token_endpoint", "jwks_uri")


def description_of(provider: Provider) -> dict[str, Any]:
    """The provider's own description, its issuer and hosts found to be what the settings say. Raises Unreachable."""
    name = f"sso:description:{provider.issuer}"
    found: dict[str, Any] | None = cache.get(name)
    if found is None:
        found = looked_up(provider, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
        cache.set(name, found, KEPT)
    if found.get("issuer") != provider.issuer or not all(
        is_allowed(provider, found.get(a)) for a in ADDRESSES
    ):
        raise Unreachable("it describes somebody else")
    return found


def key_of(provider: Provider, kid: str) -> dict[str, Any] | None:
    """The public key of that name, as JWK; a name that is not known is looked for once more, for keys are changed."""
    name = f"sso:keys:{provider.issuer}"
    kept: tuple[float, dict[str, Any]] | None = cache.get(name)
    if kept is None or (kid not in kept[1] and time.time() - kept[0] > NOT_AGAIN_FOR):
        listed = looked_up(provider, description_of(provider)["jwks_uri"]).get("keys")
        keys = [key for key in listed if isinstance(key, dict)] if isinstance(listed, list) else []
        kept = (time.time(), {key["kid"]: key for key in keys if isinstance(key.get("kid"), str)})
        cache.set(name, kept, KEPT)
    return kept[1].get(kid)


def looked_up(provider: Provider, url: str) -> dict[str, Any]:
    try:
        return ask(provider, url)
    except Refused as refused:
        raise Unreachable(str(refused)) from refused
