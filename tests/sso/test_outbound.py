"""A provider that is down, slow, or sends us elsewhere: a plain page, and the other ways in still work (P34)."""

from __future__ import annotations

import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from embedded.accounts.models import User
from embedded.sso.environment import Provider
from embedded.sso.outbound import MOST_BYTES, Unreachable, ask, is_allowed
from tests.sso.conftest import Traveller
from tests.sso.provider import Answering, Issuer

Trouble = Callable[[Any], None]


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


def drips(handler: Answering) -> None:
    handler.send_response(200)
    handler.end_headers()
    for _ in range(8):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.1)


TROUBLES: dict[str, Trouble] = {
    "broken": lambda handler: handler.send("{}", 500),
    "not there": lambda handler: handler.send("{}", 404),
    "no JSON": lambda handler: handler.send("<html>"),
    "a list": lambda handler: handler.send("[]"),
    "a number": lambda handler: handler.send("1"),
    "a deep nest": lambda handler: handler.send("[" * 100_000),
    "too long": lambda handler: handler.send('{"x": "' + "x" * MOST_BYTES + '"}'),
    "another place": lambda handler: handler.send("{}", 302, Location="https://localhost/two/token"),
    "nothing": hangs_up,
    "a drip": drips,
}


@pytest.mark.parametrize("path", [".well-known/openid-configuration", "token", "keys"])
@pytest.mark.parametrize("name", TROUBLES)
def test_trouble_there_is_a_plain_page_here(
    traveller: Traveller, one: Issuer, ada: User, path: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("embedded.sso.outbound.SECONDS", 0.4)
    one.person = {"sub": "ada-1"}
    one.trouble[path] = TROUBLES[name]
    if path.startswith("."):
        answer = traveller.client.post("/accounts/with/oidc/", {"purpose": "login"})
    else:
        answer = traveller.travel()
    refused = path == "token" and name == "not there"
    assert answer.status_code == (400 if refused else 503)
    assert "Sign in" in answer.content.decode()
    assert not traveller.is_in()
    assert one.asked["userinfo"] == 0
    traveller.sign_in()


@pytest.mark.parametrize(
    "lie",
    [
        {"issuer": "https://else.example"},
        {"issuer": None},
        {"token_endpoint": "https://else.example/token"},
        {"token_endpoint": "http://localhost/token"},
        {"jwks_uri": "https://169.254.169.254/latest"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": None},
        {"jwks_uri": ["x"]},
        {"authorization_endpoint": "https://else.example/authorize"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": "+\r\nSet-Cookie: x=y"},
        {"authorization_endpoint": "+ ; url=https://else.example"},
    ],
)
def test_a_description_of_somebody_else_is_not_believed(
    traveller: Traveller, one: Issuer, lie: dict[str, Any]
) -> None:
    one.description = {
        name: value.replace("+", f"{one.url}/authorize") if isinstance(value, str) else value
        for name, value in lie.items()
    }
    assert traveller.client.post("/accounts/with/oidc/", {"purpose": "login"}).status_code == 503


@pytest.mark.parametrize(
    "keys", [None, {}, "x", [1], [{"kid": 1}], [{"kid": "key-of-one", "kty": "oct", "k": "eA"}]]
)
def test_keys_that_are_none(traveller: Traveller, one: Issuer, ada: User, keys: object) -> None:
    import json

    one.person = {"sub": "ada-1"}
    one.trouble["keys"] = lambda handler: handler.send(json.dumps({"keys": keys}))  # type: ignore[attr-defined]
    assert traveller.travel().status_code == 400
    assert not traveller.is_in()


PLACE = Provider("oidc", "https://login.example/a", "X", "id", "secret", more_hosts=("keys.example:8443",))


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://login.example/token", True),
        ("https://keys.example:8443/keys", True),
        ("https://keys.example/keys", False),
        ("http://login.example/token", False),
        ("https://login.example:444/token", False),
        ("https://login.example.evil.example/", False),
        ("https://login.example@evil.example/", False),
        ("https://me@login.example/", False),
        ("https://LOGIN.example/", False),
        ("//login.example/", False),
        ("https://[::1", False),
        ("", False),
        (None, False),
    ],
)
def test_only_named_hosts_are_asked(url: object, allowed: bool) -> None:
    assert is_allowed(PLACE, url) is allowed


def test_a_host_that_is_not_named_is_not_asked(one: Issuer) -> None:
    with pytest.raises(Unreachable):
        ask(PLACE, f"{one.url}/keys")
    assert not one.asked


def test_a_certificate_that_nobody_trusts_is_refused(
    traveller: Traveller, one: Issuer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    assert traveller.client.post("/accounts/with/oidc/", {"purpose": "login"}).status_code == 503
    assert not one.asked


def test_nobody_is_waited_for_longer_than_five_seconds() -> None:
    from embedded.sso import outbound

    assert outbound.SECONDS <= 5
    assert outbound.MOST_BYTES <= 1024 * 1024


def test_the_other_way_of_saying_who_we_are(
    traveller: Traveller, one: Issuer, ada: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A provider that takes name and secret only in the header gets them there, and only there."""
    one.person = {"sub": "ada-1"}
    one.description = {"token_endpoint_auth_methods_supported": ["client_secret_basic"]}
    seen: list[str] = []
    honest = one.token

    def in_the_header(handler: Any) -> None:
        form = handler.rfile.read(int(handler.headers["Content-Length"])).decode()
        seen.append(handler.headers["Authorization"])
        assert "secret" not in form
        import json

        from tests.sso.provider import CLIENT, SECRET, flat

        handler.send(json.dumps(honest(flat(form) | {"client_id": CLIENT, "client_secret": SECRET})))

    one.trouble["token"] = in_the_header
    assert traveller.travel()["Location"] == "/"
    assert seen[0].startswith("Basic ")
