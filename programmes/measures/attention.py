"""What needs attention: signals R01, R02, R04, R14, R18 and R19, approvals that wait and conditions past their
day. Each is worded as something to do and names the page where it is put right (users.md decision 10). standing.sql
picks and counts by the same rules; both change together, and tests hold them to each other."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from programmes.measures.facts import Facts, Item
from programmes.measures.period import add_months, day_words, working_days_before

GRACE_AFTER_ADOPTION: Final = datetime.timedelta(days=60)  # "not recorded yet" is grey, never red
UNDERWAY: Final = ("collect", "analyse", "interpret", "share", "use", "evaluate")
PAST_DESIGN: Final = ("govern", *UNDERWAY)


class Key(NamedTuple):
    """Tells one signal of a programme from all others; `about` is the condition or project, 0 for everything else."""

    rule: str
    level: str
    code: str
    about: int


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
    about: int = 0

    @property
    def key(self) -> Key:
        return Key(self.rule, self.level, self.code, self.about)


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
RULE_WHEN: Final = {
    "R01": "From ten working days before the start. Pressing from the start on, while the permission to be on site "
    "is missing.",
    "R02": "From {days} days before the last day. Pressing once that day is over.",
    "R04": "After 30 days. Pressing once evidence is being collected.",
    "R14": "After three months. Pressing after six, or when a project is past its design. Only where the group has "
    "been recorded.",
    "R18": "After 30 days without a new sponsor. Pressing after 60.",
    "R19": "Six months before the end without a decision. Pressing three months before without a plan for the ending.",
}
ALWAYS_ON: Final = ("approval", "condition")


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
        if condition.due < today and not _is_over(facts):
            words = f"Ask {condition.owner} about this condition: {condition.what}"
            signal = _signal(facts, "condition", "now", words, "condition_met", condition.due, condition.pk)
            yield replace(signal, about=condition.pk)


@_rule("R01")
def _no_access(facts: Facts, today: datetime.date, expiring: int) -> Iterator[Signal]:
    """Soon from ten working days before the start; now from the start on, while the permission in law is missing."""
    if facts.stage not in ("onboarding", "active") or _just_adopted(facts, today):
        return
    missing = [
        item
        for item in facts.items
        if item.is_missing
        and not _another_permits(item, facts, today)
        and working_days_before(item.placement_start, 10) <= today
        and (item.placement_end is None or today < item.placement_end)
    ]
    if not missing:
        return
    missing.sort(key=lambda item: not item.is_permission)
    begun = [item for item in missing if item.placement_start <= today]
    level = "now" if any(item.is_permission for item in begun) else "soon"
    words = f"{'Started without' if begun else 'Starts soon without'} {_named(missing)}"
    start = min(item.placement_start for item in missing)
    yield _signal(facts, "R01", level, words, "access", start if begun else working_days_before(start, 10))


def _named(items: list[Item]) -> str:
    """ "letter of access, badge and 2 more things", the same kind once."""
    names = list(dict.fromkeys(item.name[:1].lower() + item.name[1:] for item in items))
    names = [name.replace("iT ", "IT ") for name in names]
    if len(names) > 3:
        names = [*names[:2], f"{len(names) - 2} more things"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


@_rule("R02")
def _lapse(facts: Facts, today: datetime.date, expiring: int) -> Iterator[Signal]:
    """One line for what has run out and one for what will; several things together lead to the page of all."""
    if facts.stage not in ("onboarding", "active", "paused", "closing"):
        return
    lapsing = sorted(
        (day, item.pk, item)
        for item in facts.items
        for day in [lapse_of(item, facts, today)]
        if day is not None
    )
    over = [(day, item) for day, _, item in lapsing if day < today]
    near = [(day, item) for day, _, item in lapsing if 0 <= (day - today).days <= expiring]
    for level, found, one, many, notice in (
        ("now", over, "ran out on", "ran out, the first on", 0),
        ("soon", near, "runs out on", "run out, the first on", expiring),
    ):
        if not found:
            continue
        day, item = found[0]
        since = day - datetime.timedelta(days=notice)
        if len(found) == 1:
            words = f"{item.name} {one} {day_words(day)}"
            yield _signal(facts, "R02", level, words, "access_item", since, item.pk)
        else:
            words = f"{item.name} and {len(found) - 1} more {many} {day_words(day)}"
            yield _signal(facts, "R02", level, words, "access", since)


def lapse_of(item: Item, facts: Facts, today: datetime.date) -> datetime.date | None:
    """The last day of something in place, if the post goes on after it and nothing else takes its place."""
    day, end = item.expires_on, item.placement_end
    if item.state != "in_place" or day is None:
        return None
    if end is not None and (end <= today or end <= day + datetime.timedelta(days=1)):
        return None
    return None if _another_permits(item, facts, max(today, day + datetime.timedelta(days=1))) else day


def _another_permits(item: Item, facts: Facts, on: datetime.date) -> bool:
    """Whether another permission in law for the same post and host holds on that day."""
    return item.is_permission and any(
        other.is_permission
        and other.pk != item.pk
        and (other.placement, other.host_pk, other.host) == (item.placement, item.host_pk, item.host)
        and other.holds_on(on)
        for other in facts.items
    )


@_rule("R04")
def _unclassified(facts: Facts, today: datetime.date, expiring: int) -> Iterator[Signal]:
    if facts.stage not in ("active", "paused", "closing") or _just_adopted(facts, today):
        return
    for project in facts.projects:
        if project.classified:
            continue
        if project.stage in UNDERWAY or (today - project.started_on).days > 30:
            level = "now" if project.stage in UNDERWAY else "soon"
            words = f"Say what kind of work “{project.title}” is: research, evaluation or audit"
            signal = _signal(facts, "R04", level, words, "project_edit", project.started_on, project.pk)
            yield replace(signal, about=project.pk)


@_rule("R14")
def _public_gap(facts: Facts, today: datetime.date, expiring: int) -> Iterator[Signal]:
    """Only once the guiding group has been entered: the known gap is otherwise everybody's."""
    if facts.stage != "active" or not facts.guiding_group_entered_on or not facts.started_on:
        return
    if facts.public_partners_in_guiding_group:
        return
    past_design = any(project.stage in PAST_DESIGN for project in facts.projects)
    pressing = past_design or add_months(facts.started_on, 6) <= today
    if pressing or add_months(facts.started_on, 3) <= today:
        since = max(facts.guiding_group_entered_on, add_months(facts.started_on, 3))
        words = "No member of the public has a say in how this is run"
        yield _signal(facts, "R14", "now" if pressing else "soon", words, "steering", min(since, today))


