"""Where a document is shown, on screen or on paper, and what its elements carry there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Medium:
    """Where the HTML is shown: the classes that its elements carry there, and whether links to other documents
    need the whole address because the reader is not in the product."""

    name: str
    classes: Mapping[str, str]
    hidden: str
    whole_addresses: bool = True

    def __hash__(self) -> int:
        return hash(self.name)


WEB = Medium(
    "web",
    {
        "h2": "nhsuk-heading-l",
        "h3": "nhsuk-heading-m",
        "p": "nhsuk-body",
        "ul": "nhsuk-list nhsuk-list--bullet",
        "ol": "nhsuk-list nhsuk-list--number",
        "table": "nhsuk-table nhsuk-table-responsive nhsuk-table--responsive",
        "caption": "nhsuk-table__caption",
        "thead": "nhsuk-table__head",
        "tbody": "nhsuk-table__body",
        "tr": "nhsuk-table__row",
        "th": "nhsuk-table__header",
        "td": "nhsuk-table__cell",
    },
    hidden="nhsuk-u-visually-hidden",
    whole_addresses=False,
)
PAPER = Medium("paper", {}, hidden="unsaid")
WORD = Medium("word", {}, hidden="unsaid")
