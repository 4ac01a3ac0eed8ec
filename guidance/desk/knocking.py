"""The one door through which an address on the web is looked up: public addresses only, nothing read, nothing sent."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urljoin, urlsplit

from guidance.desk.models import WebAddress

PATIENCE: Final = 10  # seconds, for each step
MOST_TURNS: Final = 5
PORTS: Final = {"https": 443, "http": 80}
SAYS_WHO: Final = "Embedded guidance library; looks whether its links are there"
GONE: Final = (404, 410)
UNWELCOME: Final = (401, 403, 405, 406, 429, 501, 503)  # there, and not for programs

TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")  # IPv4 behind a translator (RFC 6052)
IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Allowed = Callable[[IPAddress], bool]


class NotPublic(Exception):
    """An address that leads to no public machine; it is not knocked at."""


@dataclass(frozen=True)
class Answer:
    """What was found behind an address, as a state and in words."""

    state: WebAddress.State
    words: str


def is_public(address: IPAddress) -> bool:
    """Whether a machine of anybody may be there: no loopback, no private or shared network, no link of its own, also
    when written as IPv4 within IPv6."""
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    if address in TRANSLATED:
        inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def look(url: str, *, allowed: Allowed = is_public, ports: dict[str, int] = PORTS) -> Answer:
    """Follows an address to its end, at most five turns; every turn is looked at afresh."""
    for _ in range(MOST_TURNS + 1):
        try:
            status, onwards = _ask(url, allowed, ports)
        except NotPublic as error:
            return Answer(WebAddress.State.BROKEN, str(error))
        except ssl.SSLError:
            return Answer(WebAddress.State.BROKEN, "Its certificate is not in order")
        except (OSError, http.client.HTTPException, ValueError):
            return Answer(WebAddress.State.UNSURE, "Did not answer")
        if not onwards:
            return _said(status)
        url = urljoin(url, onwards)
    return Answer(WebAddress.State.BROKEN, "Leads on and on")


def _said(status: int) -> Answer:
    if status < 400:
        return Answer(WebAddress.State.THERE, "There")
    if status in GONE:
        return Answer(WebAddress.State.BROKEN, f"Not there any more (status {status})")
    words = "Does not talk to programs" if status in UNWELCOME else "In trouble"
    return Answer(WebAddress.State.UNSURE, f"{words} (status {status})")


def _ask(url: str, allowed: Allowed, ports: dict[str, int]) -> tuple[int, str]:
    """The status, and where it leads on to. Only the head is asked for."""
    parts = urlsplit(url)
    ip = _public_ip(parts, allowed, ports)
    line = _Line(parts, ip, ports[parts.scheme])
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        line.request("HEAD", path, headers={"User-Agent": SAYS_WHO})
        answer = line.getresponse()
        leads_on = answer.status in (301, 302, 303, 307, 308)
        return answer.status, (answer.getheader("Location") or "") if leads_on else ""
    finally:
        line.close()


def _public_ip(parts: SplitResult, allowed: Allowed, ports: dict[str, int]) -> str:
    """The machine to ask; the name is looked up once, and what is asked is what was looked at."""
    port = ports.get(parts.scheme)
    if port is None or not parts.hostname or parts.username is not None or parts.port not in (None, port):
        raise NotPublic("Not a plain address on the web")
    found = {info[4][0] for info in socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)}
    addresses = [ipaddress.ip_address(str(one).partition("%")[0]) for one in sorted(map(str, found))]
    if not addresses or not all(allowed(one) for one in addresses):
        raise NotPublic("Leads to no public machine")
    return str(addresses[0])


class _Line(http.client.HTTPConnection):
    """A connection to one machine, by its number, that asks for another name: nobody can put a different machine under
    the name between the look and the question."""

    def __init__(self, parts: SplitResult, ip: str, port: int) -> None:
        super().__init__(parts.hostname or "", port, timeout=PATIENCE)
        self.default_port = port  # which the name of the host is asked for without
        self.ip, self.is_secret = ip, parts.scheme == "https"

    def connect(self) -> None:
        self.sock = socket.create_connection((self.ip, self.port), PATIENCE)
        if self.is_secret:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
