"""What the page of a residency says that the records do not: how it stands, what concerns it, the ways on."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from embedded.nhsuk.words import day
from programmes import contracts, lacking
from programmes.access import Scope
from programmes.concerns import Concern
from programmes.home.finding import OVER, UNDER_WAY
from programmes.home.following import (
    Next,
    by_name,
    concerns_for,
    next_after_it_ended,
    next_step,
    next_while_it_runs,
    sooner,
)
from programmes.home.lines import dates
from programmes.in_order import confirm_by, is_to_confirm, not_in_order
from programmes.lacking import ToClose
from programmes.lifecycle import STAGE_COLOURS, Step, stage_word, steps_from
from programmes.models import (
    LEGAL_PERMISSIONS,
    AccessItem,
    AccessState,
    Condition,
    Residency,
    Stage,
    StageChange,
)

OVER_BEFORE_IT_BEGAN: Final = (Stage.DECLINED, Stage.WITHDRAWN)
BEGUN: Final = (*UNDER_WAY[1:], *OVER)
_CASES: Final = "What others can learn from it, once it is agreed"


@dataclass(frozen=True)
class ResidencyView:
    """The top of a residency's page and the ways on from it."""

    stage: str
    colour: str
    dates: str
    next: Next | None
    steps: list[Step]
    ways: list[tuple[str, str, str]]
    history: list[StageChange]
    conditions: list[Condition]
    may_list: bool
    may_meet: bool
    may_copy: bool
    not_recorded: bool
    concerns: list[Concern]
    problems: list[AccessItem]
    not_covered: str
    to_close: list[ToClose]


def residency_view(scope: Scope, residency: Residency, today: datetime.date) -> ResidencyView:
    word = stage_word(residency.stage)
    asks_access = residency.stage in UNDER_WAY and scope.can("see_access", residency)
    missing = missing_access(residency, today) if asks_access else []
    history = list(residency.stage_changes.select_related("by", "on_behalf_of"))
    conditions = list(residency.conditions.select_related("met_by"))
    not_covered = _not_covered(scope, residency, today)
    concerns, to_close = concerns_for(scope, residency), _to_close(scope, residency, today)
    next_thing = next_after_it_ended(scope, residency, not to_close)
    next_thing = next_thing or next_step(scope, residency, missing, returned=_came_back(history))
    next_thing = sooner(scope, residency, next_thing, conditions, concerns)
    next_thing = next_thing or next_while_it_runs(scope, residency, not_covered)
    return ResidencyView(
        stage=word,
        colour=STAGE_COLOURS[word],
        dates=dates(residency, today),
        next=by_name(next_thing, residency) if next_thing else None,
        steps=[step for step in steps_from(residency.stage) if _is_own_page(step, scope, residency)],
        ways=_ways(scope, residency, _access_hint(residency, missing, today), to_close),
        history=history,
        conditions=conditions,
        may_list=scope.can_in_programme("see_programme", residency.programme),
        may_meet=scope.can("edit_registration", residency),
        may_copy=residency.stage != Stage.IDEA and scope.can("register", residency),
        not_recorded=confirm_by(residency, today) is not None,
        concerns=concerns,
        problems=_problems(scope, residency, missing),
        not_covered=not_covered,
        to_close=to_close,
    )


def _not_covered(scope: Scope, residency: Residency, today: datetime.date) -> str:
    """V-20 while it runs, as a sentence; "" for who does not see agreements, and while it may still be recorded."""
    asked = residency.stage in UNDER_WAY[1:] and scope.can("see_agreements", residency)
    if not asked or confirm_by(residency, today) is not None:
        return ""
    return contracts.said_not_covered(list(residency.agreements.all()), today)


def _problems(scope: Scope, residency: Residency, missing: Sequence[AccessItem]) -> list[AccessItem]:
    """Where there is a problem with access, in the words of whoever sees to it; at the hosts that the reader sees."""
    found = [item for item in missing if item.state == AccessState.PROBLEM]
    hosts = scope.hosts_seen(residency) if found else []
    return [item for item in found if item.host in hosts]


def _to_close(scope: Scope, residency: Residency, today: datetime.date) -> list[ToClose]:
    """V-16, from when it begins to end: what is not done of the closing list, and access that the reader sees open."""
    if residency.stage not in (Stage.CLOSING, *OVER):
        return []
    hosts = scope.hosts_seen(residency) if scope.can("see_access", residency) else []
    access = [item for item in lacking.access_to_close(residency, today) if item.host in hosts]
    return lacking.on_closing_list(residency) + [
        ToClose(
            f"{item.get_kind_display()} for {item.placement.person} at {item.host}", item.owner_name, None
        )
        for item in access
    ]


def _came_back(history: Sequence[StageChange]) -> bool:
    return bool(history) and history[-1].from_stage == Stage.SCOPING and history[-1].to_stage == Stage.IDEA


