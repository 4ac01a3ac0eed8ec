"""Where the residencies in reach stand today, counted by the database: the signals, the dates ahead, access, stages."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from programmes.measures import ahead, attention
from programmes.measures.attention import Key
from programmes.measures.period import add_months, latest_start
from programmes.measures.reach import Question
from programmes.models import LEGAL_PERMISSIONS

_SQL: Final = Path(__file__).with_name("standing.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Counted:
    """So many lines about so many residencies."""

    lines: int = 0
    residencies: int = 0


@dataclass(frozen=True)
class AtStage:
    """Residencies at a fine stage: all, those whose guiding group is known, those with the public in it."""

    number: int = 0
    known: int = 0
    public: int = 0


@dataclass
class Standing:
    """`signals` and `ahead` are the lines asked for, of what may be opened: which they are, not what they say.
    `by_rule` counts residencies; `closed_by_rule` those among them that may not be opened."""

    signals: list[Key] = field(default_factory=list)
    all: Counted = Counted()
    opened: Counted = Counted()
    now: Counted = Counted()
    by_rule: dict[str, int] = field(default_factory=dict)
    closed_by_rule: dict[str, int] = field(default_factory=dict)
    ahead: list[str] = field(default_factory=list)
    ahead_opened: int = 0
    needed: int = 0
    in_place: int = 0
    stages: dict[str, AtStage] = field(default_factory=dict)


def standing(
    *,
    today: datetime.date,
    rules_on: Iterable[str],
    expiring_within_days: int,
    most_signals: int = 0,
    skipped_signals: int = 0,
    most_ahead: int = 0,
) -> Question[Standing]:
    """The counts of a day, with so many lines of each list, after so many skipped."""
    asked = dict(
        rules=[rule for rule in attention.RULES if rule in {*attention.ALWAYS_ON, *rules_on}],
        most_signals=most_signals,
        skipped_signals=skipped_signals,
        most_ahead=most_ahead,
        permissions=[str(kind) for kind in LEGAL_PERMISSIONS],
        underway=list(attention.UNDERWAY),
        past_design=list(attention.PAST_DESIGN),
        before_start=list(ahead.BEFORE_START),
        going_on=list(ahead.GOING_ON),
        before_or_going=[*ahead.BEFORE_START, *ahead.GOING_ON],
        zone=timezone.get_current_timezone_name(),
        **_days(today, expiring_within_days),
    )
    return Question(_SQL, asked, _read)


def _days(today: datetime.date, expiring_within_days: int) -> dict[str, Any]:
    def after(days: int) -> datetime.date:
        return today + datetime.timedelta(days=days)

    return {
        "today": today,
        "adopted_before": today - attention.GRACE_AFTER_ADOPTION,
        "last_start": latest_start(today, 10),
        "expiring": expiring_within_days,
        "expiring_until": after(expiring_within_days),
        "thirty_ago": after(-30),
        "sixty_ago": after(-60),
        "three_months": add_months(today, 3),
        "six_months": add_months(today, 6),
        "ahead_until": after(ahead.DAYS_AHEAD),
        "horizon": after(max(expiring_within_days, ahead.DAYS_AHEAD)),
    }


def _read(rows: list[list[Any]]) -> Standing:
    found = Standing()
    for part, name, level, _, code, about, lines, number in rows:
        match part:
            case "signal":
                found.signals.append(Key(name, level, code, about))
            case "signals":
                _count(found, name, level, code, Counted(lines, number))
            case "ahead":
                found.ahead.append(code)
            case "aheads":
                found.ahead_opened = number
            case "access":
                found.needed, found.in_place = lines, number
            case "stage":
                found.stages[name] = AtStage(lines, about, number)
    return found


def _count(found: Standing, rule: str | None, level: str | None, side: str | None, counted: Counted) -> None:
    """One line of the counts: what is None in it is summed over."""
    if rule and side == "closed":
        found.closed_by_rule[rule] = counted.residencies
    elif rule and side is None:
        found.by_rule[rule] = counted.residencies
    elif level == "now":
        found.now = counted
    elif side == "open" and rule is None:
        found.opened = counted
    elif not (rule or level or side):
        found.all = counted
