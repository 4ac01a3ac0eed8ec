"""What happened: uses in decisions, changes since a visit, dates ahead, as plain lines and as figures."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from embedded.charts import spark
from programmes.measures.ahead import Ahead
from programmes.measures.figure import Figure, Words, start_high
from programmes.measures.period import Period, add_months, day_span, day_words

NOT_USED: Final = "Not recorded does not mean not used."


@dataclass(frozen=True)
class Use:
    """A use in a decision; `is_used` is False for "considered and not used", `written_where` "" where nobody said."""

    pk: int
    slug: str
    code: str
    title: str
    what: str
    decision: str
    decided_by: str
    decided_on: datetime.date
    is_used: bool
    is_confirmed: bool
    written_where: str = ""


@dataclass(frozen=True)
class Change:
    """A deed in plain words, and the page that shows it. Never an entry of a log."""

    on: datetime.date
    words: str
    code: str
    title: str
    page: str
    args: tuple[object, ...]


@dataclass(frozen=True)
class UseCounts:
    """How many were recorded, used (the others considered and not used), and confirmed by the host."""

    total: int = 0
    used: int = 0
    confirmed: int = 0

    @classmethod
    def of(cls, uses: Sequence[Use]) -> UseCounts:
        return cls(len(uses), sum(use.is_used for use in uses), sum(use.is_confirmed for use in uses))


def uses_sentence(counted: UseCounts) -> str:
    """ "4 things were used in a decision and 1 was considered and not used. Hosts have confirmed 3 of the 5." """
    if not counted.total:
        return "Nothing has been recorded as used in a decision."
    used, aside = counted.used, counted.total - counted.used
    parts = [f"{used} {'thing was' if used == 1 else 'things were'} used in a decision"] if used else []
    if aside:
        parts.append(f"{aside} {'was' if aside == 1 else 'were'} considered and not used")
    return f"{' and '.join(parts)}. {_confirmed(counted.confirmed, counted.total)}"


def _confirmed(confirmed: int, total: int) -> str:
    if total == 1:
        return "The host has confirmed it." if confirmed else "The host has not confirmed it yet."
    return f"Hosts have confirmed {confirmed or 'none'} of the {total}."


def uses_figure(
    uses: Sequence[Use], *, period: Period, going: int, words: Words, at: datetime.datetime
) -> Figure:
    """M27 without its ratio, for outputs are not recorded yet. `going` residencies have started."""
    told = len({use.code for use in uses})
    return Figure(
        key="uses",
        title="Used in decisions",
        sentence=uses_sentence(UseCounts.of(uses)),
        svg=_uses_spark(uses, period) if uses else "",
        head=("What", "Decision", "Made by", "On", "Outcome", "Host", "Code"),
        rows=tuple(
            (
                use.what,
                use.decision,
                use.decided_by,
                day_words(use.decided_on),
                "Used" if use.is_used else "Considered and not used",
                "Confirmed" if use.is_confirmed else "Not confirmed yet",
                use.code,
            )
            for use in uses
        ),
        period=day_span(period),
        denominator=f"{len(uses)} recorded, from {told} of {words.counted(going)} that have started",
        missing=f"{start_high(words.counted(max(going - told, 0)))} without a record. {NOT_USED}",
        computed_at=at,
    )


def _uses_spark(uses: Sequence[Use], period: Period) -> str:
    first = period.start.replace(day=1)
    count = (period.last.year - first.year) * 12 + period.last.month - first.month + 1
    months = [add_months(first, number) for number in range(count)]
    values = [sum(use.decided_on.replace(day=1) == month for use in uses) for month in months]
    described = ", ".join(
        f"{month:%B %Y} {value}" for month, value in zip(months, values, strict=True) if value
    )
    title = "Uses in decisions by month of the decision"
    ends = {"first": f"{months[0]:%b %Y}", "last": f"{months[-1]:%b %Y}"}
    return spark("uses-months", title, described, values, **ends)


def changes_figure(changes: Sequence[Change], *, since: datetime.date, at: datetime.datetime) -> Figure:
    """What changed since a day, the latest first."""
    return Figure(
        key="changes",
        title="What changed",
        sentence=f"{len(changes) or 'No'} change{'' if len(changes) == 1 else 's'} since {day_words(since)}.",
        head=("Day", "What", "Code", "Title"),
        rows=tuple((day_words(change.on), change.words, change.code, change.title) for change in changes),
        period=f"Since {day_words(since)}",
        denominator="All steps, posts, projects, uses and reports that were recorded",
        missing="What was not recorded. Entries of logs are never among them.",
        computed_at=at,
    )


def dates_ahead_figure(
    ahead: Sequence[Ahead], *, today: datetime.date, days: int, at: datetime.datetime
) -> Figure:
    """The dates of the next days, the nearest first."""
    last = today + datetime.timedelta(days=days - 1)
    return Figure(
        key="ahead",
        title="Dates ahead",
        sentence=f"{len(ahead) or 'No'} date{'' if len(ahead) == 1 else 's'} in the next {days} days.",
        head=("Day", "What", "Code", "Title"),
        rows=tuple((day_words(one.day), one.words, one.code, one.title) for one in ahead),
        period=f"{day_words(today)} to {day_words(last)}",
        denominator="All dates that are recorded",
        missing="What has no date yet.",
        computed_at=at,
    )
