"""What is next in a residency, whose it is and by when: at every stage, in words and by name."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import prefetch_related_objects
from django.urls import reverse

from programmes.access import Scope, leads_of
from programmes.concerns import Concern, concerns_of
from programmes.home.finding import OVER, UNDER_WAY
from programmes.in_order import is_to_confirm, said_missing
from programmes.models import AccessItem, AccessState, Condition, Residency, Stage

SEND: Final = "Fill in the registration and send it"
BEFORE_THE_END: Final = datetime.timedelta(days=183)  # half a year, as R19 looks ahead


@dataclass(frozen=True)
class Next:
    """The next thing to do, whose it is, the page on which to do it if the person may, and by when."""

    words: str
    whose: str
    url: str = ""
    due: datetime.date | None = None


def next_step(
    scope: Scope, residency: Residency, missing: Sequence[AccessItem] = (), *, returned: bool = False
) -> Next | None:
    """What is next, by stage; the address only for those who may do it. `returned`: it came back with a reason."""
    args = [residency.programme.slug, residency.code]
    word = residency.programme.residency_word
    waiting = next((one for one in residency.placements.all() if one.accepted_on is None), None)

    def to(words: str, whose: str, name: str, permission: str, due: datetime.date | None = None) -> Next:
        return Next(words, whose, reverse(name, args=args) if scope.can(permission, residency) else "", due)

    start, again = residency.planned_start, residency.review_on
    if residency.stage == Stage.IDEA:
        words = "Read why it was returned, and send it again" if returned else SEND
        return to(words, "host manager", "registration", "edit_registration", start)
    if residency.stage == Stage.SCOPING:
        return to("Approve it, or return it", "programme lead", "approval", "approve")
    if residency.stage in (Stage.APPROVED, Stage.RECRUITING):
        return to("Name the person", "host manager", "appoint", "set_up", start)
    if residency.stage in OVER and again:
        whose = "programme lead or host manager"
        return to("Look back: what lasted?", whose, "looking_back", "record_use", again)
    if residency.stage not in UNDER_WAY:
        return None
    if waiting:
        adopted = residency.adopted_on is not None and waiting.start <= residency.adopted_on
        due = None if adopted else waiting.start  # nobody could accept it before it was brought in
        return to("Accept the post", str(waiting.person), "accept", "accept", due)
    if residency.stage == Stage.ONBOARDING:
        return to(f"Start the {word}", "host manager", "start", "set_up", start)
    if residency.stage == Stage.PAUSED:
        return to("Say whether it goes on", "programme lead", "course", "steer", again)
    if residency.stage == Stage.CLOSING:
        return to("Go through the closing list", "host manager", "ending", "set_up", residency.planned_end)
    if missing:
        item = missing[0]
        says_its_day = item.state == AccessState.IN_PLACE or is_to_confirm(item, residency, scope.today)
        words, due = said_missing(item, residency, scope.today), None if says_its_day else item.due
        return to(words, item.owner_name or "host manager", "access", "see_access", due)
    return None


def sooner(
    scope: Scope,
    residency: Residency,
    own: Next | None,
    conditions: Iterable[Condition],
    concerns: Sequence[Concern],
) -> Next | None:
    """The step of its stage, unless an open condition or an agreement has a day before it; before a step without a
    day comes only what is overdue."""
    if residency.stage not in (Stage.APPROVED, Stage.RECRUITING, *UNDER_WAY):
        return own
    args = [residency.programme.slug, residency.code]
    may, dated = scope.can("edit_registration", residency), []
    for one in conditions:
        if one.met_on is None:
            url = reverse("condition_met", args=[*args, one.pk]) if may else ""
            dated.append((one.due, Next(f"Meet a condition: {one.what}", one.owner_name, url, one.due)))
    url = reverse("agreements", args=args) if scope.can("edit_agreements", residency) else ""
    dated += [(one.due, Next(one.words, "host manager", url, one.due)) for one in concerns if one.due]
    if not dated:
        return own
    due, first = min(dated, key=lambda pair: pair[0])
    return first if own is None or due < (own.due or scope.today) else own


def concerns_for(scope: Scope, residency: Residency) -> list[Concern]:
    """V-21, and agreements that end or are to be looked at soon, while it is set up or goes on."""
    if residency.stage not in UNDER_WAY or not scope.can("see_agreements", residency):
        return []
    prefetch_related_objects([residency], "agreements")
    return concerns_of(residency, list(residency.agreements.all()), scope.today)


def next_after_it_ended(scope: Scope, residency: Residency, is_closed: bool) -> Next | None:
    """The closing list goes on until it is done, or until it is time to look back."""
    again = residency.review_on
    if is_closed or residency.stage not in OVER or (again and again <= scope.today):
        return None
    args, may = [residency.programme.slug, residency.code], scope.can("set_up", residency)
    url = reverse("ending", args=args) if may else ""
    return Next("Go through the closing list", "host manager", url, residency.end)


def next_while_it_runs(scope: Scope, residency: Residency, not_covered: str) -> Next | None:
    """What is next while it runs, no access is missing and nothing has a day: what becomes of it once that is near,
    an agreement that is missing (V-20); then what becomes of it later."""
    if residency.stage != Stage.ACTIVE:
        return None
    args = [residency.programme.slug, residency.code]
    decides_soon = _is_near(residency.end, scope.today) and residency.end_decision_on is None
    if not_covered and not decides_soon:
        url = reverse("agreements", args=args) if scope.can("edit_agreements", residency) else ""
        return Next("Sign or record the missing agreement", "host manager", url)
    return _next_about_the_end(scope, residency)


def _is_near(end: datetime.date | None, today: datetime.date) -> bool:
    return end is not None and end - today < BEFORE_THE_END


def _next_about_the_end(scope: Scope, residency: Residency) -> Next:
    """What becomes of it, with a page to press on once that is near."""
    args, end = [residency.programme.slug, residency.code], residency.end
    may, near = scope.can("steer", residency), _is_near(residency.end, scope.today)
    if end is None:
        url = reverse("step", args=[*args, "extend"]) if may else ""
        return Next("Agree when it ends", "programme lead", url, residency.review_on)
    steering = reverse("steering", args=args) if may and near else ""
    if residency.end_decision_on is None:
        due = end if near else end - BEFORE_THE_END
        return Next("Decide whether it goes on or ends", "programme lead", steering, due)
    if residency.exit_plan_on is None:
        return Next("Agree the plan for the ending", "programme lead", steering, end)
    url = reverse("step", args=[*args, "begin_ending"]) if may and near else ""
    return Next("Begin to end it", "programme lead", url, end)


def by_name(found: Next, residency: Residency) -> Next:
    """With the names of whoever has the parts that it is for, where they are known."""
    parts = [_called(part, residency) for part in found.whose.split(" or ")]
    return replace(found, whose=" or ".join(parts))


def _called(part: str, residency: Residency) -> str:
    names = []
    if part == "host manager":
        names = [residency.host_manager_name]
    if part == "programme lead":
        names = [str(person) for person in leads_of(residency)]
    said = f"{', '.join(names[:2])} and others" if len(names) > 2 else " and ".join(filter(None, names))
    return f"{said}, {part}" if said else part
