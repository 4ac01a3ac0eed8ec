"""Whoever lies about who they are does not get in (P16): each attack a case of its own, and not one sign-in."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from embedded.accounts.models import Person, User
from tests.sso.conftest import EMAIL, ENTRA, TENANT, Traveller
from tests.sso.provider import CLIENT, SECRET, Claims, Issuer

Forger = Callable[[Issuer, Issuer, Claims], str]
NOW = int(time.time())


@pytest.fixture(autouse=True)
def nobody_gets_in(traveller: Traveller, stranger: Traveller, ada: User, request: Any) -> Any:
    """After each attack: nobody is signed in, nothing is connected, no account is made."""
    before = list(SocialAccount.objects.order_by("pk").values_list("pk", "user_id", "provider", "uid"))
    yield
    assert not traveller.is_in()
    assert not stranger.is_in()
    assert (
        list(SocialAccount.objects.order_by("pk").values_list("pk", "user_id", "provider", "uid")) == before
    )
    assert User.objects.count() == 1


def is_a_plain_page(answer: Any, *statuses: int) -> None:
    page = answer.content.decode()
    assert answer.status_code in (statuses or (400,)), page
    assert page.count("<h1") == 1


CLAIMS: dict[str, Claims] = {
    "same e-mail, another subject": {"sub": "mallory", "email": EMAIL, "email_verified": True},
    "same e-mail, not verified": {"sub": "mallory", "email": EMAIL, "email_verified": False},
    "same e-mail as preferred name": {"sub": "mallory", "preferred_username": EMAIL, "upn": EMAIL},
    "same subject in other letters": {"sub": "ADA-1"},
    "subject with a space": {"sub": "ada-1 "},
    "issuer of another": {"sub": "ada-1", "iss": "https://localhost/two"},
    "issuer with a slash more": {"sub": "ada-1", "iss": "+/"},
    "issuer as a list": {"sub": "ada-1", "iss": ["x"]},
    "meant for another": {"sub": "ada-1", "aud": "another-client"},
    "meant for another too": {"sub": "ada-1", "aud": [CLIENT, "another-client"]},
    "meant for nobody": {"sub": "ada-1", "aud": []},
    "given to another party": {"sub": "ada-1", "azp": "another-client"},
    "expired": {"sub": "ada-1", "exp": NOW - 120},
    "expired, never": {"sub": "ada-1", "exp": None},
    "expiry that is no number": {"sub": "ada-1", "exp": "soon"},
    "expiry beyond numbers": {"sub": "ada-1", "exp": float("inf")},
    "not valid yet": {"sub": "ada-1", "nbf": NOW + 3600},
    "issued in the future": {"sub": "ada-1", "iat": NOW + 3600},
    "no nonce": {"sub": "ada-1", "nonce": None},
    "empty nonce": {"sub": "ada-1", "nonce": ""},
    "another nonce": {"sub": "ada-1", "nonce": "guessed"},
    "no subject": {"sub": None},
    "empty subject": {"sub": ""},
    "subject that is a number": {"sub": 1},
    "subject that is a list": {"sub": ["ada-1"]},
    "subject with a nought": {"sub": "ada-1\0"},
    "subject with half a sign": {"sub": "ada-1\ud800"},
    "subject in other letters": {"sub": "\u0430da-1"},
    "subject of a thousand signs": {"sub": "a" * 1000},
}


@pytest.mark.parametrize("name", CLAIMS)
def test_claims_that_are_not_right(traveller: Traveller, one: Issuer, name: str) -> None:
    lies = CLAIMS[name]

    def bend(claims: Claims) -> Claims:
        bent = claims | lies
        if bent["iss"] == "+/":
            bent["iss"] = f"{one.url}/"
        return {key: value for key, value in bent.items() if value is not None}

    one.bend = bend
    unknown = ("same", "subject with a space")  # honest tokens of somebody whom nobody here knows
    is_a_plain_page(traveller.travel(), 403 if name.startswith(unknown) else 400)


def public_pem(issuer: Issuer) -> bytes:
    return issuer.key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def by_hand(head: Claims, claims: Claims, signature: bytes = b"") -> str:
    parts = [json.dumps(head).encode(), json.dumps(claims).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def hs256(key: bytes, kid: str, claims: Claims) -> str:
    import hashlib
    import hmac

    unsigned = by_hand({"alg": "HS256", "kid": kid}, claims).rsplit(".", 1)[0]
    signed = hmac.new(key, unsigned.encode(), hashlib.sha256).digest()
    return f"{unsigned}.{base64.urlsafe_b64encode(signed).rstrip(b'=').decode()}"


def with_own_key(one: Issuer, two: Issuer, claims: Claims) -> str:
    """A key of the forger's own, offered in the header."""
    mine = rsa.generate_private_key(65537, 2048)
    jwk = jwt.algorithms.RSAAlgorithm.to_jwk(mine.public_key(), as_dict=True)
    headers = {"kid": one.kid, "jwk": jwk, "jku": f"{two.url}/keys"}
    return jwt.encode(claims, mine, algorithm="RS256", headers=headers)


