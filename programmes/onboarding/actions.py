"""The deeds of getting started: name the person, accept the post, start."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.db import transaction

from embedded import audit
from embedded.accounts.models import Person
from programmes.clearance import lacks_permission, missing
from programmes.founding import place_of
from programmes.lifecycle import StepRefused, take_step
from programmes.models import Placement, Residency, Stage, StageChange, StartOverride
from programmes.onboarding import notices
from programmes.posts import Post, begin_with_it, invite_to_post, make_post


@transaction.atomic
def appoint(
    *,
    residency: Residency,
    post: Post,
    by: Person,
    on: datetime.date,
    at: datetime.datetime,
    on_behalf_of: Person | None = None,
) -> Placement:
    """Names the person: the post, its short list of access at every host, the invitation, and the step where it is
    the first. StepRefused for dates outside the residency's (V-12) or more than full time (V-14)."""
    if residency.stage not in (Stage.APPROVED, Stage.RECRUITING, Stage.ONBOARDING, Stage.ACTIVE):
        raise StepRefused("Approve it first. A person can be named once it is approved.")
    placement = make_post(residency, post)
    invite_to_post(placement, by=by, on=on, at=at, on_behalf_of=on_behalf_of)
    if residency.stage in (Stage.APPROVED, Stage.RECRUITING):
        take_step(residency, "appoint", by=by, on=on, on_behalf_of=on_behalf_of)
    residency.researcher_name = placement.person.display_name
    residency.save(update_fields=["researcher_name"])
    audit.record(
        by,
        "residency.person_named",
        str(residency),
        place_of(residency),
        on_behalf_of=on_behalf_of,
        details={"placement": placement.pk, "start": post.start, "end": post.end, "wte": post.wte},
    )
    return placement


@transaction.atomic
def accept_post(*, placement: Placement, by: Person, on: datetime.date) -> None:
    """The person accepts the post; a second press changes nothing."""
    if not Placement.objects.filter(pk=placement.pk, accepted_on=None).update(accepted_on=on):
        return
    placement.refresh_from_db(fields=["accepted_on"])
    residency = placement.residency
    audit.record(by, "placement.accepted", str(residency), place_of(residency))
    notices.tell_accepted(placement)


@transaction.atomic
def start(
    *,
    residency: Residency,
    by: Person,
    on: datetime.date,
    reasons: Mapping[int, str] | None = None,
    may_override: bool = False,
    on_behalf_of: Person | None = None,
) -> StageChange:
    """Starts it, whatever practical things are missing. Where a permission in law to be on site is missing (V-13), a
    person who may override gives the reason, kept in their name; `reasons` holds it by placement. StepRefused else."""
    lacking = without_permission(residency, on)
    given = {pk: why.strip() for pk, why in (reasons or {}).items()}
    for placement in lacking:
        if not may_override:
            raise StepRefused(
                "The permission to be on site is missing. Ask somebody who may start without it."
            )
        if not given.get(placement.pk):
            raise StepRefused(
                f"Enter the reason why {placement.person} starts without permission to be on site"
            )
    change = take_step(residency, "start", by=by, on=on, on_behalf_of=on_behalf_of)
    begin_with_it(residency, on, by=by)
    for placement in lacking:
        StartOverride.objects.create(placement=placement, by=by, on=on, why=given[placement.pk])
    audit.record(
        by,
        "residency.started_without_permission" if lacking else "residency.started",
        str(residency),
        place_of(residency),
        on_behalf_of=on_behalf_of,
        details={"on": on, "missing": len(things_missing(residency, on))},
    )
    return change


def starting(residency: Residency, on: datetime.date) -> list[Placement]:
    """The posts that are not over on that day, with their access items."""
    rows = residency.placements.select_related("person").prefetch_related("access_items__host")
    return [row for row in rows if row.end is None or row.end > on]


def without_permission(residency: Residency, on: datetime.date) -> list[Placement]:
    """The posts for which the permission in law is missing at a host (V-13)."""
    return [
        placement
        for placement in starting(residency, on)
        if any(
            lacks_permission(placement, host, placement.access_items.all(), on) for host in residency.hosts
        )
    ]


def things_missing(residency: Residency, on: datetime.date) -> list[str]:
    """What is neither in place nor unneeded on that day, in words."""
    several = len(residency.hosts) > 1
    return [
        f"{item.get_kind_display()} for {placement.person}" + (f" at {item.host}" if several else "")
        for placement in starting(residency, on)
        for item in missing(placement.access_items.all(), on)
    ]
