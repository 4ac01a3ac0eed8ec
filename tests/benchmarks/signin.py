"""Signing in (trust.md P36): three hundred people within a minute, each with a password and an address of their own."""

from __future__ import annotations

import threading
import time
from typing import Final

from tests.benchmarks.client import TOKEN, Browser
from tests.benchmarks.figure import Figure
from tests.benchmarks.load import FAILED, Seen
from tests.benchmarks.people_words import CSRF_COOKIE, PASSWORD
from tests.benchmarks.services import Services

PEOPLE: Final = 300
SECONDS: Final = 60


def signin(services: Services) -> list[Figure]:
    """Three hundred people sign in within a minute, each from an address of their own."""
    services.data("large")
    emails = services.ask("large", passwords=[PEOPLE])["passwords"]
    seen = Seen()
    # As behind a proxy that says who asks: each has an address, as people have (trust.md P15 counts by address)
    with services.web("large", BEHIND_TLS_PROXY="true") as port:
        began = time.perf_counter()
        hands = [
            threading.Thread(target=_sign_in, args=(seen, port, email, number, began))
            for number, email in enumerate(emails)
        ]
        for each in hands:
            each.start()
        for each in hands:
            each.join()
        took = time.perf_counter() - began
    told = ", ".join(f"{count} × {answer}" for answer, count in sorted(seen.answers.items()))
    print(f"signin: {len(emails)} people in {took:.0f} s ({told}); p50 {seen.part(0.5):.0f} ms")
    refused = len(emails) - seen.answers["3xx"]
    return [
        Figure(
            "signin-5xx",
            seen.failed,
            0,
            goal=0,
            unit="",
            note="answers of the server that are its own errors",
        ),
        Figure("signin-refused", refused, 0, goal=0, unit="", note="people who were not let in"),
        Figure("signin-p95", seen.part(0.95), 3000, goal=1, note="limit: three seconds"),
    ]


def _sign_in(seen: Seen, port: int, email: str, number: int, began: float) -> None:
    """What a browser sends when the button is pressed, at an even pace over the minute."""
    due = began + number * SECONDS / PEOPLE
    time.sleep(max(0.0, due - time.perf_counter()))
    who = Browser(
        port, {CSRF_COOKIE: TOKEN}, {"X-Forwarded-For": f"198.18.{number // 250}.{number % 250 + 1}"}
    )
    try:
        status = who.post("/accounts/login/", {"login": email, "password": PASSWORD}).status
    except OSError:
        status = FAILED
    seen.note("signin", time.perf_counter() - due, status)
