"""The deeds of those who decide: approve, approve with conditions, return, decline; and a condition that is met."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from embedded import audit
from embedded.accounts.models import Person
from embedded.drafts import check_version
from programmes.founding import place_of
from programmes.invitations import invite_supervisors
from programmes.lifecycle import StepRefused, take_step
from programmes.models import Condition, Residency, StageChange
from programmes.registration import notices


@dataclass(frozen=True)
class NewCondition:
    """What is asked for, who sees to it, and by which day."""

    what: str
    owner_name: str
    due: datetime.date


@transaction.atomic
def approve(
    *,
    residency: Residency,
    by: Person,
    on: datetime.date,
    at: datetime.datetime,
    conditions: Sequence[NewCondition] = (),
    version: int | None = None,
) -> StageChange:
    """Approves, with conditions where some are given, and invites the academic supervisors who are named with an
    address. Changed if it is not what `by` has read."""
    if version is not None:
        check_version(residency, version)
    change = take_step(residency, "approve", by=by, on=on, with_conditions=bool(conditions))
    rows = Condition.objects.bulk_create(
        Condition(residency=residency, what=one.what, owner_name=one.owner_name, due=one.due, set_by=by)
        for one in conditions
    )
    deed = "residency.approved_with_conditions" if rows else "residency.approved"
    audit.record(by, deed, str(residency), place_of(residency), details={"conditions": len(rows)})
    notices.tell_decided(residency, change, rows)
    invite_supervisors(residency, by=by, at=at, on=on)
    return change


@transaction.atomic
def send_back(
    *, residency: Residency, by: Person, on: datetime.date, why: str, version: int | None = None
) -> StageChange:
    """Returns it with a reason; it is an idea again and can be sent once more."""
    return _refuse("return", "residency.returned", residency, by, on, why, version)


@transaction.atomic
def decline(
    *, residency: Residency, by: Person, on: datetime.date, why: str, version: int | None = None
) -> StageChange:
    """Declines it for good, with a reason."""
    return _refuse("decline", "residency.declined", residency, by, on, why, version)


def _refuse(
    step: str,
    deed: str,
    residency: Residency,
    by: Person,
    on: datetime.date,
    why: str,
    version: int | None,
) -> StageChange:
    if version is not None:
        check_version(residency, version)
    change = take_step(residency, step, by=by, on=on, why=why)
    audit.record(by, deed, str(residency), place_of(residency))
    notices.tell_decided(residency, change)
    return change


@transaction.atomic
def meet_condition(*, condition: Condition, by: Person, on: datetime.date) -> Condition:
    """Records the day on which a condition was met; doing it twice keeps the first day."""
    locked = Condition.objects.select_for_update().get(pk=condition.pk)
    if locked.met_on is not None:
        return locked
    first = locked.residency.stage_changes.order_by("on").values_list("on", flat=True).first()
    if first is not None and on < first:
        raise StepRefused("Enter a date on or after the day it was registered")
    locked.met_on, locked.met_by = on, by
    locked.save(update_fields=["met_on", "met_by"])
    residency = locked.residency
    audit.record(
        by,
        "condition.met",
        f"A condition of {residency.code}",
        place_of(residency),
        details={"condition": locked.pk, "on": on},
    )
    return locked
