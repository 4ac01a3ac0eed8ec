"""What needs attention: signals R01, R02, R04, R14, R18 and R19, approvals that wait and conditions past their
day. Each is worded as something to do and names the page where it is put right (users.md decision 10)."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from programmes.measures.period import add_months, working_days_before

GRACE_AFTER_ADOPTION: Final = datetime.timedelta(days=60)  # "not recorded yet" is grey, never red
MOST_LINES: Final = 10


@dataclass(frozen=True)
class Item:
    """An access item: what it is called, whether it permits being on site in law, its state and last day."""

    pk: int
    name: str
    is_permission: bool
    state: str
    expires_on: datetime.date | None
    placement_start: datetime.date
    placement_end: datetime.date | None
    host: str = ""


@dataclass(frozen=True)
class OpenProject:
    pk: int
    title: str
    classified: bool
    stage: str
    started_on: datetime.date


@dataclass(frozen=True)
class OpenCondition:
    pk: int
    what: str
    owner: str
    due: datetime.date


@dataclass(frozen=True)
class Facts:
    """All that the rules look at, of one residency. `stage` is the fine state."""

    slug: str
    code: str
    title: str
    stage: str
    planned_start: datetime.date | None = None
    started_on: datetime.date | None = None
    end: datetime.date | None = None
    adopted_on: datetime.date | None = None
    submitted_on: datetime.date | None = None
    guiding_group_entered_on: datetime.date | None = None
    public_partners_in_guiding_group: int = 0
    sponsor_left_on: datetime.date | None = None
    end_decision_on: datetime.date | None = None
    exit_plan_on: datetime.date | None = None
    items: tuple[Item, ...] = ()
    projects: tuple[OpenProject, ...] = ()
    conditions: tuple[OpenCondition, ...] = ()


@dataclass(frozen=True)
class Signal:
    """One line of the list. `page` and `args` name the address where it is put right; `since` orders the list."""

    rule: str
    code: str
    title: str
    level: str  # "now" or "soon"
    words: str
    page: str
    args: tuple[object, ...]
    since: datetime.date


Rule = Callable[[Facts, datetime.date, int], Iterator[Signal]]
RULES: dict[str, Rule] = {}
RULE_WORDS: Final = {
    "approval": "Waiting for approval",
    "condition": "A condition of approval is past its day",
    "R01": "Access is not in place near or after the start",
    "R02": "A permission or check runs out",
    "R04": "Nobody has said what kind of work a project is",
    "R14": "No public partner in the group that guides it",
    "R18": "The executive sponsor has gone",
    "R19": "The end is near and nothing is decided",
}


def _rule(name: str) -> Callable[[Rule], Rule]:
    def register(rule: Rule) -> Rule:
        RULES[name] = rule
        return rule

    return register


def _signal(
    facts: Facts, rule: str, level: str, words: str, page: str, since: datetime.date, *more: object
) -> Signal:
    return Signal(rule, facts.code, facts.title, level, words, page, (facts.slug, facts.code, *more), since)


@_rule("approval")
def _approval(facts: Facts, today: datetime.date, expiring: int) -> Iterator[Signal]:
    if facts.stage == "scoping" and facts.submitted_on:
        yield _signal(facts, "approval", "now", "Approve it, or return it", "approval", facts.submitted_on)


@_rule("condition")
def _condition(facts: Facts, today: datetime.date, expiring: int) -> Iterator[Signal]:
    for condition in facts.conditions:
        if condition.due < today:
            words = f"Ask {condition.owner} about this condition: {condition.what}"
            yield _signal(facts, "condition", "now", words, "condition_met", condition.due, condition.pk)


def _missing(items: Iterable[Item]) -> list[Item]:
    return [item for item in items if item.state not in ("in_place", "not_required")]


@_rule("R01")
def _no_access(facts: Facts, today: datetime.date, expiring: int) -> Iterator[Signal]:
    """Soon from ten working days before the start; now from the start on, while the permission in law is missing."""
    if facts.stage not in ("onboarding", "active") or _just_adopted(facts, today):
        return
    missing = [
        item
        for item in _missing(facts.items)
        if working_days_before(item.placement_start, 10) <= today
        and (item.placement_end is None or today < item.placement_end)
    ]
    if not missing:
        return
    started = [item for item in missing if item.placement_start <= today]
    level = "now" if any(item.is_permission for item in started) else "soon"
    names = ", ".join(item.name.lower() for item in missing[:3]) + (" and more" if len(missing) > 3 else "")
    words = f"{'Started without' if started else 'Starts soon without'}: {names}"
    yield _signal(facts, "R01", level, words, "access", min(item.placement_start for item in missing))


@_rule("R02")
def _lapse(facts: Facts, today: datetime.date, expiring: int) -> Iterator[Signal]:
    if facts.stage not in ("onboarding", "active", "paused", "closing"):
        return
    for item in facts.items:
        if item.state != "in_place" or item.expires_on is None:
            continue
        if item.placement_end and item.placement_end <= min(today, item.expires_on):
            continue
        left = (item.expires_on - today).days
        if left < 0:
            words = f"{item.name} ran out on {_day(item.expires_on)}"
            yield _signal(facts, "R02", "now", words, "access_item", item.expires_on, item.pk)
        elif left <= expiring:
            words = f"{item.name} runs out on {_day(item.expires_on)}"
            yield _signal(facts, "R02", "soon", words, "access_item", item.expires_on, item.pk)


@_rule("R04")
def _unclassified(facts: Facts, today: datetime.date, expiring: int) -> Iterator[Signal]:
    underway = ("collect", "analyse", "interpret", "share", "use", "evaluate")
    if facts.stage not in ("active", "paused", "closing"):
        return
    for project in facts.projects:
        if project.classified:
            continue
        if project.stage in underway or (today - project.started_on).days > 30:
            level = "now" if project.stage in underway else "soon"
            words = f"Say what kind of work “{project.title}” is: research, evaluation or audit"
            yield _signal(facts, "R04", level, words, "project_edit", project.started_on, project.pk)


@_rule("R14")
def _public_gap(facts: Facts, today: datetime.date, expiring: int) -> Iterator[Signal]:
    """Only once the guiding group has been entered: the known gap is otherwise everybody's."""
    if facts.stage != "active" or not facts.guiding_group_entered_on or not facts.started_on:
        return
    if facts.public_partners_in_guiding_group == 0 and add_months(facts.started_on, 3) <= today:
        level = "now" if add_months(facts.started_on, 6) <= today else "soon"
        words = "No member of the public has had a say in how this is run"
        yield _signal(facts, "R14", level, words, "steering", facts.guiding_group_entered_on)


