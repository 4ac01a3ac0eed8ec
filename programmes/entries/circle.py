"""The people of a residency who can be named as readers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from embedded.accounts.models import Person
from embedded.database.prepared import Prepared
from programmes.models import Membership, Residency, Role


@dataclass(frozen=True)
class Circle:
    """Those who can be named, and which of them supervise."""

    supervisors: list[Person]
    everyone: list[Person]


_OTHERS_IN: Final = Prepared(
    lambda residency, person, today: (
        Membership.objects.filter(residency_id=residency)
        .live_on(today)
        .exclude(person_id=person)
        .select_related("person")
        .order_by("person__display_name")
    ),
    {"residency": 2_000_000_011, "person": 2_000_000_033, "today": datetime.date(1948, 7, 5)},
)


def circle(residency: Residency, person: Person, today: datetime.date) -> Circle:
    """Everyone with a live membership of this residency, the writer left out."""
    held = _OTHERS_IN(residency=residency.pk, person=person.pk, today=today)
    everyone = {membership.person_id: membership.person for membership in held}
    supervisors = {m.person_id: m.person for m in held if m.role == Role.ACADEMIC_SUPERVISOR}
    return Circle(list(supervisors.values()), list(everyone.values()))
