"""The deeds of dates away; those of entries are in programmes.entries."""

from __future__ import annotations

import datetime

from django.db import transaction

from embedded.accounts.models import Person
from embedded.audit import record
from programmes.models import Away


@transaction.atomic
def be_away(
    *,
    start: datetime.date,
    end: datetime.date,
    by: Person,
    start_afternoon: bool = False,
    end_noon: bool = False,
) -> Away:
    """Records dates away, `end` the last of them, from noon or until noon where it says so. No reason is asked or
    kept."""
    away = Away.objects.create(
        person=by, start=start, end=end, start_afternoon=start_afternoon, end_noon=end_noon
    )
    record(by=by, deed="away.recorded", what="Dates away", place="away")
    return away


@transaction.atomic
def not_be_away(*, away: Away, by: Person) -> None:
    """Takes dates away out again."""
    record(by=by, deed="away.removed", what="Dates away")
    away.delete()
