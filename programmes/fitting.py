"""Whether the permission somebody holds covers the work of their projects (V-32): a question, never a verdict."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from embedded.nhsuk.words import start_low
from programmes.clearance import NHS_BODIES, is_live, lacks_permission
from programmes.models import (
    LEGAL_PERMISSIONS,
    AccessItem,
    AccessKind,
    AccessState,
    Classification,
    HostRule,
    Organisation,
    Placement,
    Project,
    RuleAsks,
)

# Researcher and host see it first (users.md decision 4); whoever leads sees it when nobody has answered by then
FIRST_TO_THEM: Final = datetime.timedelta(days=28)
OTHER_WORK: Final = (
    Classification.SERVICE_EVALUATION,
    Classification.AUDIT,
    Classification.SURVEILLANCE,
)


@dataclass(frozen=True)
class Question:
    """The one question on a post at a host, in sentences; `since` is when the first of its projects raised it."""

    placement: Placement
    host: Organisation
    sentences: tuple[str, ...]
    since: datetime.date


def question_for(
    placement: Placement,
    host: Organisation,
    *,
    items: Sequence[AccessItem],
    projects: Iterable[Project],
    rule: HostRule | None,
    on: datetime.date,
) -> Question | None:
    """V-32 of users.md decision 4: the kinds of the open projects against what is live at that host. The half on work
    that is not research is off until the host has stated its rule; what has no project is not looked at."""
    if placement.employer_id == host.pk or host.kind not in NHS_BODIES:
        return None
    here = [item for item in items if item.host_id == host.pk and item.kind in LEGAL_PERMISSIONS]
    held = [item for item in here if is_live(item, on)]
    open_now = [
        one for one in projects if one.started_on <= on and (one.ended_on is None or one.ended_on >= on)
    ]
    research = [one for one in open_now if one.classification == Classification.RESEARCH]
    other = [one for one in open_now if one.classification in OTHER_WORK]
    sentences: list[str] = []
    asked: list[Project] = []
    if research and not any(map(_covers_research, held)) and not _none_needed(placement, host, here, on):
        sentences.append(_of_research(placement, host, research, held))
        asked += research
    if other and rule is not None and not _covers_other(rule, here, held):
        sentences.append(_of_other(placement, host, other, held, rule))
        asked += other
    if not sentences:
        return None
    since = min(max(one.started_on, one.classified_on or one.started_on) for one in asked)
    return Question(placement, host, tuple(sentences), since)


def _covers_research(item: AccessItem) -> bool:
    """A letter of access and an honorary research contract do; an honorary contract unless it is said to be for work
    that is not clinical."""
    return item.kind != AccessKind.HONORARY_CONTRACT or item.is_clinical is not False


def _none_needed(
    placement: Placement, host: Organisation, items: Sequence[AccessItem], on: datetime.date
) -> bool:
    """Every permission listed is said to be unneeded: the host's recorded statement."""
    return not any(is_live(item, on) for item in items) and not lacks_permission(placement, host, items, on)


def _covers_other(rule: HostRule, items: Iterable[AccessItem], held: Sequence[AccessItem]) -> bool:
    if rule.asks in (RuleAsks.NOTHING, RuleAsks.DEPENDS):
        return True
    if rule.asks == RuleAsks.ANY_PERMISSION and held:
        return True
    contracts = [item for item in items if item.kind == AccessKind.HONORARY_CONTRACT]
    return any(item in held or item.state == AccessState.NOT_REQUIRED for item in contracts)


def _of_research(
    placement: Placement, host: Organisation, projects: Sequence[Project], held: Sequence[AccessItem]
) -> str:
    return (
        f"Does what {placement.person} holds at {host} cover research? {_titles(projects)} research. "
        f"Recorded here: {_held_words(held)}."
    )


def _of_other(
    placement: Placement,
    host: Organisation,
    projects: Sequence[Project],
    held: Sequence[AccessItem],
    rule: HostRule,
) -> str:
    return (
        f"Does what {placement.person} holds at {host} cover work that is not research? {_titles(projects)} of that "
        f"kind. {host} says what it asks for: {start_low(str(rule.get_asks_display()))}. "
        f"Recorded here: {_held_words(held)}."
    )


def _titles(projects: Sequence[Project]) -> str:
    named = " and ".join(f"“{one.title}”" for one in projects)
    return f"{named} {'is' if len(projects) == 1 else 'are'}"


def _held_words(held: Sequence[AccessItem]) -> str:
    if not held:
        return "no permission yet"
    return " and ".join(start_low(str(item.get_kind_display())) for item in held)