def missing_access(residency: Residency, today: datetime.date) -> list[AccessItem]:
    """What is not in order: first what is missing, then what waits to be confirmed; permissions in law before all."""
    items = AccessItem.objects.filter(not_in_order(today), placement__residency=residency)
    return sorted(
        items.select_related("placement__person", "host"),
        key=lambda item: (is_to_confirm(item, residency, today), item.kind not in LEGAL_PERMISSIONS),
    )


def _is_own_page(step: Step, scope: Scope, residency: Residency) -> bool:
    """Steps that are taken on the page `step`; approving, naming and starting have pages of their own."""
    elsewhere = ("submit", "approve", "return", "decline", "appoint", "start")
    return step.name not in elsewhere and scope.can(step.permission, residency)


def _ways(
    scope: Scope, residency: Residency, access_hint: str, to_close: Sequence[ToClose]
) -> list[tuple[str, str, str]]:
    """(text, address, hint) of the pages that the person may open from here and that can hold something by now:
    what one does most first, then what came of it, then what it stands on."""
    posts, begun = bool(residency.placements.all()), residency.stage in BEGUN
    over = residency.stage in OVER
    ending = residency.stage == Stage.CLOSING or bool(to_close)
    offered = [
        (posts, "log", "Log what you did", "log", "Fifteen seconds: what, how long, kind"),
        (posts, "see_focus", "A clear line of work", "focus", _focus_hint(scope, residency)),
        (posts and not over, "log", "How is it going?", "pulse", "Three questions a month, for yourself"),
        (
            posts and not over,
            "log",
            "Settling in",
            "settling",
            "Who is who, what is missing, your first 100 days",
        ),
        (posts, "see_supervision", "Supervision", "supervision", "Who met, on both sides, and when next"),
        (begun, "see_log_months", "Activity by month", "log_months", _months_hint(scope, residency)),
        (
            posts or begun,
            "see_residency",
            "Projects and partners",
            "projects",
            "What is worked on, with whom",
        ),
        (begun, "see_residency", "Used in decisions", "uses", "What was used, and in which decision"),
        (begun, "write_case", "Case studies", "cases", _CASES),
        (begun, "check_case", "Case studies", "cases", _CASES),
        (begun, "see_residency", "Notes shared with you", "notes", "Those that name you as a reader"),
        (posts, "see_access", "Access", "access", access_hint),
        (True, "see_agreements", "Agreements", "agreements", "How we work together, and the contracts"),
        (
            True,
            "see_plan",
            "Planning together",
            "planning",
            "Ten plain questions, and what changed since",
        ),
        (
            residency.stage not in OVER_BEFORE_IT_BEGAN,
            "see_residency",
            "Job description",
            "job_description",
            "What the post is for, its duties and who could do it",
        ),
        (True, "see_programme", "Registration", "registration", "What was asked for and what was decided"),
        (True, "set_up", "Who guides it, and how it will end", "steering", "The group, the sponsor, the end"),
        (True, "edit_projects", "Shelf of links", "shelf", "Folders, minutes and plans kept elsewhere"),
        (posts, "see_programme", "Posts and parts", "posts", "Who has them, and who takes over"),
        (ending, "set_up", "The closing list", "ending", "What is seen to before it ends"),
        (over, "see_residency", "Looking back", "looking_back", "What lasted, six and twelve months on"),
        (True, "see_residency", "What comes next", "course", "What is still to come, who, by when"),
        (True, "see_residency", "History", "history", "Who changed what, and when"),
        (True, "see_residency", "Brief for a call", "brief", "One page to read or print before you ring"),
    ]
    args = [residency.programme.slug, residency.code]
    return [
        (text, reverse(name, args=args), hint)
        for now, permission, text, name, hint in offered
        if now and scope.can(permission, residency)
    ]


def _focus_hint(scope: Scope, residency: Residency) -> str:
    own = scope.can("log", residency)
    return "What you were asked for, the scope, the time" if own else "The scope, and what the time is for"


def _months_hint(scope: Scope, residency: Residency) -> str:
    own = scope.can("log", residency)
    return "What your host and your lead see of your log" if own else "Whole months, kinds and totals"


def _access_hint(residency: Residency, missing: Sequence[AccessItem], today: datetime.date) -> str:
    if not missing:
        return "Permission to be on site, and what goes with it"
    confirming = [item for item in missing if is_to_confirm(item, residency, today)]
    lacking = [item for item in missing if item not in confirming]
    told = [f"Not in place: {_kinds(lacking)}"] if lacking else []
    if confirming:
        told.append(f"To be confirmed by {day(confirm_by(residency, today))}: {_kinds(confirming)}")
    return ". ".join(told)


def _kinds(items: Sequence[AccessItem]) -> str:
    return ", ".join(dict.fromkeys(item.get_kind_display() for item in items))
