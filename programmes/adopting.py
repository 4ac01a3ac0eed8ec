"""The deed that brings in what is already running, at its true stage and with its true dates (users.md decision 1)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.db import transaction

from embedded import audit
from embedded.accounts.models import Person
from programmes.clearance import list_needs
from programmes.founding import next_code, place_of, set_organisation
from programmes.invitations import offer, person_called
from programmes.lifecycle import LOOK_BACK_AFTER, StepRefused
from programmes.measures.period import add_months
from programmes.models import (
    LEGAL_PERMISSIONS,
    AccessItem,
    AccessState,
    Agreement,
    AgreementKind,
    Direction,
    Organisation,
    OrganisationPart,
    Placement,
    Programme,
    Residency,
    Role,
    Stage,
    StageChange,
    Theme,
)

# the plain words that people choose from, and the fine stage that each stands for
STAGES: Final = {
    "being set up": Stage.ONBOARDING,
    "running": Stage.ACTIVE,
    "paused": Stage.PAUSED,
    "ending": Stage.CLOSING,
    "ended": Stage.ENDED,
}
_PATH: Final = {
    Stage.ONBOARDING: (Stage.ONBOARDING,),
    Stage.ACTIVE: (Stage.ACTIVE,),
    Stage.PAUSED: (Stage.ACTIVE, Stage.PAUSED),
    Stage.CLOSING: (Stage.ACTIVE, Stage.CLOSING),
    Stage.ENDED: (Stage.ACTIVE, Stage.ENDED),
}


@dataclass(frozen=True)
class EarlierStep:
    """Something done before it came here: approved, or an agreement signed; the day, and where the paper is kept."""

    on: datetime.date
    kept_at: str = ""


@dataclass(frozen=True)
class Named:
    """Somebody by name, with an address where it is known."""

    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Permission:
    """A permission in law that is held at the lead host: `kind` is one of LEGAL_PERMISSIONS. Without an `issuer` the
    lead host issued it; `until` is its last day."""

    kind: str
    issued_on: datetime.date
    reference: str
    issuer: str = ""
    until: datetime.date | None = None


@dataclass(frozen=True)
class Running:
    """What is known of a residency that is adopted. `stage` is one of the words of STAGES. One without an agreed end,
    and one that is paused, has a day on which it is looked at again."""

    title: str
    host: Organisation
    stage: str
    start: datetime.date
    end: datetime.date | None
    researcher_name: str
    researcher_email: str = ""
    days_a_week: Decimal | None = None
    academic_home: Organisation | None = None
    further_hosts: Sequence[Organisation] = ()
    approved: EarlierStep | None = None
    agreement: EarlierStep | None = None
    agreement_covers: Sequence[str] = field(default_factory=tuple)
    own_reference: str = ""  # the lead host's
    researcher_role: str = ""
    direction: str = Direction.ACADEMIC_TO_SERVICE
    look_again_on: datetime.date | None = None
    why_paused: str = ""
    host_manager: Named = Named()
    host_supervisor: Named = Named()
    academic_supervisor: Named = Named()
    permission: Permission | None = None


@transaction.atomic
def adopt(
    *,
    programme: Programme,
    running: Running,
    by: Person,
    on: datetime.date,
    at: datetime.datetime,
    theme: Theme | None = None,
    on_behalf_of: Person | None = None,
    from_file: bool = False,
) -> Residency:
    """Registers it at its true stage. No gate applies; earlier steps become dated rows; the researcher is placed and
    invited. StepRefused when the dates, the stage and the organisations do not fit."""
    stage = STAGES[running.stage]
    _check_dates(running, stage, on)
    _check_rest(running, stage, on)
    residency = _record_it(programme, theme, running, stage, by, on)
    _place_organisations(residency, running)
    _write_earlier_steps(residency, running, stage, by, on, on_behalf_of)
    _place_person(residency, running, by, on, at, on_behalf_of)
    audit.record(
        by,
        "residency.adopted",
        str(residency),
        place_of(residency),
        on_behalf_of=on_behalf_of,
        details={"stage": stage, "start": running.start, "end": running.end, "from_file": from_file},
    )
    return residency


def _record_it(
    programme: Programme,
    theme: Theme | None,
    running: Running,
    stage: Stage,
    by: Person,
    on: datetime.date,
) -> Residency:
    return Residency.objects.create(
        programme=programme,
        theme=theme,
        code=next_code(programme, running.start.year),
        title=running.title,
        stage=stage,
        direction=running.direction,
        planned_start=running.start,
        planned_end=running.end,
        started_on=None if stage == Stage.ONBOARDING else running.start,
        ended_on=running.end if stage == Stage.ENDED else None,
        review_on=_look_again(running, stage),
        days_a_week=running.days_a_week,
        researcher_name=running.researcher_name,
        host_manager_name=running.host_manager.name,
        host_manager_email=running.host_manager.email,
        host_supervisor_name=running.host_supervisor.name,
        host_supervisor_email=running.host_supervisor.email,
        academic_supervisor_name=running.academic_supervisor.name,
        academic_supervisor_email=running.academic_supervisor.email,
        adopted_on=on,
        created_by=by,
    )


def _look_again(running: Running, stage: Stage) -> datetime.date | None:
    """The first day on which to look back, where it has ended, passed or not; else the day that was given."""
    if stage == Stage.ENDED and running.end:
        return add_months(running.end, LOOK_BACK_AFTER[0])
    return running.look_again_on


def _check_dates(running: Running, stage: Stage, on: datetime.date) -> None:
    if running.end is not None and running.end <= running.start:
        raise StepRefused("Enter an end date after the start date")
    if stage != Stage.ONBOARDING and running.start > on:
        raise StepRefused("Enter the date it started, today or in the past, or choose “being set up”")
    if stage == Stage.ENDED and (running.end is None or running.end > on):
        raise StepRefused("Enter the date it ended, today or in the past")


def _check_rest(running: Running, stage: Stage, on: datetime.date) -> None:
    """A pause has its reason, an open end its day to look again, a permission the right order of days (V-30)."""
    again, held = running.look_again_on, running.permission
    goes_on = stage != Stage.ENDED
    if stage == Stage.PAUSED and not (running.why_paused.strip() and again):
        raise StepRefused("Enter why it is paused, and the day to look at it again")
    if goes_on and running.end is None and again is None:
        raise StepRefused("Enter the end date, or the day to look at it again")
    if goes_on and again is not None and again <= on:
        raise StepRefused("Enter a day after today to look at it again")
    if held and (held.kind not in LEGAL_PERMISSIONS or not held.reference.strip()):
        raise StepRefused("Enter which permission it is, and its reference")
    if held and held.until and held.until <= held.issued_on:
        raise StepRefused("Enter a last day of the permission after the day it was issued")


def _place_organisations(residency: Residency, running: Running) -> None:
    set_organisation(residency, OrganisationPart.LEAD_HOST, running.host, running.own_reference or None)
    for host in running.further_hosts:
        residency.organisations.create(organisation=host, part=OrganisationPart.HOST)
    if running.academic_home is not None:
        set_organisation(residency, OrganisationPart.ACADEMIC_HOME, running.academic_home)


def _write_earlier_steps(
    residency: Residency,
    running: Running,
    stage: Stage,
    by: Person,
    on: datetime.date,
    on_behalf_of: Person | None,
) -> None:
    """Rows dated when each thing happened; a stage whose day nobody knows is dated the day of adoption."""
    steps: list[tuple[Stage, datetime.date, str]] = []
    if running.approved:
        steps.append((Stage.APPROVED, running.approved.on, running.approved.kept_at))
    days = {Stage.ACTIVE: running.start, Stage.ENDED: running.end or on}
    steps += [(one, days.get(one, on), "") for one in _PATH[stage]]
    before = ""
    for to_stage, day, kept_at in steps:
        paused = to_stage == Stage.PAUSED
        StageChange.objects.create(
            residency=residency,
            from_stage=before,
            to_stage=to_stage,
            on=day,
            by=by,
            on_behalf_of=on_behalf_of,
            kept_at=kept_at,
            why=running.why_paused.strip() if paused else "",
            review_on=running.look_again_on if paused else None,
        )
        before = to_stage
    if running.agreement:
        Agreement.objects.create(
            residency=residency,
            kind=AgreementKind.OTHER,
            signed_on=running.agreement.on,
            covers=list(running.agreement_covers),
            kept_at=running.agreement.kept_at,
        )


def _place_person(
    residency: Residency,
    running: Running,
    by: Person,
    on: datetime.date,
    at: datetime.datetime,
    on_behalf_of: Person | None,
) -> None:
    person = person_called(running.researcher_name, running.researcher_email)
    placement = Placement.objects.create(
        residency=residency,
        person=person,
        employer=running.academic_home,
        role=running.researcher_role,
        wte=min(Decimal(1), max(Decimal("0.05"), (running.days_a_week or Decimal(5)) / 5)),
        start=running.start,
        end=running.end,
    )
    list_needs(placement, [running.host, *running.further_hosts])
    if running.permission is not None:
        _record_permission(placement, running.host, running.permission)
    if running.end is not None and running.end <= on:
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


def _record_permission(placement: Placement, host: Organisation, held: Permission) -> None:
    """In place at the lead host, with what V-30 asks of a permission in law."""
    AccessItem.objects.update_or_create(
        placement=placement,
        host=host,
        kind=held.kind,
        defaults={
            "state": AccessState.IN_PLACE,
            "issued_on": held.issued_on,
            "issuer": held.issuer.strip() or host.display_name[:160],
            "reference": held.reference.strip(),
            "expires_on": held.until,
        },
    )