def with_another_body(one: Issuer, two: Issuer, claims: Claims) -> str:
    head, _, signature = one.signed(claims | {"sub": "mallory"}).split(".")
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"{head}.{body}.{signature}"


FORGERS: dict[str, Forger] = {
    "no algorithm": lambda one, two, claims: by_hand({"alg": "none", "kid": one.kid}, claims),
    "no algorithm, in capitals": lambda one, two, claims: by_hand({"alg": "NONE", "kid": one.kid}, claims),
    "the public key as a shared secret": lambda one, two, claims: hs256(public_pem(one), one.kid, claims),
    "our own secret as the key": lambda one, two, claims: hs256(SECRET.encode(), one.kid, claims),
    "a key that nobody knows": lambda one, two, claims: one.signed(claims, {"kid": "unknown"}),
    "no name of a key": lambda one, two, claims: jwt.encode(claims, one.key, algorithm="RS256"),
    "the key of another issuer": lambda one, two, claims: two.signed(claims),
    "the key of another issuer under our name": lambda one, two, claims: two.signed(claims, {"kid": one.kid}),
    "a key in the header": with_own_key,
    "another body under the signature": with_another_body,
    "the signature left out": lambda one, two, claims: one.signed(claims).rsplit(".", 1)[0] + ".",
    "an elliptic algorithm with this key": lambda one, two, claims: by_hand(
        {"alg": "ES256", "kid": one.kid}, claims, b"\0" * 64
    ),
    "a part that must be understood": lambda one, two, claims: one.signed(
        claims, {"crit": ["b64"], "b64": False}
    ),
    "no token at all": lambda one, two, claims: "",
    "words": lambda one, two, claims: "not.a.token",
    "a deep nest": lambda one, two, claims: by_hand({"alg": "RS256", "kid": one.kid}, {}, b"[" * 100_000),
}


@pytest.mark.parametrize("name", FORGERS)
def test_tokens_that_were_forged(
    traveller: Traveller, issuers: dict[str, Issuer], one: Issuer, name: str
) -> None:
    one.forge = lambda claims: FORGERS[name](one, issuers["two"], claims | {"sub": "ada-1"})
    is_a_plain_page(traveller.travel())


@pytest.mark.parametrize("tokens", [{}, {"id_token": None}, {"id_token": ["x"]}, {"access_token": "x"}])
def test_answers_without_a_token(traveller: Traveller, one: Issuer, tokens: Claims) -> None:
    one.person = {"sub": "ada-1"}
    one.userinfo = {"sub": "ada-1"}
    one.tokens = lambda _: tokens
    is_a_plain_page(traveller.travel())


def test_the_same_subject_of_another_issuer(traveller: Traveller, issuers: dict[str, Issuer]) -> None:
    issuers["two"].person = {"sub": "ada-1", "email": EMAIL, "email_verified": True}
    is_a_plain_page(traveller.travel("other"), 403)


