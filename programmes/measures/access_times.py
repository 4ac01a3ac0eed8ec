"""Access: how much of what a post needs is in place (M02), and how long it took (M03)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Final

from programmes.measures.facts import Facts, Item
from programmes.measures.period import Period

FEWEST_FOR_A_MEDIAN: Final = 3
_LOOKED_AT: Final = ("onboarding", "active", "paused", "closing")


@dataclass(frozen=True)
class Readiness:
    """Of one residency at one host: how many of the needed things hold on the day."""

    code: str
    title: str
    host: str
    in_place: int
    needed: int


def access_readiness(facts: Iterable[Facts], today: datetime.date) -> list[Readiness]:
    """M02, a line for each residency and host, of posts that are not over; in the order of codes, never a rank."""
    found = []
    for one in facts:
        if one.stage not in _LOOKED_AT:
            continue
        items = [i for i in one.items if i.is_needed and (i.placement_end is None or today < i.placement_end)]
        for host, group in groupby(sorted(items, key=lambda i: i.host), key=lambda i: i.host):
            listed = list(group)
            found.append(
                Readiness(one.code, one.title, host, sum(i.holds_on(today) for i in listed), len(listed))
            )
    return sorted(found, key=lambda line: (line.code, line.host))


@dataclass(frozen=True)
class Waiting:
    """A post that began in the period. `days` is None where a date is not recorded; `is_open` while it still waits."""

    code: str
    title: str
    days: int | None
    is_open: bool


@dataclass(frozen=True)
class TimeToAccess:
    """M03: the median of the complete ones, None when they are fewer than three."""

    lines: tuple[Waiting, ...]
    median: float | None
    complete: int

    @property
    def unknown(self) -> int:
        return sum(line.days is None for line in self.lines)


def days_to_access(facts: Iterable[Facts], period: Period, today: datetime.date) -> TimeToAccess:
    """Days from the agreement's signing to the last dated thing in place, of posts that started in the period."""
    lines = [
        _waiting(one, items, today)
        for one in facts
        for items in _by_placement(one)
        if period.holds(items[0].placement_start)
    ]
    done = [line.days for line in lines if line.days is not None and not line.is_open]
    middle = float(median(done)) if len(done) >= FEWEST_FOR_A_MEDIAN else None
    return TimeToAccess(tuple(sorted(lines, key=lambda line: line.code)), middle, len(done))


def _by_placement(facts: Facts) -> list[list[Item]]:
    items = sorted(facts.items, key=lambda item: item.placement)
    return [list(group) for _, group in groupby(items, key=lambda item: item.placement)]


def _waiting(facts: Facts, items: list[Item], today: datetime.date) -> Waiting:
    needed = [item for item in items if item.is_needed]
    is_open = any(item.is_missing for item in needed)
    signed = facts.agreement_signed_on
    dated = [item.issued_on for item in needed if item.issued_on]
    last = today if is_open else max(dated, default=None)
    days = max((last - signed).days, 0) if signed and last else None
    return Waiting(facts.code, facts.title, days, is_open)
