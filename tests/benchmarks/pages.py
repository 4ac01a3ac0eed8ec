"""The figures of pages: the smallest one, saving an entry of the log, and the lead's dashboard."""

from __future__ import annotations

import datetime
import re
import uuid
from collections.abc import Callable, Iterable
from itertools import cycle
from typing import Final

from tests.benchmarks.client import Browser
from tests.benchmarks.figure import Figure, alternating
from tests.benchmarks.services import BARE, Services, browser
from tests.benchmarks.trouble import CannotMeasure

RESEARCHERS: Final = 10
LATELY: Final = cycle(range(10))  # days ago
SMALLEST: Final = "/bench/smallest/"


def page(services: Services) -> list[Figure]:
    """The smallest signed-in page beside the bare view, for the lead: the person with the most to navigate."""
    services.data("large")
    lead = services.ask("large", lead=[])["lead"]
    with services.web("large") as ours, services.web("large", BARE) as bare:
        measured = alternating(
            getting(browser(ours, lead["cookies"]), SMALLEST),
            getting(browser(bare, lead["bare"]), "/bench/bare/"),
        )
    return [Figure("page", *measured, goal=2.5, note="the smallest signed-in page; limit: the bare view")]


def log(services: Services) -> list[Figure]:
    """Saving an entry, the POST alone, among a million; beside the smallest page for the same researcher."""
    services.data("large")
    people = services.ask("large", researchers=[RESEARCHERS])["researchers"]
    with services.web("large") as port:
        measured = alternating(
            _turns(_logging(browser(port, one["cookies"]), one["log"]) for one in people),
            _turns(getting(browser(port, one["cookies"]), SMALLEST) for one in people),
        )
    return [
        Figure("log", *measured, goal=4, note="saving an entry, the POST alone; limit: the smallest page")
    ]


def dashboard(services: Services) -> list[Figure]:
    """The lead's dashboard over a million entries, beside the smallest page, and beside itself over ten thousand."""
    large, small = (services.data(name) for name in ("large", "small"))
    lead, other = (services.ask(name, lead=[])["lead"] for name in (large, small))
    with services.web(large) as port:
        measured = alternating(
            getting(browser(port, lead["cookies"]), lead["dashboard"]),
            getting(browser(port, lead["cookies"]), SMALLEST),
        )
        with services.web(small) as second:
            growth = alternating(
                getting(browser(port, lead["cookies"]), lead["dashboard"]),
                getting(browser(second, other["cookies"]), other["dashboard"]),
            )
    return [
        Figure("dashboard", *measured, goal=6, note="1,000,000 entries; limit: the smallest page"),
        Figure("dashboard-growth", *growth, goal=1.3, note="limit: itself over 10,000 entries"),
        Figure(
            "dashboard-queries",
            lead["queries"],
            other["queries"],
            goal=1,
            unit="",
            note="limit: itself over 10,000 entries",
        ),
    ]


def getting(who: Browser, path: str) -> Callable[[], float]:
    return lambda: who.timed(path)


def _turns(calls: Iterable[Callable[[], float]]) -> Callable[[], float]:
    """One after the other and round again: nobody may log more than sixteen hours a day."""
    round_again = cycle(list(calls))
    return lambda: next(round_again)()


def _logging(who: Browser, path: str) -> Callable[[], float]:
    """One more entry, with a key of its own as every opened form has."""

    def save() -> float:
        answer = who.post(path, entry())
        if answer.status != 302:
            said = "".join(re.findall(r"nhsuk-error-summary.*?</ul>", answer.body.decode(), re.DOTALL))
            raise CannotMeasure(f"Saving an entry was answered with {answer.status} instead of 302. {said}")
        return answer.seconds * 1000

    return save


def entry() -> dict[str, str]:
    """What a researcher types: a minute of one of the last days, so that they hold thousands."""
    day = datetime.date.today() - datetime.timedelta(days=next(LATELY))  # noqa: DTZ011 (a person's own day)
    return {
        "form_key": str(uuid.uuid4()),
        "what": "Met the ward sisters",
        "how_long": "1",
        "kind": "relational",
        "date_day": str(day.day),
        "date_month": str(day.month),
        "date_year": str(day.year),
    }
