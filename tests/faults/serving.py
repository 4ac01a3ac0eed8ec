"""A real web server for drills, started as bin/run starts it, and visitors who speak HTTP to it from threads."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

from embedded.local import children, processes
from tests.workers import ROOT, become

CSRF = "c" * 32


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def database_url() -> str:
    """The database that this test itself is connected to, on whichever server that is."""
    where = connection.settings_dict
    server = {name: where[name.upper()] or where["OPTIONS"].get(name, "") for name in ("host", "port")}
    return f"postgres://{where['USER']}@/{where['NAME']}?{urlencode(server)}"


@dataclass
class Site:
    """gunicorn with two sync workers, on a port of its own. Capital words go into its environment."""

    folder: Path
    port: int = field(default_factory=free_port)
    child: subprocess.Popen[bytes] | None = None
    env: dict[str, str] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        return self.folder / "web.log"

    def start(self, *, wait: bool = True, **env: str) -> Site:
        self.env = {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "embedded.settings"} | env
        command = children.commands(self.port)["web"]
        with self.log.open("ab") as log:
            self.child = processes.start(command, log=log, env=os.environ | self.env, folder=ROOT)
        if wait:
            become(lambda: self.get("/livez").status == 200)
        return self

    def get(self, path: str) -> Answer:
        return Visitor(self.port).get(path)

    def workers(self) -> list[int]:
        assert self.child
        told = Path(f"/proc/{self.child.pid}/task/{self.child.pid}/children").read_text()
        return [int(word) for word in told.split()]

    def signal(self, how: signal.Signals) -> None:
        assert self.child
        self.child.send_signal(how)

    def end(self) -> None:
        if self.child:
            processes.stop(self.child, how=signal.SIGKILL, patience=5)
            self.child = None


@dataclass
class Answer:
    """What came back; status 0 when the connection was refused, reset, or took longer than 60 seconds."""

    status: int
    headers: dict[str, str]
    text: str
    seconds: float

    @property
    def led_to(self) -> str:
        return self.headers.get("location", "")


class Visitor:
    """One browser: the cookies of a test client, a connection for each request, as behind a proxy that keeps none."""

    def __init__(self, port: int, browser: Client | None = None) -> None:
        self.port = port
        cookies = {name: one.value for name, one in browser.cookies.items()} if browser else {}
        self.cookies = cookies | {settings.CSRF_COOKIE_NAME: CSRF}

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, typed: dict[str, str]) -> Answer:
        return self._ask("POST", path, urlencode(typed | {"csrfmiddlewaretoken": CSRF}, doseq=True))

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        begun = time.monotonic()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, path, body, sent)
            told = line.getresponse()
            headers = {name.lower(): value for name, value in told.getheaders()}
            return Answer(told.status, headers, told.read().decode(), time.monotonic() - begun)
        except (OSError, http.client.HTTPException):
            return Answer(0, {}, "", time.monotonic() - begun)
        finally:
            line.close()


@contextmanager
def visiting(*visits: Callable[[], Answer], pause: float = 0.0) -> Iterator[list[Answer]]:
    """While the block runs, each of these visits is made again and again in a thread of its own. The list of
    answers is whole once the block has ended."""
    answers: list[Answer] = []
    over = threading.Event()

    def go_on(visit: Callable[[], Answer]) -> None:
        while not over.is_set():
            answers.append(visit())
            over.wait(pause)

    threads = [threading.Thread(target=go_on, args=[visit]) for visit in visits]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        over.set()
        for thread in threads:
            thread.join()


def is_our_503(answer: Answer) -> bool:
    """The page in our look, with a reference and the time to come back."""
    return (
        answer.status == 503
        and answer.headers.get("retry-after") == "60"
        and "default-src 'none'" in answer.headers.get("content-security-policy", "")
        and bool(answer.headers.get("x-request-id"))
        and answer.headers["x-request-id"] in answer.text
        and answer.text.count("<h1") == 1
        and re.search(r"<title>[^<]+ – Embedded</title>", answer.text) is not None
    )
