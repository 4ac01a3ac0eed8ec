"""How every residency begins, whichever way it comes in: its code, its organisations, its first row of history."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction

from embedded import audit
from embedded.accounts.models import Person
from programmes.lifecycle import StepRefused
from programmes.models import (
    Direction,
    Organisation,
    OrganisationPart,
    Programme,
    Residency,
    ResidencyOrganisation,
    Stage,
    StageChange,
    Theme,
)

HOSTING: Final = (OrganisationPart.LEAD_HOST, OrganisationPart.HOST)


def place_of(residency: Residency) -> str:
    """The address under which the audit trail keeps a residency."""
    return f"p/{residency.programme.slug}/r/{residency.code}"


@transaction.atomic
def save_idea(
    *,
    programme: Programme,
    title: str,
    host: Organisation,
    by: Person,
    on: datetime.date,
    site: str = "",
    theme: Theme | None = None,
    on_behalf_of: Person | None = None,
) -> Residency:
    """A new idea: a title and a host are enough (users.md decision 2)."""
    residency = Residency.objects.create(
        programme=programme,
        code=next_code(programme, on.year),
        title=title,
        site=site,
        theme=theme,
        created_by=by,
    )
    set_organisation(residency, OrganisationPart.LEAD_HOST, host)
    StageChange.objects.create(
        residency=residency, to_stage=Stage.IDEA, on=on, by=by, on_behalf_of=on_behalf_of
    )
    audit.record(by, "residency.idea_saved", str(residency), place_of(residency), on_behalf_of=on_behalf_of)
    return residency


def next_code(programme: Programme, year: int) -> str:
    """The next free `PPP-YYYY-NNN`, given under a lock on the programme. No residency is ever deleted (V-17), so a
    code is never given twice. StepRefused after the 999th of a year."""
    Programme.objects.select_for_update(no_key=True).get(pk=programme.pk)
    opening = f"{programme.code_prefix}-{year:04d}-"
    last = (
        Residency.objects.filter(programme=programme, code__startswith=opening)
        .order_by("-code")
        .values_list("code", flat=True)
        .first()
    )
    number = int(last[-3:]) + 1 if last else 1
    if number > 999:
        raise StepRefused(
            f"There are 999 already this year. Start another programme for the ones after {last}."
        )
    return f"{opening}{number:03d}"


class InBothParts(StepRefused):
    """V-4: an organisation would be host and academic home of the same residency."""


def set_organisation(
    residency: Residency, part: str, organisation: Organisation | None, own_reference: str | None = None
) -> None:
    """Puts an organisation into the first place of a part, or takes out the one that is there; further ones of the
    part stay where they are. Its own reference stays with it. InBothParts for one that is in the opposite part."""
    rows = ResidencyOrganisation.objects.filter(residency=residency, part=part).order_by("pk")
    first = rows.first()
    if organisation is None:
        first.delete() if first else None
    elif rows.filter(organisation=organisation).exists():
        if first and first.organisation_id != organisation.pk:
            first.delete()
    else:
        refuse_both_parts(residency, part, organisation)
        _take_first_place(residency, part, organisation, first)
    if own_reference is not None:
        rows.filter(organisation=organisation).update(own_reference=own_reference)
    forget_organisations(residency)


def _take_first_place(
    residency: Residency, part: str, organisation: Organisation, first: ResidencyOrganisation | None
) -> None:
    """A host that becomes the lead host brings its own reference along."""
    reference = ""
    if part == OrganisationPart.LEAD_HOST:
        host = ResidencyOrganisation.objects.filter(
            residency=residency, part=OrganisationPart.HOST, organisation=organisation
        )
        reference = host.values_list("own_reference", flat=True).first() or ""
        host.delete()
    if first is None:
        first = ResidencyOrganisation(residency=residency, part=part)
    first.organisation, first.own_reference = organisation, reference
    first.save()


def refuse_both_parts(residency: Residency, part: str, organisation: Organisation) -> None:
    """V-4: nobody is both host and academic home, unless the residency goes both ways."""
    home = OrganisationPart.ACADEMIC_HOME
    opposite = HOSTING if part == home else (home,) if part in HOSTING else ()
    if residency.direction == Direction.TWO_WAY:
        return
    if residency.organisations.filter(part__in=opposite, organisation=organisation).exists():
        there = "a host" if part == home else "the academic home"
        raise InBothParts(
            f"{organisation} is {there} here already. It can be both only where people go both ways: "
            "change the direction first"
        )


def forget_organisations(residency: Residency) -> None:
    """What was fetched before is asked for anew."""
    getattr(residency, "_prefetched_objects_cache", {}).pop("organisations", None)
