"""The deeds of the dashboard: begin a visit, switch a rule."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction

from embedded import audit
from embedded.accounts.models import Person
from embedded.database.prepared import Prepared
from programmes.models import Programme, ProgrammeVisit

A_VISIT_LASTS: Final = datetime.timedelta(minutes=30)


_VISIT_OF: Final = Prepared(
    lambda programme, person: ProgrammeVisit.objects.filter(programme_id=programme, person_id=person),
    {"programme": 2_000_000_011, "person": 2_000_000_012},
)


def begin_visit(*, programme: Programme, by: Person, at: datetime.datetime) -> datetime.datetime | None:
    """The moment since which things are new: when the visit before this one began, None on a first visit. Looking
    again within half an hour is the same visit. Not audited: when somebody looks is nobody else's business."""
    for known in _VISIT_OF(programme=programme.pk, person=by.pk):
        if at - known.began_at <= A_VISIT_LASTS:
            return known.previous_at
    return _begin_another(programme, by, at)


@transaction.atomic
def _begin_another(programme: Programme, by: Person, at: datetime.datetime) -> datetime.datetime | None:
    visit, _ = ProgrammeVisit.objects.get_or_create(programme=programme, person=by, defaults={"began_at": at})
    if at - visit.began_at > A_VISIT_LASTS:
        visit.previous_at, visit.began_at = visit.began_at, at
        visit.save(update_fields=["previous_at", "began_at"])
    return visit.previous_at


@transaction.atomic
def switch_rule(*, programme: Programme, rule: str, on: bool, by: Person) -> Programme:
    """Switches a rule of attention for the whole programme; switching to what it is already changes nothing."""
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    rules = set(locked.rules_on)
    if (rule in rules) == on:
        return locked
    locked.rules_on = sorted(rules | {rule} if on else rules - {rule})
    locked.save(update_fields=["rules_on"])
    audit.record(
        by,
        "programme.rule_switched",
        locked.name,
        f"p/{locked.slug}",
        details={"rule": rule, "on": on},
    )
    return locked