@_rule("R18")
def _sponsor_gone(facts: Facts, today: datetime.date, expiring: int) -> Iterator[Signal]:
    if facts.stage not in ("active", "paused") or not facts.sponsor_left_on:
        return
    gone = (today - facts.sponsor_left_on).days
    if gone >= 30:
        words = f"No executive sponsor since {day_words(facts.sponsor_left_on)}"
        level = "now" if gone >= 60 else "soon"
        yield _signal(facts, "R18", level, words, "steering", facts.sponsor_left_on)


@_rule("R19")
def _funding_cliff(facts: Facts, today: datetime.date, expiring: int) -> Iterator[Signal]:
    """A planned end that is over is a fact; a plan that nobody has entered gets the grace of adoption."""
    if facts.stage not in ("active", "paused") or facts.end is None:
        return
    if facts.end < today:
        words = f"Was to end on {day_words(facts.end)}: end it, or move the end"
        yield _signal(facts, "R19", "now", words, "steering", facts.end)
    elif _just_adopted(facts, today):
        return
    elif facts.end <= add_months(today, 3) and not facts.exit_plan_on:
        words = f"Ends on {day_words(facts.end)} and has no plan for the ending"
        yield _signal(facts, "R19", "now", words, "steering", add_months(facts.end, -3))
    elif facts.end <= add_months(today, 6) and not facts.end_decision_on:
        words = f"Ends on {day_words(facts.end)}: decide whether it goes on"
        yield _signal(facts, "R19", "soon", words, "steering", add_months(facts.end, -6))


def signals(
    facts: Iterable[Facts], *, today: datetime.date, rules_on: Iterable[str], expiring_within_days: int
) -> list[Signal]:
    """All signals of the residencies given, what presses now first, then the oldest. Approvals and conditions are
    always on; the rules are those that the programme has switched on."""
    on = {*ALWAYS_ON, *rules_on}
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


def _is_over(facts: Facts) -> bool:
    return facts.stage in ("ended", "legacy", "declined", "withdrawn", "terminated_early")