def test_another_subject_in_the_userinfo(traveller: Traveller, one: Issuer) -> None:
    one.person = {"sub": "mallory"}
    one.userinfo = {"sub": "ada-1", "email": EMAIL, "email_verified": True}
    is_a_plain_page(traveller.travel(), 403)
    assert one.asked["userinfo"] == 0


@pytest.mark.parametrize(
    "tenant", [None, "", "3f1c9b7e-0000-4000-8000-00000000000b", TENANT.upper(), [TENANT], "common"]
)
def test_a_tenant_that_is_not_let_in(
    traveller: Traveller, issuers: dict[str, Issuer], tenant: object
) -> None:
    issuers["entra"].person = {"sub": "ada-entra", "tid": tenant}
    is_a_plain_page(traveller.travel(ENTRA))


def test_a_forged_tenant_under_another_issuer(traveller: Traveller, issuers: dict[str, Issuer]) -> None:
    """All tenants of Entra sign with the same keys: the issuer tells them apart."""
    entra = issuers["entra"]
    entra.bend = lambda claims: (
        claims
        | {
            "sub": "ada-entra",
            "tid": TENANT,
            "iss": claims["iss"].replace("entra", "other-tenant"),
        }
    )
    is_a_plain_page(traveller.travel(ENTRA))


def test_the_nonce_of_an_earlier_sign_in(traveller: Traveller, one: Issuer) -> None:
    """A token that was given out before, honest in everything, is put under a new sign-in."""
    old: list[str] = []
    one.person = {"sub": "ada-1"}
    one.forge = lambda claims: old.append(one.signed(claims)) or "not.now.yet"
    is_a_plain_page(traveller.travel())
    one.forge = lambda claims: old[0]
    is_a_plain_page(traveller.travel())


def state_of(address: str) -> str:
    return parse_qs(urlsplit(address).query)["state"][0]


def come_back(traveller: Traveller, key: str = "oidc", **query: str) -> Any:
    return traveller.client.get(f"/accounts/with/{key}/back/?{urlencode(query)}")


def test_the_state_of_another_browser(traveller: Traveller, stranger: Traveller, one: Issuer) -> None:
    """Somebody is led to come back with what another has begun."""
    one.person = {"sub": "ada-1"}
    is_a_plain_page(stranger.client.get(traveller.there(traveller.leave())))
    mine, theirs = state_of(traveller.leave()), stranger.there(stranger.leave())
    assert mine != state_of(theirs)
    is_a_plain_page(traveller.client.get(theirs))


@pytest.mark.parametrize("state", [None, "", "guessed", "x" * 5000, "\0"])
def test_a_state_that_nobody_gave_out(traveller: Traveller, one: Issuer, state: str | None) -> None:
    one.person = {"sub": "ada-1"}
    code = parse_qs(urlsplit(traveller.there(traveller.leave())).query)["code"][0]
    query = {"code": code} if state is None else {"code": code, "state": state}
    is_a_plain_page(come_back(traveller, **query))


def test_the_state_of_one_provider_at_the_door_of_another(
    traveller: Traveller, issuers: dict[str, Issuer], one: Issuer
) -> None:
    one.person = issuers["two"].person = {"sub": "ada-1"}
    for left, came in (("oidc", "other"), ("other", "oidc"), ("oidc", ENTRA)):
        back = traveller.there(traveller.leave(left)).replace(f"/{left}/", f"/{came}/")
        is_a_plain_page(traveller.client.get(back))


def test_an_answer_that_says_it_is_from_another(traveller: Traveller, one: Issuer) -> None:
    one.person = {"sub": "ada-1"}
    back = traveller.there(traveller.leave())
    is_a_plain_page(traveller.client.get(f"{back}&{urlencode({'iss': 'https://else.example'})}"))


