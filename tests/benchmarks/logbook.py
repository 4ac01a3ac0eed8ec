"""The figures of a person's own log of 20,000 entries: the list, the list narrowed, the week grid."""

from __future__ import annotations

from typing import Final

from tests.benchmarks.figure import Figure, alternating
from tests.benchmarks.pages import SMALLEST, getting
from tests.benchmarks.services import Services, browser

GOAL: Final = 4
NOTES: Final = {
    "page": "the latest 50 of 20,000",
    "page-earlier": "50 of two years ago",
    "filter": "one kind from a day on",
    "filter-project": "one project",
    "week": "the grid of a week with 11 entries a day",
}


def logbook(services: Services) -> list[Figure]:
    """A person's own log of 20,000 entries: list, filters and week grid, beside the smallest page."""
    services.data("large")
    own = services.ask("large", own_log=[])["own_log"]
    figures = []
    with services.web("large") as port:
        who = browser(port, own["cookies"])
        for name, note in NOTES.items():
            measured = alternating(getting(who, own["addresses"][name]), getting(who, SMALLEST))
            said = f"{note}; {own['queries'][name]} queries; limit: the smallest page"
            figures.append(Figure(f"logbook-{name}", *measured, goal=GOAL, note=said))
    return figures
