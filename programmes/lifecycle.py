"""The states of a residency: which step leads where, what each asks for, and the five words that people see."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Q

from embedded.accounts.models import Person
from programmes.measures.period import add_months
from programmes.models import EndChange, EndedReason, Placement, PostChange, Residency, Stage, StageChange

STAGE_WORDS: Final = {
    "being planned": (Stage.IDEA, Stage.SCOPING),
    "being set up": (Stage.APPROVED, Stage.RECRUITING, Stage.ONBOARDING),
    "running": (Stage.ACTIVE,),
    "paused": (Stage.PAUSED,),
    "ending": (Stage.CLOSING,),
    "ended": (Stage.ENDED, Stage.LEGACY, Stage.TERMINATED_EARLY, Stage.WITHDRAWN, Stage.DECLINED),
}
STAGE_COLOURS: Final = {
    "being planned": "grey",
    "being set up": "yellow",
    "running": "green",
    "paused": "orange",
    "ending": "blue",
    "ended": "white",
}


def stage_word(stage: str) -> str:
    """The plain word for a fine state (users.md decision 15)."""
    return next(word for word, stages in STAGE_WORDS.items() if stage in stages)


def stages_of(word: str) -> tuple[Stage, ...]:
    """The fine states beneath a plain word; an unknown word has none."""
    return STAGE_WORDS.get(word, ())


@dataclass(frozen=True)
class Step:
    """One way of going from stage to stage. `permission` is asked of the person by `programmes.access`."""

    name: str
    words: str
    sources: tuple[Stage, ...]
    target: Stage
    permission: str
    asks_why: bool = False
    asks_review: bool = False
    asks_ended_reason: bool = False


STEPS: Final = {
    step.name: step
    for step in (
        Step("submit", "Send for approval", (Stage.IDEA,), Stage.SCOPING, "submit"),
        Step("approve", "Approve", (Stage.SCOPING,), Stage.APPROVED, "approve"),
        Step("return", "Return with a reason", (Stage.SCOPING,), Stage.IDEA, "approve", asks_why=True),
        Step("decline", "Decline", (Stage.SCOPING,), Stage.DECLINED, "approve", asks_why=True),
        Step("recruit", "Start recruiting", (Stage.APPROVED,), Stage.RECRUITING, "set_up"),
        Step("appoint", "Name the person", (Stage.APPROVED, Stage.RECRUITING), Stage.ONBOARDING, "set_up"),
        Step("start", "Start", (Stage.ONBOARDING,), Stage.ACTIVE, "set_up"),
        Step("pause", "Pause", (Stage.ACTIVE,), Stage.PAUSED, "steer", asks_why=True, asks_review=True),
        Step("resume", "Go on", (Stage.PAUSED,), Stage.ACTIVE, "steer"),
        Step("begin_ending", "Begin to end", (Stage.ACTIVE, Stage.PAUSED), Stage.CLOSING, "steer"),
        Step("end", "End", (Stage.CLOSING,), Stage.ENDED, "steer"),
        Step("look_back", "Look back", (Stage.ENDED,), Stage.LEGACY, "steer"),
        Step(
            "stop_early",
            "Stop early",
            (Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING),
            Stage.TERMINATED_EARLY,
            "steer",
            asks_why=True,
            asks_ended_reason=True,
        ),
        Step(
            "withdraw",
            "Withdraw",
            (Stage.IDEA, Stage.SCOPING, Stage.APPROVED, Stage.RECRUITING, Stage.ONBOARDING),
            Stage.WITHDRAWN,
            "withdraw",
            asks_why=True,
        ),
    )
}


LOOK_BACK_AFTER: Final = (6, 12)  # months after the end (domain.md stage 10)
EARLY_REASONS: Final = tuple(one for one in EndedReason if one != EndedReason.COMPLETED)


class StepRefused(Exception):
    """The step cannot be taken; the text is an instruction that a page can show."""


def steps_from(stage: str) -> list[Step]:
    """The steps that lead out of a stage, in the order of STEPS."""
    return [step for step in STEPS.values() if stage in step.sources]


@transaction.atomic
def take_step(
    residency: Residency,
    name: str,
    *,
    by: Person,
    on: datetime.date,
    why: str = "",
    review_on: datetime.date | None = None,
    on_behalf_of: Person | None = None,
    with_conditions: bool = False,
    ended_reason: str = "",
) -> StageChange:
    """Moves a residency under a row lock and writes the dated row; the caller's object follows. Start and end
    dates are set by the steps that begin and end it, and so is the day on which to look at it again: `review_on` of a
    pause, half a year after the end. What ends it closes its posts on that day. `ended_reason`, one of EARLY_REASONS,
    is owed by what ends it early. Raises StepRefused with an instruction."""
    step = STEPS[name]
    locked = Residency.objects.select_for_update().get(pk=residency.pk)
    _refuse(locked, step, on, why, review_on)
    if step.asks_ended_reason and ended_reason not in EARLY_REASONS:
        raise StepRefused("Select why it ends early")
    before = locked.stage
    changed: dict[str, object] = {"stage": step.target}
    if name == "start":
        changed["started_on"] = on
    if step.target in (*_OVER, Stage.WITHDRAWN):  # whoever was named is free for another post (V-14)
        _close_posts(locked, on, by)
    if step.target in _OVER:
        changed["ended_on"] = on
        changed["review_on"] = add_months(on, LOOK_BACK_AFTER[0])
    elif step.target != Stage.LEGACY:
        changed["review_on"] = review_on if step.asks_review else _still_looked_at(locked, step)
    _write(locked, residency, changed)
    return StageChange.objects.create(
        residency=residency,
        from_stage=before,
        to_stage=step.target,
        on=on,
        by=by,
        on_behalf_of=on_behalf_of,
        why=why.strip(),
        with_conditions=with_conditions,
        review_on=review_on if step.asks_review else None,
        ended_reason=_why_over(step, ended_reason),
    )


_OVER: Final = (Stage.ENDED, Stage.TERMINATED_EARLY)


def _still_looked_at(residency: Residency, step: Step) -> datetime.date | None:
    """The day to look at it again stands until the pause for which it was set is over, and while no end is agreed."""
    is_settled = residency.stage == Stage.PAUSED and residency.planned_end is not None
    return None if is_settled or step.target == Stage.WITHDRAWN else residency.review_on


def _refuse(
    residency: Residency, step: Step, on: datetime.date, why: str, review_on: datetime.date | None
) -> None:
    if residency.stage not in step.sources:
        raise StepRefused(
            f"This is {residency.get_stage_display().lower()} now. Open it again to see what can be done."
        )
    if step.asks_why and not why.strip():
        raise StepRefused("Enter the reason")
    if step.asks_review and review_on is not None and review_on <= on:
        raise StepRefused("Enter a day to look at it again that is after the day it is paused")
    if step.name == "appoint" and not residency.placements.exists():  # V-12
        raise StepRefused("Add the person and their dates first")
    if step.target in _OVER and residency.started_on and on < residency.started_on:
        started = residency.started_on
        raise StepRefused(f"Enter a date on or after {started.day} {started:%B %Y}, the day it started")


def _why_over(step: Step, ended_reason: str) -> str:
    """The coded reason that a step keeps: what ends as planned was finished."""
    if step.asks_ended_reason:
        return ended_reason
    return EndedReason.COMPLETED if step.target == Stage.ENDED else ""


def _close_posts(residency: Residency, on: datetime.date, by: Person) -> None:
    """Ends what goes beyond `on` there, and keeps what it was. A post that had not begun by then keeps its first day
    alone, for no post ends before it starts."""
    held = Placement.objects.select_for_update().filter(residency=residency)
    for post in held.filter(Q(end__isnull=True) | Q(end__gt=on)):
        end = max(on, post.start + datetime.timedelta(days=1))
        if end == post.end:
            continue
        PostChange.objects.create(
            placement=post,
            old_wte=post.wte,
            new_wte=post.wte,
            old_start=post.start,
            new_start=post.start,
            old_end=post.end,
            new_end=end,
            on=on,
            by=by,
        )
        post.end = end
        post.save(update_fields=["end"])


def _write(locked: Residency, residency: Residency, changed: dict[str, object]) -> None:
    """Saves what changed, and lets the caller's object follow."""
    for row in (locked, residency):
        for field, value in changed.items():
            setattr(row, field, value)
    locked.save(update_fields=list(changed))


