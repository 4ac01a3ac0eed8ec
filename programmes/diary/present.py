"""What is said of closed months: plain kinds, totals, one sentence."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from programmes.measures import rows
from programmes.measures.engagement import PLAIN_KINDS, MonthRow
from programmes.measures.logs import quiet_words
from programmes.measures.period import closed_months
from programmes.models import Residency, ResidencyQuerySet, Stage

MONTHS_SHOWN = 12


@dataclass(frozen=True)
class MonthsSeen:
    """Closed months by plain kind: `lines` are a month, its minutes by kind in the order of `kinds`, its total."""

    kinds: list[str]
    lines: list[tuple[datetime.date, list[int], int]]
    sentence: str


def months_seen(reachable: ResidencyQuerySet, residency: Residency, today: datetime.date) -> MonthsSeen:
    """The last twelve closed months of one residency; months before the first entry are left out."""
    found = rows.month_rows(reachable.filter(pk=residency.pk), closed_months(today, MONTHS_SHOWN))
    while found and not found[0].total:
        found.pop(0)
    return MonthsSeen(
        list(PLAIN_KINDS),
        [(row.month, [row.of(kind) for kind in PLAIN_KINDS], row.total) for row in reversed(found)],
        _sentence(found),
    )


def said_on_dashboard(residency: Residency, today: datetime.date) -> str:
    """What the dashboard says of this one log to leads and officers: something only where it runs and nothing is logged
    in the last closed month or since."""
    last = rows.figures_to([residency]).get(residency.pk)
    reaches = last is not None and last >= closed_months(today, 1).start
    return "" if reaches or residency.stage != Stage.ACTIVE else quiet_words(residency.title, last)


def _sentence(found: list[MonthRow]) -> str:
    if not found:
        return "Nothing has been logged in a month that is over."
    totals = {kind: sum(row.of(kind) for row in found) for kind in PLAIN_KINDS}
    most = max(totals, key=lambda kind: totals[kind])
    span = f"{found[0].month:%B %Y} to {found[-1].month:%B %Y}"
    return f"Most time from {span} went into: {most.lower()}."
