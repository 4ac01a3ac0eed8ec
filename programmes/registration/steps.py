"""The deeds along the way: a step of its life, a planned end that moves, who guides it and how it will end."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from embedded import audit
from embedded.accounts.models import Person
from embedded.drafts import check_version
from programmes.lifecycle import StepRefused, take_step
from programmes.models import AccessState, EndChange, Placement, Residency, Stage, StageChange
from programmes.registration.actions import place_of


@transaction.atomic
def move_on(
    *,
    residency: Residency,
    step: str,
    by: Person,
    on: datetime.date,
    why: str = "",
    on_behalf_of: Person | None = None,
) -> StageChange:
    """Takes a step dated `on`. StepRefused with an instruction, also for a day before the last step."""
    last = residency.stage_changes.order_by("-on", "-id").first()
    if last is not None and on < last.on:
        raise StepRefused(f"Enter a date on or after {last.on.day} {last.on:%B %Y}, the day of the last step")
    change = take_step(residency, step, by=by, on=on, why=why, on_behalf_of=on_behalf_of)
    audit.record(
        by,
        f"residency.{step}",
        str(residency),
        place_of(residency),
        on_behalf_of=on_behalf_of,
        details={"from": change.from_stage, "to": change.to_stage, "on": on},
    )
    return change


@transaction.atomic
def move_end(
    *, residency: Residency, new_end: datetime.date, by: Person, on: datetime.date, why: str
) -> EndChange:
    """Moves the planned end and keeps the old one (V-18). Posts that ended with it end with it again."""
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
    change = EndChange.objects.create(
        residency=locked, old_end=old, new_end=new_end, on=on, by=by, why=why.strip()
    )
    Placement.objects.filter(residency=locked, end=old, end__isnull=False, start__lt=new_end).update(
        end=new_end
    )
    locked.planned_end = residency.planned_end = new_end
    locked.save(update_fields=["planned_end"])
    audit.record(
        by,
        "residency.end_moved",
        str(residency),
        place_of(residency),
        details={"old_end": old, "new_end": new_end},
    )
    return change


@dataclass(frozen=True)
class Steering:
    """Who guides it and how it will end; a day that is not known is None."""

    public_partners_in_guiding_group: int
    guiding_group_entered_on: datetime.date | None
    sponsor_left_on: datetime.date | None
    end_decision_on: datetime.date | None
    exit_plan_on: datetime.date | None


@transaction.atomic
def record_steering(*, residency: Residency, steering: Steering, version: int, by: Person) -> None:
    """Keeps what the signals R14, R18 and R19 look at. Changed if somebody saved since `version`."""
    check_version(residency, version)
    facts = vars(steering)
    for name, value in facts.items():
        setattr(residency, name, value)
    residency.save(update_fields=list(facts))
    audit.record(by, "residency.steering_saved", str(residency), place_of(residency), details=facts)


def access_still_open(residency: Residency) -> list[str]:
    """V-16: what is in place and would have to be closed when it ends, with the host, in words."""
    return [
        f"{item.get_kind_display()} for {placement.person} at {item.host}"
        for placement in residency.placements.prefetch_related("access_items__host").select_related("person")
        for item in placement.access_items.all()
        if item.state == AccessState.IN_PLACE and item.expires_on is None
    ]
