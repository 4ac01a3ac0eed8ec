"""A browser that keeps its connection and its cookies, and looks at the clock."""

from __future__ import annotations

import http.client
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from tests.benchmarks.trouble import CannotMeasure

TOKEN = "b" * 32  # a browser chooses nothing better: what counts is that form and cookie agree


@dataclass
class Answer:
    """`seconds` from the first byte sent to the last byte read."""

    status: int
    seconds: float
    body: bytes
    headers: http.client.HTTPMessage


@dataclass
class Browser:
    """One connection to one port of this machine, opened again where the server has closed it."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    _line: http.client.HTTPConnection | None = field(default=None, repr=False)

    def get(self, path: str) -> Answer:
        return self._ask("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        typed = urlencode({"csrfmiddlewaretoken": TOKEN, **fields})
        return self._ask("POST", path, typed)

    def timed(self, path: str, status: int = 200) -> float:
        """The milliseconds of one GET; CannotMeasure where it is not answered as it should be."""
        answer = self.get(path)
        if answer.status != status:
            raise CannotMeasure(f"GET {path} was answered with {answer.status} instead of {status}.")
        return answer.seconds * 1000

    def _ask(self, method: str, path: str, typed: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= self.headers
        if typed is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        began = time.perf_counter()
        self._line.request(method, path, body=typed, headers=headers)
        response = self._line.getresponse()
        body = response.read()
        seconds = time.perf_counter() - began
        for set_cookie in response.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(set_cookie).items():
                self.cookies[name] = morsel.value
        return Answer(response.status, seconds, body, response.headers)

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None
