"""Each step of a case study as a row of its own, and the one that ends it: withdrawn."""

from __future__ import annotations

import datetime

from django.db import transaction

from embedded import audit
from embedded.accounts.models import Person
from programmes.access import leads_of
from programmes.cases import notices
from programmes.cases.rules import check_step
from programmes.founding import place_of
from programmes.models import CaseState, CaseStep, CaseStudy


@transaction.atomic
def withdraw(*, case: CaseStudy, why: str, by: Person | None, name: str, at: datetime.datetime) -> CaseStudy:
    """Takes page and file away at once; writer and leads are told. Raises Refused."""
    locked = lock(case)
    check_step(locked, CaseState.WITHDRAWN)
    file, locked.pdf = locked.pdf, None
    take_step(locked, CaseState.WITHDRAWN, by, name, at, why)
    if file is not None:
        file.delete()
    people = {one.pk: one for one in [locked.begun_by, *leads_of(locked.residency)]}
    notices.withdrawn(locked, list(people.values()), why=why, name=name)
    noted(locked, "case.withdrawn", by)
    return locked


def take_step(
    case: CaseStudy,
    to: CaseState,
    by: Person | None,
    name: str,
    at: datetime.datetime,
    why: str = "",
) -> None:
    """Keeps the step as a row of its own, and the case study as it is now."""
    case.state = to
    case.save()
    CaseStep.objects.create(
        case=case, to_state=to, edition=case.edition, at=at, by=by, by_name=name[:120], why=why
    )


def lock(case: CaseStudy) -> CaseStudy:
    """The row as it is now, held until the end of the deed."""
    found = CaseStudy.objects.select_for_update(of=("self",))
    return found.select_related("residency__programme", "begun_by", "host_link", "pdf").get(pk=case.pk)


def noted(case: CaseStudy, deed: str, by: Person | None, details: dict[str, object] | None = None) -> None:
    audit.record(by, deed, str(case), place_of(case.residency), details=details)
