"""The deeds about who takes part as an organisation: several hosts with one lead host, several homes, the direction."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Q

from embedded import audit
from embedded.accounts.models import Person
from embedded.drafts import check_version
from programmes.clearance import list_needs
from programmes.founding import HOSTING, forget_organisations, place_of, refuse_both_parts
from programmes.lifecycle import StepRefused
from programmes.models import (
    AccessItem,
    AccessState,
    Direction,
    Organisation,
    OrganisationPart,
    Residency,
    ResidencyOrganisation,
)
from programmes.registration.actions import CLOSED_STAGES


@transaction.atomic
def add_organisation(
    *,
    residency: Residency,
    part: str,
    organisation: Organisation,
    own_reference: str,
    by: Person,
    on: datetime.date,
    version: int,
) -> ResidencyOrganisation:
    """Another host or academic home. People whose post is not over on the day `on` get the list of what they need at
    a new host. StepRefused for one that is there already, and for V-4; Changed if somebody saved since `version`."""
    _claim(residency, version)
    same = HOSTING if part in HOSTING else (part,)
    if residency.organisations.filter(part__in=same, organisation=organisation).exists():
        raise StepRefused(f"{organisation} is on the list already")
    refuse_both_parts(residency, part, organisation)
    row = ResidencyOrganisation.objects.create(
        residency=residency, part=part, organisation=organisation, own_reference=own_reference
    )
    if part in HOSTING:
        for placement in residency.placements.filter(Q(end=None) | Q(end__gt=on)):
            list_needs(placement, [organisation])
    _tell(row, "added", by)
    return row


@transaction.atomic
def change_reference(*, row: ResidencyOrganisation, own_reference: str, by: Person, version: int) -> None:
    """What the organisation itself calls it: an EDGE number, a cost centre."""
    _claim(row.residency, version)
    row.own_reference = own_reference
    row.save(update_fields=["own_reference"])
    _tell(row, "changed", by)


@transaction.atomic
def make_lead(*, row: ResidencyOrganisation, by: Person, version: int) -> None:
    """A host becomes the lead host; the one before goes on as a host."""
    _claim(row.residency, version)
    if row.part != OrganisationPart.HOST:
        raise StepRefused("Only a host can become the lead host")
    row.residency.organisations.filter(part=OrganisationPart.LEAD_HOST).update(part=OrganisationPart.HOST)
    row.part = OrganisationPart.LEAD_HOST
    row.save(update_fields=["part"])
    _tell(row, "leads", by)


@transaction.atomic
def remove_organisation(*, row: ResidencyOrganisation, by: Person, version: int) -> None:
    """Takes a host or an academic home out, with what was only listed as needed there. StepRefused for the lead host,
    and where something about access is recorded."""
    _claim(row.residency, version)
    if row.part == OrganisationPart.LEAD_HOST:
        raise StepRefused("Make another host the lead host first")
    if row.part == OrganisationPart.HOST:
        items = AccessItem.objects.filter(placement__residency=row.residency, host=row.organisation)
        untouched = items.filter(state=AccessState.REQUIRED, asked_on=None, version=1)
        if items.count() > untouched.count():
            raise StepRefused(f"Access is recorded at {row.organisation}, so it stays on the list")
        untouched.delete()
    _tell(row, "removed", by)
    row.delete()


@transaction.atomic
def set_direction(*, residency: Residency, direction: str, by: Person, version: int) -> None:
    """Who goes where. StepRefused while an organisation is host and home at once, which only two ways allow (V-4)."""
    _claim(residency, version)
    before = residency.direction
    if direction != Direction.TWO_WAY and (both := in_both_parts(residency)):
        raise StepRefused(f"{both[0]} is host and academic home. Take it out of one of them first")
    residency.direction = direction
    residency.save(update_fields=["direction"])
    details = {"page": "direction", "from_to": [["direction", before, direction]]}
    audit.record(by, "residency.registration_saved", str(residency), place_of(residency), details=details)


def in_both_parts(residency: Residency) -> list[Organisation]:
    """Those that are host and academic home at once."""
    homes = residency.academic_homes
    return [one for one in residency.hosts if one in homes]


def _claim(residency: Residency, version: int) -> None:
    check_version(residency, version)
    if residency.stage in CLOSED_STAGES:
        raise StepRefused("This has ended and can no longer be changed.")
    forget_organisations(residency)


def _tell(row: ResidencyOrganisation, what: str, by: Person) -> None:
    residency = row.residency
    forget_organisations(residency)
    details = {"part": row.part, "organisation": row.organisation.display_name[:200]}
    audit.record(by, f"residency.organisation_{what}", str(residency), place_of(residency), details=details)