def test_a_code_used_twice(traveller: Traveller, stranger: Traveller, one: Issuer) -> None:
    one.person = {"sub": "ada-1"}
    back = traveller.there(traveller.leave())
    assert traveller.client.get(back)["Location"] == "/"
    traveller.client.post("/accounts/logout/")
    is_a_plain_page(traveller.client.get(back))
    code = parse_qs(urlsplit(back).query)["code"][0]
    is_a_plain_page(come_back(stranger, code=code, state=state_of(stranger.leave())))


def test_a_stolen_code_without_its_verifier(traveller: Traveller, stranger: Traveller, one: Issuer) -> None:
    """PKCE: a code that was caught on its way is worth nothing in another browser."""
    one.person = {"sub": "ada-1"}
    stolen = parse_qs(urlsplit(traveller.there(traveller.leave())).query)["code"][0]
    is_a_plain_page(come_back(stranger, code=stolen, state=state_of(stranger.leave())))


@pytest.mark.parametrize("code", ["", "guessed", "x" * 5000, "\r\nHost: else.example"])
def test_a_code_that_nobody_gave_out(traveller: Traveller, one: Issuer, code: str) -> None:
    is_a_plain_page(come_back(traveller, code=code, state=state_of(traveller.leave())))


def test_connecting_ends_with_whoever_began_it(traveller: Traveller, one: Issuer) -> None:
    """Shared computer: one begins to connect and goes, another signs in, the first one's answer arrives."""
    other = User.objects.create(email="bo@people.example", is_active=True)
    traveller.sign_in()
    traveller.confirm()
    one.person = {"sub": "new"}
    back = traveller.there(traveller.leave("oidc", "connect"))
    session = traveller.client.session
    states = session["socialaccount_states"]
    traveller.client.force_login(other)
    session = traveller.client.session
    session["socialaccount_states"] = states
    session.save()
    is_a_plain_page(traveller.client.get(back))
    assert not SocialAccount.objects.filter(uid="new").exists()
    traveller.client.logout()
    Person.objects.filter(user=other).delete()
    other.delete()


@pytest.mark.parametrize("purpose", ["connect", "again", "anything", ""])
def test_purposes_that_are_not_for_the_anonymous(traveller: Traveller, one: Issuer, purpose: str) -> None:
    answer = traveller.client.post("/accounts/with/oidc/", {"purpose": purpose})
    assert answer.status_code == 403


def test_signing_in_never_makes_an_account_of_an_invitation_that_lies_about(
    traveller: Traveller, one: Issuer
) -> None:
    """Shared computer: somebody's invitation is open in the browser; the next person only wants to sign in."""
    Person.objects.create(display_name="Bo Invited", email="bo@people.example")
    session = traveller.client.session
    session["invitation_token"] = "Bo Invited"
    session.save()
    one.person = {"sub": "the-next-person", "email": "bo@people.example", "email_verified": True}
    is_a_plain_page(traveller.travel(), 403)


def test_no_invitation_no_account(traveller: Traveller, one: Issuer) -> None:
    one.person = {"sub": "new", "email": "new@people.example", "email_verified": True}
    is_a_plain_page(traveller.travel("oidc", "signup"), 403)


def test_no_page_elsewhere_can_begin_it(one: Issuer) -> None:
    """P26: neither by a link nor by a form without our token."""
    strict = Client(enforce_csrf_checks=True)
    assert strict.get("/accounts/with/oidc/").status_code == 405
    assert strict.post("/accounts/with/oidc/", {"purpose": "login"}).status_code == 403
    assert strict.head("/accounts/with/oidc/back/").status_code == 405
    assert "socialaccount_states" not in strict.session
    assert not one.asked


FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "///evil.example",
    "https:evil.example",
    "http:///evil.example",
    "javascript:alert(1)",
    "\x08//evil.example",
    "https://testserver@evil.example/",
    "https://testserver.evil.example/",
]


@pytest.mark.parametrize("where", FOREIGN)
def test_whoever_gets_in_stays_here(traveller: Traveller, one: Issuer, where: str) -> None:
    """P22."""
    one.person = {"sub": "ada-1"}
    assert traveller.travel(next=where)["Location"] == "/"
    traveller.client.post("/accounts/logout/")
