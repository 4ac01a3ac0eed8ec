"""A mail server of our own on loopback that does as it is told: it refuses, stays silent, hangs, or takes letters."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.conf import LazySettings

from embedded.post import sending as posting


class MailServer(socketserver.ThreadingTCPServer):
    """`orders` are obeyed one a talk, then all is well: "greeting 421", "recipient 550", "data 451", "letter 554"
    (once it has read it), "silent" (takes the letter and hangs up without a word), "hang at recipient" (says nothing
    more until the other side gives up; or at greeting, data, letter), "hang up at recipient" (goes without a word).
    `rule` gives the order for an address. `on_taken` runs when a letter has been taken and before that is said."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.orders: list[str] = []
        self.rule: Callable[[str], str] = lambda address: ""
        self.over = threading.Event()
        self.taken: list[EmailMessage] = []
        self.on_taken: Callable[[], None] = lambda: None

    def env(self) -> dict[str, str]:
        """What workers need in order to post here."""
        host, port = self.server_address[:2]
        return {"EMAIL_HOST": str(host), "EMAIL_PORT": str(port), "EMAIL_USE_TLS": "False"}


class Talk(socketserver.StreamRequestHandler):
    """One talk of SMTP, as simple as it can be."""

    server: MailServer

    def handle(self) -> None:
        self.order = self.server.orders.pop(0) if self.server.orders else ""
        if not self._goes_on("greeting", "220 ready"):
            return None
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"QUIT":
                return self._say("221 bye")
            if word == b"RCPT":
                self.order = self.order or self.server.rule(line.decode().partition("<")[2].partition(">")[0])
                well = self._goes_on("recipient", "250 well")
            elif word == b"DATA":
                well = self._goes_on("data", "354 go on") and self._goes_on("letter", self._take())
            else:
                well = self._say("250 well") is None
            if not well:
                return None
        return None

    def _goes_on(self, step: str, well: str) -> bool:
        """Says that all is well, or does as ordered at this step; False when the talk is over."""
        match self.order.split():
            case ["silent"] if step == "letter":
                return False
            case ["hang", "at", where] if where == step:
                self.server.over.wait(30)
                return False
            case ["hang", "up", "at", where] if where == step:
                return False
            case [where, code] if where == step:
                self._say(f"{code} not now, or no such person as lead@nhs.uk")
                return step not in ("data", "letter")
        self._say(well)
        return True

    def _take(self) -> str:
        """Reads a letter, and keeps it unless it is to be refused."""
        lines = iter(self.rfile.readline, b".\r\n")
        body = b"".join(line.removeprefix(b".") for line in lines)
        if not self.order.startswith("letter"):
            self.server.taken.append(message_from_bytes(body, policy=policy.default))  # type: ignore[arg-type]
            self.server.on_taken()
        return "250 taken"

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def mail_server(settings: LazySettings) -> Iterator[MailServer]:
    """The server that letters go to in this test."""
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        settings.EMAIL_USE_TLS = False
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        posting._rested_until = 0.0
        yield server
        server.over.set()
        server.shutdown()
