"""The figures of finding a residency among ten thousand: the list, the form that narrows it, a search."""

from __future__ import annotations

from typing import Final

from tests.benchmarks.figure import Figure, alternating
from tests.benchmarks.pages import SMALLEST, getting
from tests.benchmarks.services import Services, browser

GOAL: Final = 4
NOTES: Final = {
    "list": "the first page of 10,000",
    "filter": "the form with all its choices",
    "search": "a family name",
    "search-common": "a word that many titles share",
    "narrowed": "those that run, sorted by end",
}


def residencies(services: Services) -> list[Figure]:
    """The list of 10,000 residencies, its form and its searches, beside the smallest page; and their queries."""
    many, few = (services.data(name) for name in ("many", "story"))
    ours, other = (services.ask(name, finding=[])["finding"] for name in (many, few))
    figures = []
    with services.web(many) as port:
        for name, note in NOTES.items():
            measured = alternating(
                getting(browser(port, ours["cookies"]), ours["addresses"][name]),
                getting(browser(port, ours["cookies"]), SMALLEST),
            )
            figures.append(
                Figure(f"residencies-{name}", *measured, goal=GOAL, note=f"{note}; limit: the smallest page")
            )
    for name in NOTES:
        figures.append(
            Figure(
                f"residencies-{name}-queries",
                ours["queries"][name],
                other["queries"][name],
                goal=1,
                unit="",
                note=f"limit: among {other['residencies']}",
            )
        )
    return figures
