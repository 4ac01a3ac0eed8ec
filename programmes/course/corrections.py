"""The deed of correcting: a start or a number of days a week that was recorded wrongly, with the reason."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db import transaction

from embedded import audit
from embedded.accounts.models import Person
from embedded.drafts import check_version
from embedded.nhsuk.words import day
from programmes.founding import place_of
from programmes.lifecycle import StepRefused
from programmes.models import Correction, Residency, Stage, StageChange

OPEN_STAGES = (Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING)


@transaction.atomic
def correct(
    *,
    residency: Residency,
    started_on: datetime.date,
    days_a_week: Decimal | None,
    why: str,
    by: Person,
    on: datetime.date,
    version: int,
) -> Correction:
    """Another first day, other days a week (0.5 to 5), or both; what it was is kept with the reason. The step that
    started it is dated anew, and so is a planned start that was the same day. Changed if somebody saved since
    `version`; StepRefused with an instruction."""
    check_version(residency, version)
    if residency.stage not in OPEN_STAGES or residency.started_on is None:
        raise StepRefused("This can be corrected while it runs, is paused or is ending.")
    if not why.strip():
        raise StepRefused("Enter the reason")
    kept = Correction(residency=residency, why=why.strip(), by=by, on=on)
    if started_on != residency.started_on:
        kept.old_start, kept.new_start = residency.started_on, started_on
    if days_a_week is not None and days_a_week != residency.days_a_week:
        kept.old_days, kept.new_days = residency.days_a_week, days_a_week
        residency.days_a_week = days_a_week
    if kept.new_start is None and kept.new_days is None:
        raise StepRefused("Enter another start date or other days a week, or go back")
    if kept.new_start is not None:
        _move_start(residency, started_on, on)
    residency.save(update_fields=["started_on", "planned_start", "days_a_week"])
    kept.save()
    details = {"start": kept.new_start, "days_a_week": kept.new_days}
    audit.record(by, "residency.corrected", str(residency), place_of(residency), details=details)
    return kept


def _move_start(residency: Residency, start: datetime.date, on: datetime.date) -> None:
    """Refuses a day on which it cannot have started, and dates everything that says it."""
    if start > on:
        raise StepRefused("Enter a start date that is today or in the past")
    if residency.planned_end and start >= residency.planned_end:
        raise StepRefused(f"Enter a start date before {day(residency.planned_end)}, the day it ends")
    steps = list(residency.stage_changes.order_by("id"))
    first = next((number for number, one in enumerate(steps) if one.to_stage == Stage.ACTIVE), None)
    if first is not None:
        _refuse_out_of_turn(steps, first, start)
        StageChange.objects.filter(pk=steps[first].pk).update(on=start)
    if residency.planned_start == residency.started_on:
        residency.planned_start = start
    residency.started_on = start
    _refuse_posts_before(residency)


def _refuse_out_of_turn(steps: list[StageChange], number: int, start: datetime.date) -> None:
    """Steps stay in the order in which they were taken."""
    if number and start < steps[number - 1].on:
        before = steps[number - 1]
        raise StepRefused(
            f"Enter a start date on or after {day(before.on)}, the day of the step before "
            f"(“{before.get_to_stage_display().lower()}”)"
        )
    if number + 1 < len(steps) and start > steps[number + 1].on:
        after = steps[number + 1]
        raise StepRefused(
            f"Enter a start date on or before {day(after.on)}, the day of the step after "
            f"(“{after.get_to_stage_display().lower()}”)"
        )


def _refuse_posts_before(residency: Residency) -> None:
    """V-12: no post begins before the residency does."""
    first = residency.first_day
    early = residency.placements.select_related("person").filter(start__lt=first).order_by("start").first()
    if first and early:
        raise StepRefused(
            f"The post of {early.person} begins on {day(early.start)}. Change that post first, or enter that day "
            "or an earlier one"
        )
