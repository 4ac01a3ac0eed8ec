"""The figures of dashboard and report: which chart each has, its title, its words, its table."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from embedded.charts import Bar, Key, Span, Stack, bar_chart, stacked_chart, timeline
from programmes.measures.engagement import PLAIN_KINDS, MonthRow, activity_mix, brokering_share
from programmes.measures.facts import Facts
from programmes.measures.figure import HIDDEN, Cell, Figure, Words, hours, listed, percent, start_high
from programmes.measures.period import Period, closed_months, day_words, month_span
from programmes.measures.suppression import FEWEST_PEOPLE

LETTERS: Final = "ABCDEFG"
SHORT_KINDS: Final = ("Meeting", "Evidence", "Teaching", "Questions", "Planning", "Support", "University")
MOST_SPANS: Final = 40  # bars of one drawing; the table holds all of them
LONG_AGO: Final = datetime.datetime(1948, 7, 5, tzinfo=datetime.UTC)  # until somebody says when
NOT_RECORDED: Final = "Not recorded does not mean not done."


def activity_mix_figure(
    rows: Sequence[MonthRow],
    *,
    running: int,
    silent: int,
    words: Words,
    at: datetime.datetime,
    hidden: Collection[datetime.date] = (),
) -> Figure:
    """M07 and M08 over closed months. `running` residencies were asked, `silent` of them logged nothing; the months in
    `hidden` rest on too few people and count nowhere, so that no total gives them away."""
    found = _mix(tuple(_from_first_entry(rows)), frozenset(hidden))
    return replace(found, missing=_silence(running, silent, words), computed_at=at)


@lru_cache(maxsize=64)
def _mix(rows: tuple[MonthRow, ...], hidden: frozenset[datetime.date]) -> Figure:
    """All of it but who was silent and when it was worked out: months that are over look the same all day."""
    period = Period(rows[0].month, _month_after(rows[-1].month))
    shown = [row for row in rows if row.month not in hidden]
    total = sum(row.total for row in shown)
    return Figure(
        key="mix",
        title="What the time went into",
        sentence=_mix_sentence(shown, period, bool(hidden)),
        svg=_mix_drawing(rows, hidden, period) if total else "",
        head=("Month", *SHORT_KINDS, "All hours"),
        rows=tuple(_mix_line(row, row.month in hidden) for row in rows) if total or hidden else (),
        foot=_mix_foot(shown) if total else (),
        numeric=tuple(range(1, len(SHORT_KINDS) + 2)),
        period=f"{month_span(period)}, whole months that are over",
        denominator=f"{total / 60:,.0f} hours logged" if total else "nothing logged",
        missing="",
        computed_at=LONG_AGO,
        note=_hidden_note(hidden),
    )


def _from_first_entry(rows: Sequence[MonthRow]) -> list[MonthRow]:
    """Without the months before anybody logged; all of them where nobody did."""
    first = next((number for number, row in enumerate(rows) if row.total), 0)
    return list(rows[first:])


def _month_after(month: datetime.date) -> datetime.date:
    return (month.replace(day=28) + datetime.timedelta(days=4)).replace(day=1)


def _mix_sentence(rows: Sequence[MonthRow], period: Period, some_hidden: bool) -> str:
    span = month_span(period)
    broker = brokering_share(rows)
    if broker is None:
        return f"There is nothing to show for {span}" + (": too few people logged." if some_hidden else ".")
    shares = sorted(activity_mix(rows), key=lambda share: -share.minutes)
    total = sum(share.minutes for share in shares)
    most = [f"{s.kind.lower()} ({percent(s.minutes, total)})" for s in shares[:2] if s.minutes]
    return (
        f"Most time in {span} went into {listed(most)}. Meeting, teaching and answering questions, the work that "
        f"reports seldom show, took {percent(broker, 1)} together."
    )


def _mix_drawing(rows: Sequence[MonthRow], hidden: Collection[datetime.date], period: Period) -> str:
    """Two drawings: all the months together by kind, and each month by kind."""
    span = month_span(period)
    shares = activity_mix([row for row in rows if row.month not in hidden])
    total = sum(share.minutes for share in shares)
    bars = [
        Bar(s.kind, s.minutes, percent(s.minutes, total), x) for s, x in zip(shares, LETTERS, strict=True)
    ]
    whole = bar_chart(
        "mix-all",
        f"Share of logged time by kind, {span}",
        "; ".join(f"{bar.label} {bar.shown}" for bar in bars),
        bars,
        most=total,
    )
    keys = [Key(letter, short) for letter, short in zip(LETTERS, SHORT_KINDS, strict=True)]
    stacks = [
        Stack(f"{row.month:%b %Y}", [0] * len(keys), "too few people")
        if row.month in hidden
        else Stack(f"{row.month:%b %Y}", [row.of(kind) for kind in PLAIN_KINDS])
        for row in rows
    ]
    monthly = stacked_chart(
        "mix-months",
        f"Share of logged time by kind, month by month, {span}",
        "One line a month, each divided by kind in a fixed order. The table holds the hours.",
        keys,
        stacks,
    )
    return whole + monthly


def _mix_line(row: MonthRow, is_hidden: bool) -> tuple[Cell, ...]:
    cells = [hours(row.of(kind)) for kind in PLAIN_KINDS] + [hours(row.total)]
    return (f"{row.month:%B %Y}", *([HIDDEN] * len(cells) if is_hidden else cells))


def _mix_foot(rows: Sequence[MonthRow]) -> tuple[tuple[Cell, ...], ...]:
    shares = activity_mix(rows)
    total = sum(share.minutes for share in shares)
    return (
        ("All months", *(hours(share.minutes) for share in shares), hours(total)),
        ("Share", *(percent(share.minutes, total) for share in shares), percent(total, total)),
    )


def _silence(running: int, silent: int, words: Words) -> str:
    if not running:
        return f"No {words.one} is running."
    if not silent:
        return f"Nothing: {words.counted(running)} {'runs' if running == 1 else 'run'}, and none is without entries."
    return f"{silent} of {words.counted(running)} that run have no entry in these months. {NOT_RECORDED}"


def _hidden_note(hidden: Collection[datetime.date]) -> str:
    if not hidden:
        return ""
    return (
        f"{HIDDEN} marks a month in which fewer than {FEWEST_PEOPLE} people logged. Such months are hidden and "
        "counted in no total."
    )


def residencies_by_stage_figure(
    counts: Sequence[tuple[str, int]], *, today: datetime.date, words: Words, at: datetime.datetime
) -> Figure:
    """M01: how many are at each of the plain stages, in the order of a life."""
    total = sum(number for _, number in counts)
    going = [f"{number} {word}" for word, number in counts if number]
    shares = [(start_high(word), number, percent(number, total)) for word, number in counts]
    return Figure(
        key="stages",
        title=f"{start_high(words.many)} by stage",
        sentence=f"There are {words.counted(total)}: {listed(going)}."
        if total
        else f"There are no {words.many} yet.",
        svg=bar_chart(
            "stages",
            f"{start_high(words.many)} by stage on {day_words(today)}",
            "; ".join(f"{word} {number}" for word, number, _ in shares),
            [Bar(word, number, str(number)) for word, number, _ in shares],
        )
        if total
        else "",
        head=("Stage", "Number", "Share"),
        rows=tuple(shares) if total else (),
        numeric=(1, 2),
        period=f"On {day_words(today)}",
        denominator=words.counted(total),
        missing="Nothing.",
        computed_at=at,
    )


def over_time_figure(
    facts: Sequence[Facts], *, today: datetime.date, words: Words, at: datetime.datetime
) -> Figure:
    """From when to when each goes, those that are over left out; the nearest end first."""
    going = [
        one
        for one in facts
        if one.stage not in ("ended", "legacy", "declined", "withdrawn", "terminated_early")
    ]
    drawn = sorted(
        [(one.end, one.code, one) for one in going if one.start and one.end and one.start < one.end],
        key=lambda row: row[:2],
    )
    spans = [
        Span(f"{code} {one.title}", one.start, end, one.started_on is None)
        for end, code, one in drawn
        if one.start and end
    ]
    title = f"{start_high(words.many)} over time"
    return Figure(
        key="over-time",
        title=title,
        sentence=f"{start_high(words.counted(len(spans)))} with a start and an end, the nearest end first."
        + (f" The first {MOST_SPANS} are drawn." if len(spans) > MOST_SPANS else "")
        + (" Outlines have not started." if any(span.planned for span in spans) else ""),
        svg=timeline(
            "over-time",
            title,
            "One bar each, from start to planned end. The table holds the dates.",
            spans[:MOST_SPANS],
            today,
        )
        if spans
        else "",
        head=("Code", "Title", "Start", "End"),
        rows=tuple(
            (
                span.label.split(" ")[0],
                span.label.partition(" ")[2],
                day_words(span.start),
                day_words(span.end),
            )
            for span in spans
        ),
        period=f"On {day_words(today)}",
        denominator=f"{words.counted(len(going))} that are not over",
        missing=f"{len(going) - len(spans)} without a start or an end."
        if len(spans) < len(going)
        else "Nothing.",
        computed_at=at,
    )


def public_figure(
    facts: Sequence[Facts], *, today: datetime.date, words: Words, at: datetime.datetime
) -> Figure:
    """M18, as far as the group that guides it goes: running ones in which members of the public take part."""
    running = [one for one in facts if one.stage == "active"]
    known = [one for one in running if one.guiding_group_entered_on]
    having = [one for one in known if one.public_partners_in_guiding_group]
    unknown = len(running) - len(known)
    return Figure(
        key="public",
        title="Members of the public in the group that guides it",
        sentence=f"Members of the public help to guide {len(having)} of {words.counted(len(running))} that run."
        if running
        else f"No {words.one} is running: no data.",
        head=("Code", "Title", "Members of the public"),
        rows=tuple(
            (
                one.code,
                one.title,
                one.public_partners_in_guiding_group if one.guiding_group_entered_on else "not recorded yet",
            )
            for one in running
        ),
        numeric=(2,),
        period=f"On {day_words(today)}",
        denominator=f"{words.counted(len(running))} that run",
        missing=f"{unknown} without a record of the group." if unknown else "Nothing.",
        computed_at=at,
    )


def log_reach_figure(
    reach: Sequence[tuple[str, str, datetime.date | None]],
    *,
    today: datetime.date,
    words: Words,
    at: datetime.datetime,
) -> Figure:
    """M09: how far the log of each running one goes (code, title, last day logged). A day is named only where the last
    closed month has no entry; it is a fact about the figures, never a fault of anybody."""
    told = sum(day is not None for _, _, day in reach)
    return Figure(
        key="logs",
        title="How far the logs go",
        sentence=f"{told} of {words.counted(len(reach))} that run have entries."
        if reach
        else "Nothing is running.",
        head=("Code", "Title", "Figures to"),
        rows=tuple((code, title, _reach(day, today)) for code, title, day in reach),
        period=f"On {day_words(today)}",
        denominator=f"{words.counted(len(reach))} that run",
        missing=f"{len(reach) - told} without entries. {NOT_RECORDED}" if told < len(reach) else "Nothing.",
        computed_at=at,
    )


def _reach(day: datetime.date | None, today: datetime.date) -> str:
    if day is None:
        return "not recorded yet"
    return "up to date" if day >= closed_months(today, 1).start else day_words(day)