@transaction.atomic
def move_end(
    residency: Residency,
    new_end: datetime.date,
    *,
    by: Person,
    on: datetime.date,
    why: str,
    approved_by: str = "",
) -> EndChange:
    """Moves the planned end under a row lock and keeps the old one (V-18); the caller's object follows. Posts that
    ended with it, or had no end either, end with it again, and what was decided about the old end is open again for
    the new one. Without `approved_by` it is approved by whoever records it. Raises StepRefused with an instruction."""
    locked = Residency.objects.select_for_update().get(pk=residency.pk)
    if locked.stage not in (Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING):
        raise StepRefused("Change the dates in the registration: it has not started, or has ended.")
    if not why.strip():
        raise StepRefused("Enter the reason")
    if locked.started_on and new_end <= locked.started_on:
        raise StepRefused("Enter an end date after the day it started")
    if new_end == locked.planned_end:
        raise StepRefused("Enter a different end date")
    old = locked.planned_end
    Placement.objects.filter(residency=locked, end=old, start__lt=new_end).update(end=new_end)
    changed: dict[str, object] = {"planned_end": new_end, "end_decision": "", "end_decision_on": None}
    if old is None and locked.stage != Stage.PAUSED:
        changed["review_on"] = None
    _write(locked, residency, changed)
    return EndChange.objects.create(
        residency=residency,
        old_end=old,
        new_end=new_end,
        on=on,
        by=by,
        why=why.strip(),
        approved_by_name=approved_by.strip() or by.display_name,
    )
