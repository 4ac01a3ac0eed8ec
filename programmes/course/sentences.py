"""Dated rows as sentences: who, what, from what, to what, on which day; never the time of day."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from embedded.nhsuk.words import day, start_high, start_low
from programmes.lifecycle import stage_word
from programmes.models import Correction, EndChange, PartChange, PostChange, StageChange


@dataclass(frozen=True)
class Line:
    """A day and a sentence; `recorded` is the day it was written down where that is another; `why` was given."""

    day: datetime.date
    words: str
    recorded: datetime.date | None = None
    why: str = ""


STEPS: Final = {
    "idea": "registered the idea",
    "scoping": "sent it for approval",
    "approved": "approved it",
    "recruiting": "began recruiting",
    "onboarding": "named the person",
    "active": "started it",
    "paused": "paused it",
    "closing": "began to end it",
    "ended": "ended it",
    "legacy": "began to look back",
    "declined": "declined it",
    "withdrawn": "withdrew it",
    "terminated_early": "stopped it early",
}


def step(change: StageChange, named: str = "") -> Line:
    """`named`: who was named first, for the step at which somebody was."""
    verb = STEPS[change.to_stage]
    if named and change.to_stage == "onboarding":
        verb = f"named {named}"
    if (change.from_stage, change.to_stage) == ("scoping", "idea"):
        verb = "returned it"
    if (change.from_stage, change.to_stage) == ("paused", "active"):
        verb = "said that it goes on"
    words = f"{_who(change.by, change.on_behalf_of)} {verb}"
    if change.ended_reason and change.to_stage == "terminated_early":
        words += f" ({start_low(change.get_ended_reason_display())})"
    if change.with_conditions:
        words += " with conditions"
    words += _between(change)
    if change.review_on:
        words += f". To be looked at again on {day(change.review_on)}"
    if change.kept_at:
        words += f". Kept at {change.kept_at}"
    return _line(change.on, words, change.recorded_at, change.why)


def _between(change: StageChange) -> str:
    before = stage_word(change.from_stage) if change.from_stage else ""
    after = stage_word(change.to_stage)
    return f", from “{before}” to “{after}”" if before and before != after else ""


def end(change: EndChange) -> Line:
    words = f"{change.by} moved the end from {_day(change.old_end)} to {day(change.new_end)}"
    if change.old_end is None:
        words = f"{change.by} recorded that it ends on {day(change.new_end)}"
    if change.approved_by_name and change.approved_by_name != str(change.by):
        words += f". {change.approved_by_name} approved it"
    return _line(change.on, words, change.recorded_at, change.why)


def post(change: PostChange) -> Line:
    person = change.placement.person
    if change.successor is not None:
        words = f"{change.by} handed the post of {person} over to {change.successor.person}"
        return _line(change.on, f"{words} from {day(change.on)}", change.recorded_at)
    if change.placement.is_withdrawn and change.new_end == change.placement.start + datetime.timedelta(
        days=1
    ):
        words = f"{change.by} withdrew the post of {person}, which had not begun"
        return _line(change.on, words, change.recorded_at)
    changed = [
        f"{called} from {_shown(before)} to {_shown(after)}"
        for called, before, after in (
            ("the share of full time", change.old_wte, change.new_wte),
            ("the start", change.old_start, change.new_start),
            ("the end", change.old_end, change.new_end),
        )
        if before != after
    ]
    words = f"{change.by} changed the post of {person}: {', '.join(changed)}"
    return _line(change.on, words, change.recorded_at)


def part(change: PartChange) -> Line:
    called = change.get_part_display().lower()
    if change.old_name:
        words = f"{change.by} changed the {called} from {change.old_name} to {change.new_name}"
    else:
        words = f"{change.by} named {change.new_name} as {called}"
    return _line(change.on, words, change.recorded_at)


def correction(change: Correction) -> Line:
    told = []
    if change.new_start:
        told.append(f"the start from {_day(change.old_start)} to {day(change.new_start)}")
    if change.new_days:
        before = _number(change.old_days) if change.old_days else "nothing"
        told.append(f"the days a week from {before} to {_number(change.new_days)}")
    return _line(change.on, f"{change.by} corrected {' and '.join(told)}", change.recorded_at, change.why)


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _who(by: object, on_behalf_of: object) -> str:
    return f"{by} for {on_behalf_of}" if on_behalf_of else str(by)


def _line(on: datetime.date, words: str, recorded_at: datetime.datetime | None, why: str = "") -> Line:
    recorded = timezone.localtime(recorded_at).date() if recorded_at else on
    return Line(on, whole(words), recorded if recorded != on else None, why)


def whole(words: str) -> str:
    return f"{start_high(words)}."


def _day(value: datetime.date | None) -> str:
    return day(value) if value else "no date"


def _shown(value: Any) -> str:
    return _day(value) if value is None or isinstance(value, datetime.date) else str(value)


def kept(value: Any) -> str:
    """A fact as the trail keeps it: dates are text there."""
    try:
        return day(datetime.date.fromisoformat(str(value)))
    except ValueError:
        return str(value) if value else "nothing"
