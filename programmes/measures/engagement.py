"""What the logged time was for: M07 and M08, over closed months, never by the day or by the person."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

# The seven plain kinds (users.md §9), each with the codes of A-1 that are counted in it.
PLAIN_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "Meeting and connecting people": ("relational",),
    "Finding, making or feeding back evidence": ("knowledge_creation",),
    "Teaching and coaching": ("educational",),
    "Answering a question": ("advice_consultation",),
    "Planning, approvals, reporting and bids": ("project_management", "bid_development"),
    "Supervision, peers and thinking time": ("supervision_support", "reflection"),
    "University work": ("academic_home",),
}
KIND_CODES: Final = tuple(code for codes in PLAIN_KINDS.values() for code in codes)
BROKERING: Final = ("relational", "advice_consultation", "educational")


@dataclass(frozen=True)
class MonthRow:
    """Minutes of one month, summed over whatever residencies were asked for, by code of A-1. Nobody changes them."""

    month: datetime.date
    minutes: Mapping[str, int] = field(hash=False)  # equal rows have equal months

    @property
    def total(self) -> int:
        return sum(self.minutes.values())

    def of(self, plain_kind: str) -> int:
        return sum(self.minutes.get(code, 0) for code in PLAIN_KINDS[plain_kind])


@dataclass(frozen=True)
class Share:
    """A plain kind with its minutes and its share of all of them, 0 to 1; None where nothing was logged."""

    kind: str
    minutes: int
    share: float | None


def activity_mix(rows: Iterable[MonthRow]) -> list[Share]:
    """M07: minutes and share by plain kind, in the fixed order of PLAIN_KINDS."""
    rows = list(rows)
    total = sum(row.total for row in rows)
    return [
        Share(kind, minutes, minutes / total if total else None)
        for kind in PLAIN_KINDS
        for minutes in [sum(row.of(kind) for row in rows)]
    ]


def brokering_share(rows: Iterable[MonthRow]) -> float | None:
    """M08: the share that makes broker work visible; no target. None where nothing was logged."""
    rows = list(rows)
    total = sum(row.total for row in rows)
    if not total:
        return None
    return sum(row.minutes.get(code, 0) for row in rows for code in BROKERING) / total
