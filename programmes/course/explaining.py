"""What comes next, before it is tried: each step in a sentence, who may take it, and what is still to come."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from programmes import lacking
from programmes.access import ROLES, Scope
from programmes.clearance import lacks_permission, missing
from programmes.course.actions import OVER
from programmes.lifecycle import Step, steps_from
from programmes.models import (
    LEGAL_PERMISSIONS,
    AccessItem,
    Residency,
    Stage,
)

BEFORE_START: Final = (Stage.APPROVED, Stage.RECRUITING, Stage.ONBOARDING)
MEANS: Final = {
    "submit": "Those who decide are told. It can be changed until they have decided.",
    "approve": "It can be set up. What is missing becomes a condition with an owner and a date.",
    "return": "It is an idea again. It can be changed and sent once more.",
    "decline": "It ends here, with the reason.",
    "recruit": "The post is advertised. Nobody has to be named yet.",
    "appoint": "The person gets an invitation, and their access is listed.",
    "start": "The first day. Practical things may be missing; a missing permission to be on site needs a reason.",
    "pause": "It rests until a day that you name, with the reason. Everything is kept: posts, access, log.",
    "resume": "It goes on where it was.",
    "begin_ending": "The closing list opens. Logging goes on until the end.",
    "end": "The last day. What is still on the closing list stays there to be done.",
    "look_back": "Six and twelve months after the end we ask what lasted.",
    "stop_early": "It ends before it was planned to, with the reason. Everything is kept.",
    "withdraw": "It is given up before it started, with the reason. It is kept, never deleted.",
}
MAY_BE_ASKED: Final = "It can be approved without; then it becomes a condition"
EXTEND: Final = (
    "Move the end",
    "A new end, with the reason and who approved it. The earlier end is kept; posts that ended with it go on.",
)
AGREE: Final = (
    "Agree when it ends",
    "Its end, with how it was agreed and who approved it, or another day to look at it again.",
)


@dataclass(frozen=True)
class StillToCome:
    """Something that is not there yet: what, who sees to it, by when. None of it stops anybody, unless it says so."""

    what: str
    who: str
    by: datetime.date | None = None


@dataclass(frozen=True)
class Possible:
    """A step from here: its words, what it means, who may take it, whether a reason is asked, and its name for those
    who may take it ("" for others)."""

    words: str
    means: str
    who: str
    asks_why: bool
    name: str


def possible_steps(scope: Scope, residency: Residency) -> list[Possible]:
    """All that lead out of this stage, extending among them."""
    found = [_possible(scope, residency, step) for step in steps_from(residency.stage)]
    if residency.stage in (Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING):
        name = "extend" if scope.can("steer", residency) else ""
        moved = residency.planned_end is not None
        found.append(Possible(*(EXTEND if moved else AGREE), _who_may("steer"), moved, name))
    return found


def _possible(scope: Scope, residency: Residency, step: Step) -> Possible:
    may = scope.can(step.permission, residency)
    words = f"Name the {residency.programme.researcher_word}" if step.name == "appoint" else step.words
    return Possible(
        words, MEANS[step.name], _who_may(step.permission), step.asks_why, step.name if may else ""
    )


def _who_may(permission: str) -> str:
    """The roles that hold a permission, as people read them."""
    names = [role.role.label for role in ROLES.values() if permission in role.permissions]
    words = [
        str(names[0]),
        *(name if name[:2].isupper() else name[0].lower() + name[1:] for name in names[1:]),
    ]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def still_to_come(scope: Scope, residency: Residency, today: datetime.date) -> list[StillToCome]:
    """What the next step looks at, soonest first; rules V-10 to V-16 as users.md decision 2 applies them."""
    found = list(_of_stage(scope, residency, today))
    return sorted(found, key=lambda one: (one.by is None, one.by or today, one.what))


def _of_stage(scope: Scope, residency: Residency, today: datetime.date) -> Iterator[StillToCome]:
    stage, manager = residency.stage, residency.host_manager_name or "Host manager"
    if stage == Stage.IDEA:
        yield StillToCome("What the registration asks for", manager, residency.planned_start)
    if stage in (Stage.IDEA, Stage.SCOPING):
        for one in lacking.at_approval(residency, today):
            yield StillToCome(f"{one.words}. {MAY_BE_ASKED}", manager, residency.planned_start)
    if stage == Stage.SCOPING:
        yield StillToCome("The decision: approve, return or decline", "Programme lead")
    if stage in (*BEFORE_START, Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING):
        for condition in residency.conditions.filter(met_on=None):
            yield StillToCome(f"Condition: {condition.what}", condition.owner_name, condition.due)
    if stage in BEFORE_START:
        yield from _after_approval(residency, today, manager)
    if stage in (Stage.APPROVED, Stage.RECRUITING):  # V-12
        words = f"The {residency.programme.researcher_word}, with dates within {_span(residency)}"
        yield StillToCome(words, manager, residency.planned_start)
    if stage == Stage.ONBOARDING:
        yield from _before_starting(scope, residency, today)
    if stage in (Stage.ACTIVE, Stage.PAUSED):
        yield from _before_ending(residency)
    if stage in (Stage.CLOSING, *OVER):
        yield from _at_the_end(scope, residency, today)
    if residency.review_on and stage in OVER:
        yield StillToCome("Looking back: what lasted?", "Programme lead or host manager", residency.review_on)
    elif residency.review_on and stage != Stage.PAUSED:
        words = "It is looked at again" if residency.planned_end else "When it ends, or when to look again"
        yield StillToCome(words, "Programme lead", residency.review_on)


def _after_approval(residency: Residency, today: datetime.date, manager: str) -> Iterator[StillToCome]:
    """V-11 and V-20 until it starts, unless a condition says the same already; V-10 was for the decision."""
    asked = set(residency.conditions.values_list("what", flat=True))
    for one in lacking.at_approval(residency, today):
        named = one.rule == "V-11" and residency.stage == Stage.ONBOARDING
        if one.rule != "V-10" and one.words not in asked and not named:
            yield StillToCome(one.words, manager, residency.planned_start)


def _span(residency: Residency) -> str:
    start, end = residency.planned_start, residency.planned_end
    if start is None or end is None:
        return "those of the registration"
    return f"{start.day} {start:%B %Y} to {end.day} {end:%B %Y}"


def _before_starting(scope: Scope, residency: Residency, today: datetime.date) -> Iterator[StillToCome]:
    """V-13: what access lacks at the hosts that the reader sees; a permission in law says what it takes without."""
    posts = residency.placements.select_related("person").prefetch_related("access_items__host")
    hosts = scope.hosts_seen(residency)
    for post in posts:
        if post.end is not None and post.end <= today:
            continue
        if post.accepted_on is None:
            yield StillToCome(f"{post.person} accepts the post", str(post.person), post.start)
        items = [item for item in post.access_items.all() if item.host in hosts]
        unlawful = [host for host in hosts if lacks_permission(post, host, items, today)]
        for item in missing(items, today):
            legal = item.kind in LEGAL_PERMISSIONS and item.host in unlawful
            words = f"{item.get_kind_display()} for {post.person} at {item.host}"
            words += ". Without it, starting needs a named person’s reason" if legal else ""
            yield StillToCome(words, item.owner_name or "Nobody named yet", item.due)


def _before_ending(residency: Residency) -> Iterator[StillToCome]:
    """V-15, and whether it goes on."""
    if residency.stage == Stage.PAUSED:
        yield StillToCome("Whether it goes on", "Programme lead", residency.review_on)
    if residency.planned_end and not residency.end_decision:
        yield StillToCome(
            "Whether it ends as planned or is extended", "Programme lead", residency.planned_end
        )
    if residency.exit_plan_on is None:
        yield StillToCome("The plan for the ending", "Programme lead", residency.planned_end)


def _at_the_end(scope: Scope, residency: Residency, today: datetime.date) -> Iterator[StillToCome]:
    """V-16: the closing list, and access that is open without a last day."""
    for task in lacking.on_closing_list(residency):
        yield StillToCome(task.words, task.who or "Nobody named yet", task.due or residency.end)
    for item in open_access(scope, residency, today):
        words = f"{item.get_kind_display()} for {item.placement.person} at {item.host} is closed"
        yield StillToCome(words, item.owner_name or "Nobody named yet", residency.end)


def open_access(scope: Scope, residency: Residency, today: datetime.date) -> list[AccessItem]:
    """V-16: access that would have to be closed; only at hosts that the reader sees."""
    hosts = scope.hosts_seen(residency)
    return [item for item in lacking.access_to_close(residency, today) if item.host in hosts]


def has_closing_list(scope: Scope, residency: Residency, today: datetime.date) -> bool:
    """While it is ending; and after that for as long as anything on it is open."""
    if residency.stage in OVER:
        return bool(lacking.on_closing_list(residency) or open_access(scope, residency, today))
    return residency.stage == Stage.CLOSING
