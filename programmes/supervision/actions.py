"""The deeds of supervision: a meeting is recorded, and changed by whoever recorded it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db import transaction

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import check_version
from programmes.entries.writing import place_of
from programmes.models import Residency, SupervisionMeeting


@dataclass(frozen=True)
class Meeting:
    """Who met whom, on which side, what was agreed, when the next one is."""

    person: Person
    side: str
    with_name: str
    on: datetime.date
    agreed: str = ""
    next_on: datetime.date | None = None
    with_person: Person | None = None


@transaction.atomic
def record_supervision(*, residency: Residency, meeting: Meeting, by: Person) -> SupervisionMeeting:
    made = SupervisionMeeting.objects.create(residency=residency, recorded_by=by, **vars(meeting))
    record(by=by, deed="supervision.recorded", what=f"Meeting {made.pk}", place=place_of(residency))
    return made


@transaction.atomic
def change_supervision(
    *, recorded: SupervisionMeeting, meeting: Meeting, version: int, by: Person
) -> SupervisionMeeting:
    """Changes what one recorded oneself; embedded.drafts.Changed if another window was there in the meantime."""
    check_version(recorded, version)
    for name, value in vars(meeting).items():
        setattr(recorded, name, value)
    recorded.save()
    place = place_of(recorded.residency)
    record(by=by, deed="supervision.changed", what=f"Meeting {recorded.pk}", place=place)
    return recorded
