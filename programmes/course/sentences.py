"""What happened as sentences: who, what, from what, to what, on which day; never the time of day."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import timezone

from embedded.audit.models import Event
from embedded.audit.recording import NOBODY
from embedded.nhsuk.words import day, start_high, start_low
from programmes.lifecycle import stage_word
from programmes.models import (
    AccessKind,
    ClosingKind,
    Condition,
    EndChange,
    EndDecision,
    PartChange,
    PostChange,
    Role,
    StageChange,
)


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
PAGES: Final = {
    "idea": "the title and the host",
    "purpose": "the problem and the decision",
    "difference": "what should be different",
    "dates": "the dates",
    "people": "the people",
    "home": "the academic home",
    "money": "the money",
    "topics": "the topics",
}
FIELDS: Final = {
    "planned_start": "the planned start",
    "planned_end": "the planned end",
    "decision_by": "the day of the decision",
    "days_a_week": "the days a week",
    "host": "the host",
    "academic_home": "the academic home",
    "host_manager_name": "the host manager",
    "academic_supervisor_name": "the academic supervisor",
    "researcher_name": "the person named",
    "direction": "the direction",
}


def step(change: StageChange) -> Line:
    verb = STEPS[change.to_stage]
    if (change.from_stage, change.to_stage) == ("scoping", "idea"):
        verb = "returned it"
    if (change.from_stage, change.to_stage) == ("paused", "active"):
        verb = "said that it goes on"
    words = f"{_who(change.by, change.on_behalf_of)} {verb}"
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
    if change.approved_by_name and change.approved_by_name != str(change.by):
        words += f". {change.approved_by_name} approved it"
    return _line(change.on, words, change.recorded_at, change.why)


def post(change: PostChange) -> Line:
    person = change.placement.person
    if change.successor is not None:
        words = f"{change.by} handed the post of {person} over to {change.successor.person}"
        return _line(change.on, f"{words} from {day(change.on)}", change.recorded_at)
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
    before = f" from {change.old_name}" if change.old_name else ""
    words = f"{change.by} changed the {called}{before} to {change.new_name}"
    return _line(change.on, words, change.recorded_at)


def event(one: Event, conditions: Mapping[int, Condition]) -> Line:
    who = "Somebody with a link" if one.who == NOBODY else one.who
    who += f" for {one.on_behalf_of}" if one.on_behalf_of else ""
    told = _DEEDS[one.deed]
    words = told(one, conditions) if callable(told) else told
    at = timezone.localtime(one.at).date()
    return Line(at, _whole(f"{who} {words}"))


def _registration(one: Event, _: Mapping[int, Condition]) -> str:
    """From what, to what, where the trail holds it: dates, numbers and names. Longer texts are only named."""
    told = [
        f"{FIELDS[name]} from {_kept(before)} to {_kept(after)}"
        for name, before, after in one.details.get("from_to", [])
        if name in FIELDS
    ]
    page = PAGES.get(str(one.details.get("page")), "the registration")
    return f"changed {', '.join(told)}" if told else f"saved {page} in the registration"


def _steering(one: Event, _: Mapping[int, Condition]) -> str:
    told = []
    if one.details.get("public_partners") is not None:
        told.append(f"members of the public in the guiding group: {one.details['public_partners']}")
    if decision := one.details.get("decision"):
        told.append(f"decision about the end: {start_low(str(EndDecision(decision).label))}")
    if agreed := one.details.get("exit_plan_on"):
        told.append(f"plan for the ending agreed on {_kept(agreed)}")
    return "saved who guides it and how it will end" + (f" ({'; '.join(told)})" if told else "")


def _condition_met(one: Event, conditions: Mapping[int, Condition]) -> str:
    found = conditions.get(int(one.details.get("condition", 0)))
    on = _kept(one.details.get("on"))
    return f"recorded a condition as met on {on}" + (f": {found.what}" if found else "")


def _closing(one: Event, _: Mapping[int, Condition]) -> str:
    kind = start_low(str(ClosingKind(one.details["kind"]).label))
    done = one.details.get("done_on")
    return f"recorded on the closing list: {kind}" + (
        f" (done on {_kept(done)})" if done else " (not done yet)"
    )


def _named(one: Event, _: Mapping[int, Condition]) -> str:
    start, end_ = one.details.get("start"), one.details.get("end")
    return f"made a post from {_kept(start)} to {_kept(end_)}, {one.details.get('wte')} of full time"


def _invited(verb: str) -> Callable[[Event, Mapping[int, Condition]], str]:
    def words(one: Event, _: Mapping[int, Condition]) -> str:
        role = one.details.get("role")
        return f"{verb} the invitation of {one.what}" if role in Role.values else f"{verb} an invitation"

    return words


def _access(one: Event, _: Mapping[int, Condition]) -> str:
    kind = start_low(str(dict(AccessKind.choices).get(str(one.details.get("kind")), "a thing")))
    return f"recorded {kind}: {_ACCESS[one.deed]}"


_ACCESS: Final = {
    "access.item_added": "needed",
    "access.owner_asked": "its owner was asked by link",
    "access.required": "needed",
    "access.requested": "asked for",
    "access.in_progress": "being dealt with",
    "access.in_place": "in place",
    "access.not_required": "not needed",
    "access.problem": "there is a problem",
    "access.refused": "refused",
    "access.revoked": "ended",
}
Told = str | Callable[[Event, Mapping[int, Condition]], str]
FOR_ALL: Final[dict[str, Told]] = {
    "residency.registration_saved": _registration,
    "residency.confirmed_by_manager": "confirmed the registration",
    "residency.copied": "copied it from an earlier one",
    "residency.adopted": "brought it in while it was running",
    "residency.person_named": _named,
    "residency.steering_saved": _steering,
    "residency.started_without_permission": "started it without a permission to be on site; the reason is kept "
    "with the post",
    "condition.met": _condition_met,
    "placement.accepted": "accepted the post",
    "closing.recorded": _closing,
    "looking_back.asked": "asked somebody by link what lasted",
    "looking_back.answered": "said what lasted",
    "project.added": "added a project",
    "project.changed": "changed a project",
    "use.recorded": "recorded a use in a decision",
    "use.confirmed": "confirmed a use in a decision",
}
FOR_THE_TEAM: Final[dict[str, Told]] = {
    "invitation.made": _invited("made"),
    "invitation.accepted": _invited("accepted"),
    "invitation.declined": _invited("declined"),
    "invitation.withdrawn": _invited("withdrew"),
}
OF_ACCESS: Final[dict[str, Told]] = dict.fromkeys(_ACCESS, _access)
_DEEDS: Final = FOR_ALL | FOR_THE_TEAM | OF_ACCESS
TELL: Final[dict[str, Callable[..., Line]]] = {
    "step": step,
    "end": end,
    "post": post,
    "part": part,
    "event": event,
}


def _who(by: object, on_behalf_of: object) -> str:
    return f"{by} for {on_behalf_of}" if on_behalf_of else str(by)


def _line(on: datetime.date, words: str, recorded_at: datetime.datetime | None, why: str = "") -> Line:
    recorded = timezone.localtime(recorded_at).date() if recorded_at else on
    return Line(on, _whole(words), recorded if recorded != on else None, why)


def _whole(words: str) -> str:
    return f"{start_high(words)}."


def _day(value: datetime.date | None) -> str:
    return day(value) if value else "no date"


def _shown(value: Any) -> str:
    return _day(value) if value is None or isinstance(value, datetime.date) else str(value)


def _kept(value: Any) -> str:
    """A fact as the trail keeps it: dates are text there."""
    try:
        return day(datetime.date.fromisoformat(str(value)))
    except ValueError:
        return str(value) if value else "nothing"
