"""A person's own sums, for their own eyes: what the time went to beside what was agreed. Never compared with others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from programmes.measures.engagement import PLAIN_KINDS
from programmes.measures.figure import percent


@dataclass(frozen=True)
class Spent:
    """Minutes of one kind (a code of A-1) at one place on one project; place and project "" where not said."""

    kind: str
    place: str
    project: str
    minutes: int


@dataclass(frozen=True)
class KindShare:
    """A plain kind with its share of all minutes, 0 to 1, None where nothing was logged; `agreed` in percent."""

    kind: str
    minutes: int
    share: float | None
    agreed: int | None

    @property
    def said(self) -> str:
        return percent(self.share or 0, 1)


def by_kind(spent: Iterable[Spent], agreed: Mapping[str, int]) -> list[KindShare]:
    """The plain kinds in their fixed order, those too on which no time was spent. `agreed` is by plain code."""
    sums = _sums((one.kind, one.minutes) for one in spent)
    total = sum(sums.values())
    return [
        KindShare(kind, minutes, minutes / total if total else None, agreed.get(codes[0]))
        for kind, codes in PLAIN_KINDS.items()
        for minutes in [sum(sums.get(code, 0) for code in codes)]
    ]


def by_place(spent: Iterable[Spent]) -> dict[str, int]:
    """Minutes by the code of a place."""
    return _sums((one.place, one.minutes) for one in spent)


def by_project(spent: Iterable[Spent]) -> dict[str, int]:
    """Minutes by the title of a project."""
    return _sums((one.project, one.minutes) for one in spent)


def _sums(pairs: Iterable[tuple[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, minutes in pairs:
        found[name] = found.get(name, 0) + minutes
    return found
