"""Load (trust.md P36): thirty requests a second for ten minutes over a million entries, while two reports are made."""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from tests.benchmarks.client import Browser
from tests.benchmarks.figure import Figure, percentile
from tests.benchmarks.pages import entry
from tests.benchmarks.services import Services
from tests.benchmarks.trouble import CannotMeasure

A_SECOND: Final = 30
HANDS: Final = 24  # requests that may be under way at once: beyond, they wait as they would in a browser
RESEARCHERS: Final = 40
MIX: Final = {"read": 60, "log": 15, "dashboard": 20, "link": 5}
LOOKS: Final = 90  # at a report, every two seconds; then another one is asked for
FAILED: Final = 599  # not answered at all counts with the server's own errors


@dataclass
class Seen:
    """How each request ended: seconds since it was due, and how it was answered."""

    seconds: list[tuple[str, float]] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, seconds: float, status: int) -> None:
        with self.lock:
            self.seconds.append((kind, seconds))
            self.answers[f"{status // 100}xx" if status < 400 else str(status)] += 1

    def part(self, part: float, kind: str = "") -> float:
        """A percentile in milliseconds."""
        return 1000 * percentile([one for which, one in self.seconds if not kind or which == kind], part)

    @property
    def failed(self) -> int:
        return sum(count for answer, count in self.answers.items() if answer.startswith("5"))


@dataclass
class Visitors:
    """Who visits which addresses."""

    lead: dict[str, Any]
    researchers: list[dict[str, Any]]
    links: list[str]
    pages: list[str]

    def press(self, kind: str, chance: random.Random, browsers: dict[int, Browser], port: int) -> int:
        """One request of that kind; the status it was answered with."""
        one = chance.randrange(len(self.researchers))
        researcher, lead = self.researchers[one], len(self.researchers)
        if kind == "link":
            return Browser(port).get(chance.choice(self.links)).status
        if kind == "log":
            return _of(browsers, one, port, researcher).post(researcher["log"], entry()).status
        if kind == "dashboard":
            return _of(browsers, lead, port, self.lead).get(self.lead["dashboard"]).status
        if chance.random() < 0.5:
            path = chance.choice(
                (researcher["log"], f"{researcher['log']}months/", "/guidance/", "/account/")
            )
            return _of(browsers, one, port, researcher).get(path).status
        return _of(browsers, lead, port, self.lead).get(chance.choice(self.pages)).status


def _of(browsers: dict[int, Browser], number: int, port: int, who: dict[str, Any]) -> Browser:
    if number not in browsers:
        browsers[number] = Browser(port, dict(who["cookies"]))
    return browsers[number]


def load(services: Services, *, minutes: float) -> list[Figure]:
    """Thirty requests a second, mixed as people press, over a million entries with two reports being made."""
    services.data("large")
    asked = services.ask("large", lead=[], researchers=[RESEARCHERS], links=[200])
    slug = asked["lead"]["slug"]
    opened = [one["log"].removesuffix("log/") for one in asked["researchers"]]
    visitors = Visitors(
        asked["lead"],
        asked["researchers"],
        asked["links"],
        [
            f"/p/{slug}/residencies/",
            f"/p/{slug}/team/",
            f"/p/{slug}/reports/",
            *opened,
            f"{opened[0]}access/",
        ],
    )
    with services.web("large") as port, services.worker("large"):
        reports = Reports(port, asked["lead"])
        with reports.kept_going():
            seen = press_for(minutes * 60, A_SECOND, lambda: _kinds(), visitors, port)
    if reports.refused:
        raise CannotMeasure(f"No report was made meanwhile: {reports.refused}.")
    return _figures(seen, reports.made)


def _kinds() -> Iterator[tuple[str, random.Random]]:
    chance = random.Random("load")  # noqa: S311 (a mix, not a secret)
    while True:
        yield chance.choices(list(MIX), list(MIX.values()))[0], random.Random(chance.random())  # noqa: S311


def press_for(
    seconds: float,
    a_second: float,
    kinds: Callable[[], Iterator[tuple[str, random.Random]]],
    visitors: Visitors,
    port: int,
) -> Seen:
    """Presses at an even pace, whatever the answers take; what waits for a free hand waits on the clock."""
    seen, began, count = Seen(), time.perf_counter(), int(seconds * a_second)
    ahead = iter(list(zip(range(count), kinds(), strict=False)))
    lock = threading.Lock()

    def hand() -> None:
        browsers: dict[int, Browser] = {}
        while True:
            with lock:
                number, (kind, chance) = next(ahead, (-1, ("", random.Random())))  # noqa: S311
            if number < 0:
                return
            due = began + number / a_second
            time.sleep(max(0.0, due - time.perf_counter()))
            try:
                status = visitors.press(kind, chance, browsers, port)
            except OSError:
                status = FAILED
                browsers.clear()
            seen.note(kind, time.perf_counter() - due, status)

    hands = [threading.Thread(target=hand) for _ in range(HANDS)]
    for each in hands:
        each.start()
    for each in hands:
        each.join()
    return seen


@dataclass
class Reports:
    """Two reports are being made all the time: when one is there, the next one is asked for."""

    port: int
    lead: dict[str, Any]
    made: int = 0
    refused: str = ""
    over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def kept_going(self) -> Iterator[None]:
        hands = [threading.Thread(target=self._go_on) for _ in range(2)]
        for each in hands:
            each.start()
        try:
            yield
        finally:
            self.over.set()
            for each in hands:
                each.join()

    def _go_on(self) -> None:
        who = Browser(self.port, dict(self.lead["cookies"]))
        while not self.over.is_set():
            fields = {"form_key": str(uuid.uuid4()), "about": "whole", "period": "twelve_months"}
            asked = who.post(f"/p/{self.lead['slug']}/reports/", fields)
            address = asked.headers.get("Location", "")
            if asked.status not in (302, 429) and not self.refused:
                self.refused = f"asking for a report was answered with {asked.status}"
            for _ in range(LOOKS if address else 0):
                if self.over.wait(2):
                    return
                if who.get(f"{address}report.pdf").status == 200:
                    self.made += 1
                    break
            self.over.wait(1)


def _figures(seen: Seen, made: int) -> list[Figure]:
    told = ", ".join(f"{count} × {answer}" for answer, count in sorted(seen.answers.items()))
    by_kind = "; ".join(f"{kind} p95 {seen.part(0.95, kind):.0f} ms" for kind in MIX)
    print(
        f"load: {len(seen.seconds)} requests ({told}); {made} reports made; p50 {seen.part(0.5):.0f} ms; {by_kind}"
    )
    return [
        Figure(
            "load-5xx", seen.failed, 0, goal=0, unit="", note="answers of the server that are its own errors"
        ),
        Figure("load-p95", seen.part(0.95), 500, goal=1, note="limit: half a second"),
        Figure("load-p99", seen.part(0.99), 1500, goal=1, note="limit: a second and a half"),
    ]
