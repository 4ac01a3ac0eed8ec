"""The figures of the library: a document's page, search among a thousand documents, and packs."""

from __future__ import annotations

import json
from typing import Final

from tests.benchmarks.client import Browser
from tests.benchmarks.figure import Figure, alternating
from tests.benchmarks.packs import packs
from tests.benchmarks.pages import SMALLEST, getting
from tests.benchmarks.services import Services, browser

PAGE: Final = "/guidance/embedded-research-for-nhs-organisations/"
DOCUMENTS: Final = 1_000
EMPTY: Final = "library"  # a database of its own: the library and nobody


def guidance(services: Services) -> list[Figure]:
    """A page of the library beside the smallest page; search among 1,000 beside the obvious SQL; packs, as by name."""
    services.data("story")
    lead = services.ask("story", lead=[])["lead"]
    with services.web("story") as port:
        measured = alternating(
            getting(Browser(port), PAGE), getting(browser(port, lead["cookies"]), SMALLEST)
        )
    services.tables()
    services.copy_empty(EMPTY)
    told = json.loads(services.python(EMPTY, "tests.benchmarks.searching", str(DOCUMENTS)))
    return [
        Figure("guidance-page", *measured, goal=1, note="ten pages, signed out; limit: the smallest page"),
        Figure(
            "guidance-search",
            told["ours"],
            told["limit"],
            goal=2,
            note=f"among {told['documents']}, {told['words']!r}; limit: one statement of full-text search",
        ),
        *packs(services),
    ]
