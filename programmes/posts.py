"""Posts of a residency: made for a person, changed, handed over, ended; their dates (V-12) and shares (V-14)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.db.models import Max

from embedded import audit
from embedded.accounts.models import Person
from embedded.drafts import Changed
from programmes.clearance import list_needs
from programmes.founding import place_of
from programmes.invitations import offer, person_called, withdraw
from programmes.lifecycle import StepRefused
from programmes.models import Organisation, Placement, PostChange, Programme, Residency, Role, Stage

FULL_TIME: Final = Decimal("1.00")
LEAST: Final = Decimal("0.05")
MUCH_OUTSIDE: Final = Decimal("0.80")  # V-14: worth a warning when it is spent outside the academic home
OPEN_STAGES: Final = (Stage.ONBOARDING, Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING)


@dataclass(frozen=True)
class Post:
    """Who is named, for how long, with which share of full time (0.05 to 1.00), employed by whom, to do what."""

    name: str
    email: str
    start: datetime.date
    end: datetime.date | None
    wte: Decimal
    employer: Organisation | None = None
    role: str = ""


@transaction.atomic
def make_post(residency: Residency, post: Post) -> Placement:
    """The post with its short list of access at every host; StepRefused for dates outside the residency's (V-12) and
    above full time in all (V-14)."""
    check_dates(residency, post.start, post.end)
    person = person_called(post.name, post.email)
    _check_share(residency, person, post.wte, post.start, post.end)
    placement = Placement.objects.create(
        residency=residency,
        person=person,
        employer=post.employer,
        role=post.role,
        wte=post.wte,
        start=post.start,
        end=post.end,
    )
    list_needs(placement, residency.hosts)
    return placement


def invite_to_post(
    placement: Placement,
    *,
    by: Person,
    on: datetime.date,
    at: datetime.datetime,
    on_behalf_of: Person | None = None,
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


def version_of(placement: Placement) -> int:
    """Grows with every change that was recorded, so that a page can tell whether it is out of date."""
    return placement.changes.aggregate(last=Max("pk"))["last"] or 0


@transaction.atomic
def change_post(
    *,
    placement: Placement,
    wte: Decimal,
    start: datetime.date,
    end: datetime.date | None,
    by: Person,
    on: datetime.date,
    version: int,
) -> PostChange:
    """Another share or other dates; what it was is kept. Changed if somebody saved since `version`; StepRefused for
    what V-12 and V-14 forbid, or once it is over."""
    locked = _locked(placement, version)
    check_dates(locked.residency, start, end)
    if (wte, start, end) == (locked.wte, locked.start, locked.end):
        raise StepRefused("Change the share or a date, or go back")
    _check_share(locked.residency, locked.person, wte, start, end, leaving_out=locked)
    change = _keep(locked, wte, start, end, by=by, on=on)
    _record(locked, "post.changed", by, {"wte": wte, "start": start, "end": end})
    return change


@transaction.atomic
def end_post(*, placement: Placement, on: datetime.date, by: Person, version: int) -> PostChange:
    """The last day was the day before `on`. The person's part in the residency ends with their last post; the log and
    the notes stay theirs."""
    locked = _locked(placement, version)
    _check_last_day(locked, on)
    change = _keep(locked, locked.wte, locked.start, on, by=by, on=on)
    _leave(locked, on)
    _record(locked, "post.ended", by, {"end": on})
    return change


@transaction.atomic
def hand_over(
    *,
    placement: Placement,
    name: str,
    email: str,
    wte: Decimal,
    employer: Organisation | None,
    on: datetime.date,
    by: Person,
    today: datetime.date,
    at: datetime.datetime,
    version: int,
    role: str | None = None,
) -> Placement:
    """A new person holds the post from the day `on`: a post of their own, access listed anew, an invitation. The
    earlier person's post ends that day and keeps its history, its log and its access. They do what the earlier one
    did, unless `role` says otherwise."""
    locked = _locked(placement, version)
    _check_last_day(locked, on)
    if locked.person.display_name.casefold() == name.strip().casefold() and locked.person.email == email:
        raise StepRefused("Enter somebody else: this person holds the post now")
    residency, end = locked.residency, locked.end
    change = _keep(locked, locked.wte, locked.start, on, by=by, on=on)
    does = locked.role if role is None else role
    goes_on = end if end and end > on else residency.planned_end
    new = make_post(residency, Post(name, email, on, goes_on, wte, employer, does))
    PostChange.objects.filter(pk=change.pk).update(successor=new)
    _leave(locked, on)
    invite_to_post(new, by=by, on=today, at=at)
    residency.researcher_name = new.person.display_name
    residency.save(update_fields=["researcher_name"])
    _record(locked, "post.handed_over", by, {"on": on, "wte": wte})
    return new


@transaction.atomic
def begin_with_it(residency: Residency, on: datetime.date, *, by: Person) -> None:
    """Where it starts before its first post was to begin, that post begins on the day `on` too, and others that were
    to begin with it. StepRefused above full time in all (V-14)."""
    held = (
        Placement.objects.select_for_update(of=("self",)).filter(residency=residency).select_related("person")
    )
    posts = list(held)
    first = min((post.start for post in posts), default=on)
    for post in posts:
        if post.start != first or first <= on:
            continue
        post.residency = residency
        _check_share(residency, post.person, post.wte, on, post.end, leaving_out=post)
        _keep(post, post.wte, on, post.end, by=by, on=on)
        _record(post, "post.changed", by, {"wte": post.wte, "start": on, "end": post.end})


def not_begun(residency: Residency, on: datetime.date) -> list[Placement]:
    """Posts that are to begin after that day."""
    return list(residency.placements.filter(start__gt=on).select_related("person"))


@transaction.atomic
def withdraw_not_begun(residency: Residency, on: datetime.date, *, by: Person, at: datetime.datetime) -> None:
    """What ends before a post began withdraws its invitation, and ends the part of whoever had accepted; not of those
    who held another post here."""
    held = residency.placements.filter(start__lte=on).values("person")
    ahead = {post.person_id for post in not_begun(residency, on)}
    for part in residency.memberships.filter(person__in=ahead, role=Role.RESEARCHER, end=None).exclude(
        person__in=held
    ):
        for offered in part.invitations.filter(accepted_at=None, declined_at=None, withdrawn_at=None):
            withdraw(offered, by=by, at=at, on=on)
        part.end = max(on, part.start)
        part.save(update_fields=["end"])


def check_dates(residency: Residency, start: datetime.date, end: datetime.date | None) -> None:
    """V-12: within the residency's own dates; raises StepRefused saying which date to change."""
    if end is not None and end <= start:
        raise StepRefused("Enter an end date after the start date")
    if residency.first_day and start < residency.first_day:
        raise StepRefused(f"Start date must be the same as or after {_day(residency.first_day)}")
    if residency.planned_end and (end or start) > residency.planned_end:
        which = "End" if end else "Start"
        raise StepRefused(f"{which} date must be the same as or before {_day(residency.planned_end)}")


