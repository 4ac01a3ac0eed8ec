"""What needs attention, counted for those who read a report: how many, never whose."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

from programmes.measures.attention import ALWAYS_ON, RULE_WORDS, Signal
from programmes.measures.figure import Figure, Words, start_high
from programmes.measures.period import day_words


def attention_figure(
    signals: Sequence[Signal],
    *,
    rules_on: Collection[str],
    looked_at: int,
    today: datetime.date,
    words: Words,
    at: datetime.datetime,
) -> Figure:
    """Signals by rule; `looked_at` residencies are neither over nor given up."""
    on = [rule for rule in RULE_WORDS if rule in (*ALWAYS_ON, *rules_on)]
    off = len(RULE_WORDS) - len(on)
    rows = []
    for rule in on:
        levels = [signal.level for signal in signals if signal.rule == rule]
        rows.append((RULE_WORDS[rule], levels.count("now"), levels.count("soon")))
    now, soon = sum(row[1] for row in rows), sum(row[2] for row in rows)
    where = len({signal.code for signal in signals})
    return Figure(
        key="attention",
        title="What needs attention",
        sentence=_sentence(now, soon, f"in {where} of {words.counted(looked_at)}", day_words(today)),
        head=("What", "Now", "Soon"),
        rows=tuple(rows),
        foot=(("All", now, soon),),
        numeric=(1, 2),
        period=f"On {day_words(today)}",
        denominator=f"{start_high(words.counted(looked_at))} that are not over",
        missing=f"{off} kinds of signal are switched off." if off else "Nothing.",
        computed_at=at,
        note="Something to see to is not a failing: it says where help is wanted.",
    )


def _sentence(now: int, soon: int, where: str, day: str) -> str:
    if not now and not soon:
        return f"On {day} nothing needed attention."
    if not now:
        return f"On {day} nothing pressed, and {_things(soon)} needed attention before long, {where}."
    return f"On {day} {_things(now)} needed attention now and {soon or 'none'} before long, {where}."


def _things(number: int) -> str:
    return f"{number} thing{'' if number == 1 else 's'}"