@_rule("R18")
def _sponsor_gone(facts: Facts, today: datetime.date, expiring: int) -> Iterator[Signal]:
    if facts.stage not in ("active", "paused") or not facts.sponsor_left_on:
        return
    gone = (today - facts.sponsor_left_on).days
    if gone >= 30:
        words = f"No executive sponsor since {_day(facts.sponsor_left_on)}"
        yield _signal(facts, "R18", "now" if gone >= 60 else "soon", words, "steering", facts.sponsor_left_on)


@_rule("R19")
def _funding_cliff(facts: Facts, today: datetime.date, expiring: int) -> Iterator[Signal]:
    if facts.stage not in ("active", "paused") or facts.end is None:
        return
    if facts.end <= add_months(today, 3) and not facts.exit_plan_on:
        words = f"Ends on {_day(facts.end)}: there is no plan for the ending"
        yield _signal(facts, "R19", "now", words, "steering", add_months(facts.end, -3))
    elif facts.end <= add_months(today, 6) and not facts.end_decision_on:
        words = f"Ends on {_day(facts.end)}: decide whether it goes on"
        yield _signal(facts, "R19", "soon", words, "steering", add_months(facts.end, -6))


def signals(
    facts: Iterable[Facts], *, today: datetime.date, rules_on: Iterable[str], expiring_within_days: int
) -> list[Signal]:
    """All signals of the residencies given, what presses now first, then the oldest. Approvals and conditions are
    always on; the rules are those that the programme has switched on."""
    on = {"approval", "condition", *rules_on}
    found = [
        signal
        for one in facts
        for name, rule in RULES.items()
        if name in on
        for signal in rule(one, today, expiring_within_days)
    ]
    return sorted(found, key=lambda signal: (signal.level != "now", signal.since, signal.code))


def _just_adopted(facts: Facts, today: datetime.date) -> bool:
    return facts.adopted_on is not None and today < facts.adopted_on + GRACE_AFTER_ADOPTION


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
