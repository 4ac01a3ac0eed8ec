"""The deeds of getting started: name the person, accept the post, start."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from embedded import audit
from embedded.accounts.models import Person
from programmes.clearance import lacks_permission, list_needs, missing
from programmes.invitations import offer, person_called
from programmes.lifecycle import StepRefused, take_step
from programmes.models import (
    Organisation,
    Placement,
    Programme,
    Residency,
    Role,
    Stage,
    StageChange,
    StartOverride,
)
from programmes.onboarding import notices

FULL_TIME = Decimal("1.00")
MUCH_OUTSIDE = Decimal("0.80")  # V-14: worth a warning when it is spent outside the academic home


def place_of(residency: Residency) -> str:
    """The address under which the audit trail keeps a residency."""
    return f"p/{residency.programme.slug}/r/{residency.code}"


@dataclass(frozen=True)
class Post:
    """Who is named, for how long, with which share of full time (0.05 to 1.00), employed by whom."""

    name: str
    email: str
    start: datetime.date
    end: datetime.date
    wte: Decimal
    employer: Organisation | None = None


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
    check_dates(residency, post.start, post.end)
    placement = _place(residency, post)
    _invite(placement, by=by, on=on, at=at, on_behalf_of=on_behalf_of)
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
        details={"start": post.start, "end": post.end, "wte": post.wte},
    )
    return placement


def _place(residency: Residency, post: Post) -> Placement:
    """The post with its short list at every host; StepRefused above full time in all (V-14)."""
    person = person_called(post.name, post.email)
    Person.objects.select_for_update().get(pk=person.pk)
    together = share_with_other_posts(person, residency.programme, post.start, post.end) + post.wte
    if together > FULL_TIME:
        raise StepRefused(
            f"With other posts in this programme that is {together:.2f} of full time. "
            "Enter a share that makes it 1.00 or less."
        )
    placement = Placement.objects.create(
        residency=residency,
        person=person,
        employer=post.employer,
        wte=post.wte,
        start=post.start,
        end=post.end,
    )
    list_needs(placement, residency.hosts)
    return placement


def _invite(
    placement: Placement,
    *,
    by: Person,
    on: datetime.date,
    at: datetime.datetime,
    on_behalf_of: Person | None,
) -> None:
    """Invites the person, unless they take part in it already: a second post needs no second invitation."""
    residency, person = placement.residency, placement.person
    if residency.memberships.filter(person=person, role=Role.RESEARCHER, end=None).exists():
        return
    offer(
        person=person,
        programme=residency.programme,
        role=Role.RESEARCHER,
        place=residency,
        by=by,
        at=at,
        on=on,
        on_behalf_of=on_behalf_of,
    )


def check_dates(residency: Residency, start: datetime.date, end: datetime.date) -> None:
    """V-12: within the residency's own dates; raises StepRefused saying which date to change."""
    if end <= start:
        raise StepRefused("Enter an end date after the start date")
    if residency.planned_start and start < residency.planned_start:
        raise StepRefused(f"Start date must be the same as or after {_day(residency.planned_start)}")
    if residency.planned_end and end > residency.planned_end:
        raise StepRefused(f"End date must be the same as or before {_day(residency.planned_end)}")


def share_with_other_posts(
    person: Person, programme: Programme, start: datetime.date, end: datetime.date
) -> Decimal:
    """The share of full time of the person's other posts in the same programme that overlap. Posts in other
    programmes are not counted: to name them would tell one programme of another."""
    others = Placement.objects.filter(person=person, residency__programme=programme, start__lt=end)
    return sum((post.wte for post in others if post.end is None or post.end > start), Decimal(0))


def warnings_for(placement: Placement) -> list[str]:
    """V-14: what is allowed and worth a second look."""
    elsewhere = placement.employer_id not in [host.pk for host in placement.residency.hosts]
    if elsewhere and placement.wte > MUCH_OUTSIDE:
        return [
            "More than 0.80 of full time is spent outside the academic home. Agree what time is left for it."
        ]
    return []


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


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
