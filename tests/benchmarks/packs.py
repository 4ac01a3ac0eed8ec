"""The figures of packs: sixty pages typeset the first time, handed out the second, and asked for by fifty at once."""

from __future__ import annotations

import json
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from tests.benchmarks.client import TOKEN, Browser
from tests.benchmarks.figure import Figure, alternating
from tests.benchmarks.pages import getting
from tests.benchmarks.paper import printer
from tests.benchmarks.people_words import CSRF_COOKIE
from tests.benchmarks.services import Services
from tests.benchmarks.trouble import CannotMeasure

PAGES: Final = 60
PRINTS: Final = 2  # in each alternation: one takes as long as hundreds of pages
ASKERS: Final = 50
PATIENCE: Final = 180  # seconds
CHOOSE: Final = "/guidance/packs/choose/"
ASKED: Final = "embedded-research-for-researchers"
EMPTY: Final = "packs"  # a database of its own: the library and nobody


def packs(services: Services) -> list[Figure]:
    """A pack of sixty pages: made beside plain WeasyPrint, handed out beside a static file, asked for by fifty."""
    _library(services)
    told = json.loads(services.python(EMPTY, "tests.benchmarks.packing", str(PAGES)))
    return [_first(services, Path(told["html"])), _second(services, told), _at_once(services)]


def _library(services: Services) -> None:
    services.tables()
    services.copy_empty(EMPTY)  # with the library, which stands beside the registers


def _first(services: Services, html: Path) -> Figure:
    with printer(services, "ours", html, EMPTY) as ours, printer(services, "plain", html, EMPTY) as plain:
        measured = alternating(
            lambda: ours()["seconds"] * 1000,
            lambda: plain()["seconds"] * 1000,
            requests=PRINTS,
            uncounted=1,
        )
        pages = ours()["pages"]
    note = f"{pages} pages; limit: plain tuned WeasyPrint on the same HTML"
    return Figure("pack-first", *measured, goal=1.1, note=note)


def _second(services: Services, told: dict[str, str]) -> Figure:
    """The made pack beside a static file of the same bytes, both from our own web server."""
    content = Path(told["pdf"]).read_bytes()
    static = services.place.path / "static" / "bench-pack.pdf"
    static.write_bytes(content)
    try:
        with services.web(EMPTY) as port:
            measured = alternating(
                getting(Browser(port), told["address"]),
                getting(Browser(port), "/static/bench-pack.pdf"),
            )
    finally:
        static.unlink()
    note = f"{len(content) // 1000} KB; limit: a static file of these bytes from the same server"
    return Figure("pack-second", *measured, goal=2, note=note)


def _at_once(services: Services) -> Figure:
    """How often a pack was made for fifty who press at the same moment, all of whom must be led to the same."""
    with services.web(EMPTY) as port, services.worker(EMPTY):
        began = time.monotonic()
        with ThreadPoolExecutor(ASKERS) as pool:
            led = set(pool.map(_ask, [port] * ASKERS))
        if len(led) != 1:
            raise CannotMeasure(f"Fifty who asked for the same pack were led to {len(led)} places.")
        _wait(port, led.pop(), began)
    made = services.sql(
        "SELECT count(*) FROM audit_event WHERE deed = 'guidance.pack_made' AND what LIKE 'Guidance pack%'",
        EMPTY,
    )
    seconds = time.monotonic() - began
    note = f"typesettings for {ASKERS} who ask at once; all had it after {seconds:.0f} s"
    return Figure("pack-at-once", float(made), 1, goal=1, unit="", note=note)


def _ask(port: int) -> str:
    """Somebody with a browser of their own opens the form, ticks a document of ten pages and presses."""
    browser = Browser(port)
    browser.get(CHOOSE)
    browser.cookies[CSRF_COOKIE] = TOKEN
    answer = browser.post(CHOOSE, {"form_key": str(uuid.uuid4()), "document": ASKED})
    browser.close()
    if answer.status != 302:
        raise CannotMeasure(f"Asking for a pack was answered with {answer.status} instead of 302.")
    return str(answer.headers["Location"])


def _wait(port: int, address: str, began: float) -> None:
    browser = Browser(port)
    while b"pack.pdf" not in browser.get(address).body:
        if time.monotonic() - began > PATIENCE:
            raise CannotMeasure("The pack was not made in three minutes.")
        time.sleep(0.2)