def share_with_other_posts(
    person: Person,
    programme: Programme,
    start: datetime.date,
    end: datetime.date | None,
    leaving_out: Placement | None = None,
) -> Decimal:
    """The share of full time of the person's other posts in the same programme that overlap. Posts in other
    programmes are not counted: to name them would tell one programme of another."""
    others = Placement.objects.filter(person=person, residency__programme=programme)
    others = others.filter(start__lt=end) if end else others
    others = others.exclude(pk=leaving_out.pk) if leaving_out else others
    return sum((post.wte for post in others if post.end is None or post.end > start), Decimal(0))


def warnings_for(placement: Placement) -> list[str]:
    """V-14: what is allowed and worth a second look."""
    elsewhere = placement.employer_id not in [host.pk for host in placement.residency.hosts]
    if elsewhere and placement.wte > MUCH_OUTSIDE:
        return [
            "More than 0.80 of full time is spent outside the academic home. Agree what time is left for it."
        ]
    return []


def _check_share(
    residency: Residency,
    person: Person,
    wte: Decimal,
    start: datetime.date,
    end: datetime.date | None,
    leaving_out: Placement | None = None,
) -> None:
    if not LEAST <= wte <= FULL_TIME:
        raise StepRefused("Enter a share of full time between 0.05 and 1.00")
    Person.objects.select_for_update().get(pk=person.pk)
    together = share_with_other_posts(person, residency.programme, start, end, leaving_out) + wte
    if together > FULL_TIME:
        raise StepRefused(
            f"With other posts in this programme that is {together:.2f} of full time. "
            "Enter a share that makes it 1.00 or less."
        )


def _locked(placement: Placement, version: int) -> Placement:
    Residency.objects.select_for_update().get(pk=placement.residency_id)
    held = Placement.objects.select_for_update(of=("self",)).select_related("residency__programme", "person")
    locked = held.get(pk=placement.pk)
    if locked.residency.stage not in OPEN_STAGES:
        raise StepRefused("This has ended, or nobody has been named. Open it again to see what can be done.")
    if version_of(locked) != version:
        raise Changed(locked)
    return locked


def _check_last_day(placement: Placement, on: datetime.date) -> None:
    if on <= placement.start:
        raise StepRefused(f"Enter a day after {_day(placement.start)}, the day the post began")
    if placement.end is not None and on > placement.end:
        raise StepRefused(f"Enter a day no later than {_day(placement.end)}, the day the post ends")


def _keep(
    placement: Placement,
    wte: Decimal,
    start: datetime.date,
    end: datetime.date | None,
    *,
    by: Person,
    on: datetime.date,
) -> PostChange:
    change = PostChange.objects.create(
        placement=placement,
        old_wte=placement.wte,
        new_wte=wte,
        old_start=placement.start,
        new_start=start,
        old_end=placement.end,
        new_end=end,
        on=on,
        by=by,
    )
    placement.wte, placement.start, placement.end = wte, start, end
    placement.save(update_fields=["wte", "start", "end"])
    return change


def _leave(placement: Placement, on: datetime.date) -> None:
    """Ends the person's part in the residency, unless another post of theirs goes on."""
    residency, person = placement.residency, placement.person
    if any(post.end is None or post.end > on for post in residency.placements.filter(person=person)):
        return
    for held in residency.memberships.filter(person=person, role=Role.RESEARCHER, end=None):
        held.end = max(on, held.start)
        held.save(update_fields=["end"])


def _record(placement: Placement, deed: str, by: Person, details: dict[str, object]) -> None:
    residency = placement.residency
    audit.record(by, deed, f"Post of {placement.person}", place_of(residency), details=details)


def _day(day: datetime.date) -> str:
    return f"{day.day} {day:%B %Y}"
