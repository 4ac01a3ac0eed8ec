"""The deeds of the first hundred days: tick a line, untick it, add one's own, take that out."""

from __future__ import annotations

import datetime

from django.db import transaction

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.vault import Sealer
from programmes.entries.writing import place_of
from programmes.models import FirstDaysLine, Residency
from programmes.settling.plan import Line


@transaction.atomic
def tick(*, residency: Residency, line: Line, by: Person, on: datetime.date | None) -> None:
    """Records that a line of the record is done, with None that it is not."""
    FirstDaysLine.objects.update_or_create(
        residency=residency, person=by, key=line.key, defaults={"week": line.week, "done_on": on}
    )
    _record(residency, "first_days.ticked", by)


@transaction.atomic
def tick_own(*, line: FirstDaysLine, by: Person, on: datetime.date | None) -> None:
    line.done_on = on
    line.save(update_fields=["done_on"])
    _record(line.residency, "first_days.ticked", by)


@transaction.atomic
def add_own(*, residency: Residency, week: int, words: str, by: Person) -> FirstDaysLine:
    """Puts a line of `by`'s own on the list, its words sealed with their key."""
    line = FirstDaysLine.objects.create(
        residency=residency, person=by, week=week, text=Sealer(by).seal(words)
    )
    _record(residency, "first_days.added", by)
    return line


@transaction.atomic
def remove_own(*, line: FirstDaysLine, by: Person) -> None:
    _record(line.residency, "first_days.removed", by)
    line.delete()


def _record(residency: Residency, deed: str, by: Person) -> None:
    record(by=by, deed=deed, what=residency.code, place=place_of(residency))
