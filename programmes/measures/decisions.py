"""Used in decisions, as a report tells it: with who decided, when, and where it is written."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from programmes.measures.figure import Figure, Words, start_high
from programmes.measures.happenings import NOT_USED, Use, UseCounts, uses_sentence
from programmes.measures.period import Period, day_span, day_words


def decisions_figure(
    uses: Sequence[Use], *, ran: Sequence[str], period: Period, words: Words, at: datetime.datetime
) -> Figure:
    """What was used first, then what was considered and not used; the latest decision first. `ran` are the codes of
    what was running in the period."""
    told = {use.code for use in uses}
    silent = len(set(ran) - told)
    unwritten = sum(not use.written_where for use in uses)
    confirmed = sum(use.is_confirmed for use in uses)
    return Figure(
        key="decisions",
        title="Used in decisions",
        sentence=uses_sentence(UseCounts.of(uses)),
        head=("What was used", "Decision", "Who decided, and when", "Where it is written", "Outcome"),
        rows=tuple(_row(use) for use in sorted(uses, key=lambda use: not use.is_used)),
        period=f"Decisions made from {day_span(period)}",
        denominator=f"{len(uses)} recorded, {confirmed} confirmed by the host, from {len(told)} "
        f"{words.one if len(told) == 1 else words.many}; {words.counted(len(set(ran)))} ran in the period",
        missing=f"{start_high(words.counted(silent))} without a record; {unwritten or 'none'} of the uses "
        f"{'leaves' if unwritten == 1 else 'leave'} out where the decision is written. {NOT_USED}",
        computed_at=at,
    )


def _row(use: Use) -> tuple[str, ...]:
    outcome = "Used" if use.is_used else "Considered and not used"
    return (
        use.what,
        use.decision,
        f"{use.decided_by}, {day_words(use.decided_on)}",
        use.written_where or "Not recorded",
        f"{outcome}; {'confirmed' if use.is_confirmed else 'not confirmed yet'} by the host",
    )
