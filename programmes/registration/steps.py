"""The deeds along the way: a step of its life, a planned end that moves."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from embedded import audit
from embedded.accounts.models import Person
from programmes import lifecycle
from programmes.founding import place_of
from programmes.lifecycle import StepRefused, take_step
from programmes.models import CLOSED_AT_THE_END, AccessState, EndChange, Residency, Stage, StageChange
from programmes.posts import withdraw_not_begun

ENDS: Final = ("end", "stop_early", "withdraw")


@transaction.atomic
def move_on(
    *,
    residency: Residency,
    step: str,
    by: Person,
    on: datetime.date,
    why: str = "",
    review_on: datetime.date | None = None,
    on_behalf_of: Person | None = None,
    ended_reason: str = "",
) -> StageChange:
    """Takes a step dated `on`. StepRefused with an instruction, also for a day before the last step."""
    last = residency.stage_changes.order_by("-on", "-id").first()
    if last is not None and on < last.on:
        raise StepRefused(f"Enter a date on or after {last.on.day} {last.on:%B %Y}, the day of the last step")
    change = take_step(
        residency,
        step,
        by=by,
        on=on,
        why=why,
        review_on=review_on,
        on_behalf_of=on_behalf_of,
        ended_reason=ended_reason,
    )
    if step in ENDS:
        withdraw_not_begun(residency, on, by=by, at=timezone.now())
    details: dict[str, object] = {"from": change.from_stage, "to": change.to_stage, "on": on}
    if change.ended_reason:
        details["ended_reason"] = change.ended_reason
    audit.record(
        by,
        f"residency.{step}",
        str(residency),
        place_of(residency),
        on_behalf_of=on_behalf_of,
        details=details,
    )
    return change


@transaction.atomic
def move_end(
    *,
    residency: Residency,
    new_end: datetime.date,
    by: Person,
    on: datetime.date,
    why: str,
    approved_by: str = "",
) -> EndChange:
    """Moves the planned end and keeps the old one (V-18); StepRefused with an instruction."""
    change = lifecycle.move_end(residency, new_end, by=by, on=on, why=why, approved_by=approved_by)
    audit.record(
        by,
        "residency.end_moved",
        str(residency),
        place_of(residency),
        details={"old_end": change.old_end, "new_end": new_end},
    )
    return change


@transaction.atomic
def look_again(*, residency: Residency, on: datetime.date, by: Person) -> None:
    """Another day on which to look at what has no agreed end. StepRefused once an end is agreed, or it is over."""
    locked = Residency.objects.select_for_update().get(pk=residency.pk)
    if locked.planned_end is not None or locked.stage not in (Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING):
        raise StepRefused("An end has been agreed, or it is over. Open it again to see what can be done.")
    details = {"page": "dates", "from_to": [["review_on", residency.review_on, on]]}
    residency.review_on = on
    residency.save(update_fields=["review_on"])
    audit.record(by, "residency.registration_saved", str(residency), place_of(residency), details=details)


def access_still_open(residency: Residency) -> list[str]:
    """V-16: what is in place and would have to be closed when it ends, with the host, in words."""
    return [
        f"{item.get_kind_display()} for {placement.person} at {item.host}"
        for placement in residency.placements.prefetch_related("access_items__host").select_related("person")
        for item in placement.access_items.all()
        if item.kind in CLOSED_AT_THE_END and item.state == AccessState.IN_PLACE and item.expires_on is None
    ]
