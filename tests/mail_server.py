"""A mail server of our own on loopback that does as it is told: it refuses, stays silent, hangs, or takes letters."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.conf import LazySettings


class MailServer(socketserver.ThreadingTCPServer):
    """`orders` are obeyed one a letter, then all is well: "recipient 550", "data 451", "silent" (takes the letter
    and hangs up without a word). `on_taken` runs when a letter has been taken and before that is said."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.orders: list[str] = []
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
        order = self.server.orders.pop(0) if self.server.orders else ""
        self._say("220 ready")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"QUIT":
                return self._say("221 bye")
            if word == b"RCPT" and order.startswith("recipient"):
                self._say(f"{order.split()[1]} no such person as lead@nhs.uk")
            elif word == b"DATA" and order.startswith("data"):
                self._say(f"{order.split()[1]} not now")
            elif word == b"DATA":
                self._say("354 go on")
                self._take()
                if order == "silent":
                    return None
                self._say("250 taken")
            else:
                self._say("250 well")
        return None

    def _take(self) -> None:
        body = b"".join(iter(self.rfile.readline, b".\r\n"))
        self.server.taken.append(message_from_bytes(body, policy=policy.default))  # type: ignore[arg-type]
        self.server.on_taken()

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def mail_server(settings: LazySettings) -> Iterator[MailServer]:
    """The server that letters go to in this test."""
    with MailServer() as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        settings.EMAIL_USE_TLS = False
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield server
        server.shutdown()
