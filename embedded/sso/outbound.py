"""The one way out to a provider: https, named hosts, 5 seconds, 1 MB, no redirects (trust.md P34)."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import requests

from embedded.sso.environment import Provider

SECONDS: Final = 5.0
MOST_BYTES: Final = 1024 * 1024


class Unreachable(Exception):
    """The provider did not answer, or not as it should; the other ways in still work."""


class Refused(Exception):
    """The provider answered that it will not."""


def ask(
    provider: Provider, url: str, form: Mapping[str, str] | None = None, basic: bool = False
) -> dict[str, Any]:
    """The JSON object behind an address: GET, or POST of a form, with our name and secret in front when `basic`.

    Raises Refused when the answer is a 4xx, Unreachable for everything else that is not what was asked for.
    """
    if not is_allowed(provider, url):
        raise Unreachable("not one of its hosts")
    until = time.monotonic() + SECONDS
    name_and_secret = (provider.client_id, provider.client_secret)
    try:
        with requests.Session() as session:
            session.auth = name_and_secret if basic else nothing_from_a_netrc
            with session.request(
                "GET" if form is None else "POST",
                url,
                data=form,
                headers={"Accept": "application/json", "Accept-Encoding": "identity"},
                timeout=SECONDS,
                allow_redirects=False,
                stream=True,
            ) as response:
                body = read(response, until)
    except requests.RequestException as error:
        raise Unreachable(type(error).__name__) from error
    if 400 <= response.status_code < 500:
        raise Refused(str(response.status_code))
    if response.status_code != 200:
        raise Unreachable(str(response.status_code))
    return as_object(body)


def is_allowed(provider: Provider, url: object) -> bool:
    """Whether an address is one of the provider's own, as the settings name them."""
    if not isinstance(url, str) or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme == "https" and parts.netloc in provider.hosts


def nothing_from_a_netrc(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Passwords that lie about on the machine are not for a provider."""
    return request


def read(response: requests.Response, until: float) -> bytes:
    """The body, piece by piece, so that neither a long nor a dripping one holds us."""
    body = bytearray()
    for piece in response.iter_content(8192):
        body += piece
        if len(body) > MOST_BYTES or time.monotonic() > until:
            raise Unreachable("too long")
    return bytes(body)


def as_object(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unreachable("no JSON") from error
    if not isinstance(found, dict):
        raise Unreachable("no object")
    return found
