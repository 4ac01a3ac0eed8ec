"""Whether an ID token proves what it says: who signed it, for whom, when, and in answer to which question of ours.

allauth trusts a token that comes straight from the token endpoint and reads neither its signature nor its nonce;
here every token is read in full (OpenID Connect Core 3.1.3.7), and the userinfo endpoint is never asked.
"""

from __future__ import annotations

import hmac
import time
from typing import Any, Final

import jwt

from embedded.sso.discovery import key_of
from embedded.sso.environment import Provider

KINDS: Final = {"RS256": "RSA", "PS256": "RSA", "ES256": "EC"}  # never none, never a shared secret
LEEWAY: Final = 60  # seconds by which clocks may differ
LONGEST_SUBJECT: Final = 191  # what the column of allauth's table holds
FRESH: Final = 300  # seconds


class NotProved(Exception):
    """The token does not prove who is there. The reason is for the log; the page never says it."""


def claims_of(provider: Provider, token: object, nonce: str) -> dict[str, Any]:
    """What the token says, once everything about it has been found right. Raises NotProved, Unreachable."""
    if not isinstance(token, str):
        raise NotProved("no token")
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            signing_key(provider, token),
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY,
            algorithms=list(KINDS),
            options={"require": ["iss", "sub", "aud", "exp", "iat"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError, ArithmeticError) as error:
        raise NotProved(type(error).__name__) from error
    check_party(provider, claims)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise NotProved("nonce")
    return claims


def signing_key(provider: Provider, token: str) -> jwt.PyJWK:
    """The provider's key that the token names, bound to the one algorithm that the token may then have."""
    head = jwt.get_unverified_header(token)
    algorithm, kid = head.get("alg"), head.get("kid")
    if algorithm not in KINDS or not isinstance(kid, str):
        raise NotProved("algorithm")
    key = key_of(provider, kid)
    if key is None:
        raise NotProved("key")
    if (
        key.get("kty") != KINDS[algorithm]
        or key.get("use", "sig") != "sig"
        or key.get("alg", algorithm) != algorithm
    ):
        raise NotProved("key of another kind")
    return jwt.PyJWK(key, algorithm=algorithm)


def check_party(provider: Provider, claims: dict[str, Any]) -> None:
    """Subject, authorised party, tenant."""
    subject, party = claims["sub"], claims.get("azp", provider.client_id)
    if not isinstance(subject, str) or not subject.strip() or len(subject) > LONGEST_SUBJECT:
        raise NotProved("subject")
    if not (subject.isascii() and subject.isprintable()):
        raise NotProved("subject")
    if party != provider.client_id or (isinstance(claims["aud"], list) and len(claims["aud"]) > 1):
        raise NotProved("meant for others too")
    if provider.tenant and claims.get("tid") != provider.tenant:
        raise NotProved("tenant")


def proves_two_steps(provider: Provider, claims: dict[str, Any]) -> bool:
    """Whether this sign-in had a second factor: the token says so, or whoever runs the service says it of them all.

    `amr` is a list by the standard; ORCID's member API sends one word.
    """
    methods = claims.get("amr")
    said = methods if isinstance(methods, list) else [methods]
    return provider.has_two_steps or "mfa" in said


def is_fresh(claims: dict[str, Any]) -> bool:
    """Whether somebody has just signed in there, instead of having been signed in all along (P19)."""
    at = claims.get("auth_time")
    return isinstance(at, int) and not isinstance(at, bool) and time.time() - at < FRESH + LEEWAY
