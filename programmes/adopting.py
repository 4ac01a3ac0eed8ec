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
from programmes.lifecycle import StepRefused
from programmes.models import (
    Agreement,
    AgreementKind,
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
class Running:
    """What is known of a residency that is adopted. `stage` is one of the words of STAGES."""

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
    invited. StepRefused when the dates and the stage do not fit."""
    stage = STAGES[running.stage]
    _check_dates(running, stage, on)
    has_begun = stage != Stage.ONBOARDING
    residency = Residency.objects.create(
        programme=programme,
        theme=theme,
        code=next_code(programme, running.start.year),
        title=running.title,
        stage=stage,
        planned_start=running.start,
        planned_end=running.end,
        started_on=running.start if has_begun else None,
        ended_on=running.end if stage == Stage.ENDED else None,
        days_a_week=running.days_a_week,
        researcher_name=running.researcher_name,
        adopted_on=on,
        created_by=by,
    )
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


def _check_dates(running: Running, stage: Stage, on: datetime.date) -> None:
    if running.end is not None and running.end <= running.start:
        raise StepRefused("Enter an end date after the start date")
    if stage != Stage.ONBOARDING and running.start > on:
        raise StepRefused("Enter the date it started, today or in the past, or choose “being set up”")
    if stage == Stage.ENDED and (running.end is None or running.end > on):
        raise StepRefused("Enter the date it ended, today or in the past")


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
        StageChange.objects.create(
            residency=residency,
            from_stage=before,
            to_stage=to_stage,
            on=day,
            by=by,
            on_behalf_of=on_behalf_of,
            kept_at=kept_at,
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
