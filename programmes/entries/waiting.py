"""What waits until its day has come, or until somebody says that it happened; it counts nowhere before that."""

from __future__ import annotations

from django.db import transaction

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import Changed
from embedded.vault import Sealer
from programmes.entries.writing import Entry, log_activity, place_of
from programmes.models import (
    Activity,
    PlannedEntry,
    PlannedOrigin,
    PlannedState,
    Residency,
)


@transaction.atomic
def plan(*, residency: Residency, entry: Entry, by: Person) -> PlannedEntry:
    """Keeps what was typed for a day to come, its text sealed. Readers are chosen when it is logged."""
    text = entry.words.text.strip()
    planned = PlannedEntry.objects.create(
        person=by,
        residency=residency,
        on=entry.date,
        minutes=entry.minutes,
        kind=entry.kind,
        text=Sealer(by).seal(text) if text else None,
        host=entry.host,
        project=entry.project,
        place=entry.place,
        origin=PlannedOrigin.TYPED,
    )
    record(by=by, deed="planned_entry.made", what=f"Planned entry {planned.pk}", place=place_of(residency))
    return planned


@transaction.atomic
def tick(*, planned: PlannedEntry, residency: Residency, entry: Entry, by: Person) -> Activity:
    """Makes an entry of it, as the person says that it happened; Changed when it waits no more."""
    there = _waiting(planned)
    activity = log_activity(residency=residency, entry=entry, by=by)
    there.state, there.activity = PlannedState.LOGGED, activity
    there.version += 1
    there.save(update_fields=["state", "activity", "version"])
    return activity


@transaction.atomic
def leave_out(*, planned: PlannedEntry, by: Person) -> None:
    """It did not happen, or does not belong in the log; Changed when it waits no more."""
    there = _waiting(planned)
    there.state = PlannedState.LEFT_OUT
    there.version += 1
    there.save(update_fields=["state", "version"])
    record(by=by, deed="planned_entry.left_out", what=f"Planned entry {there.pk}")


def _waiting(planned: PlannedEntry) -> PlannedEntry:
    there = PlannedEntry.objects.select_for_update().filter(pk=planned.pk).first()
    if there is None or there.state != PlannedState.WAITING:
        raise Changed(planned)
    return there
