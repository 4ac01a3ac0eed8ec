"""How every residency begins, whichever way it comes in: its code, its organisations, its first row of history."""

from __future__ import annotations

import datetime

from django.db import transaction

from embedded import audit
from embedded.accounts.models import Person
from programmes.lifecycle import StepRefused
from programmes.models import (
    Organisation,
    OrganisationPart,
    Programme,
    Residency,
    ResidencyOrganisation,
    Stage,
    StageChange,
    Theme,
)


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
    Programme.objects.select_for_update().get(pk=programme.pk)
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


def set_organisation(
    residency: Residency, part: str, organisation: Organisation | None, own_reference: str | None = None
) -> None:
    """Puts one organisation into a part of which there is one, or takes it out; its own reference stays with it."""
    rows = ResidencyOrganisation.objects.filter(residency=residency, part=part)
    if organisation is None:
        rows.delete()
    elif not rows.filter(organisation=organisation).exists():
        rows.delete()
        ResidencyOrganisation.objects.create(residency=residency, organisation=organisation, part=part)
    if own_reference is not None:
        rows.update(own_reference=own_reference)
    getattr(residency, "_prefetched_objects_cache", {}).pop("organisations", None)
