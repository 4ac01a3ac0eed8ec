"""What waits until its day has come, or until somebody says that it happened; it counts nowhere before that."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import Changed, check_version
from embedded.vault import CannotBeRead, Sealer
from programmes.entries.words import LOST, Words
from programmes.entries.writing import Entry, log_activity, place_of, remove_activity
from programmes.models import (
    Activity,
    PlannedEntry,
    PlannedOrigin,
    PlannedState,
    Residency,
)


@transaction.atomic
def plan(*, residency: Residency, entry: Entry, by: Person, sealer: Sealer | None = None) -> PlannedEntry:
    """Keeps what was typed for a day to come, its text sealed. Readers are chosen when it is logged."""
    text = entry.words.text.strip()
    planned = PlannedEntry.objects.create(
        person=by,
        residency=residency,
        on=entry.date,
        minutes=entry.minutes,
        kind=entry.kind,
        text=(sealer or Sealer(by)).seal(text) if text else None,
        host=entry.host,
        project=entry.project,
        place=entry.place,
        origin=PlannedOrigin.TYPED,
    )
    record(by=by, deed="planned_entry.made", what=f"Planned entry {planned.pk}", place=place_of(residency))
    return planned


@transaction.atomic
def plan_anew(*, planned: PlannedEntry, entry: Entry, version: int, by: Person) -> None:
    """Another day to come, or other words for it; Changed if another hand was there, or it waits no more."""
    there = _waiting(planned)
    check_version(there, version)
    text = entry.words.text.strip()
    there.on, there.minutes, there.kind, there.place = entry.date, entry.minutes, entry.kind, entry.place
    there.host, there.project = entry.host, entry.project
    if text != LOST:
        there.text = Sealer(by).seal(text) if text else None
    there.save()
    where = place_of(there.residency) if there.residency else ""
    record(by=by, deed="planned_entry.changed", what=f"Planned entry {there.pk}", place=where)


@transaction.atomic
def tick(
    *,
    planned: PlannedEntry,
    residency: Residency,
    entry: Entry,
    by: Person,
    version: int | None = None,
    sealer: Sealer | None = None,
) -> Activity:
    """Makes an entry of it, as the person says that it happened; Changed when it waits no more, or, given the
    `version` that was shown, if another hand was there since."""
    there = _waiting(planned)
    if version is not None:
        check_version(there, version)
    activity = log_activity(residency=residency, entry=entry, by=by, sealer=sealer)
    there.state, there.activity = PlannedState.LOGGED, activity
    there.version += 1
    there.save(update_fields=["state", "activity", "version"])
    return activity


@transaction.atomic
def take_back(*, activity: Activity, by: Person) -> None:
    """Undoes an entry that was just made; what had waited to become it waits again."""
    there = PlannedEntry.objects.select_for_update().filter(activity=activity).first()
    if there is not None:
        there.state, there.activity = PlannedState.WAITING, None
        there.version += 1
        there.save(update_fields=["state", "activity", "version"])
    remove_activity(activity=activity, by=by)


@transaction.atomic
def leave_out(*, planned: PlannedEntry, by: Person) -> None:
    """It did not happen, or does not belong in the log; Changed when it waits no more."""
    there = _waiting(planned)
    there.state = PlannedState.LEFT_OUT
    there.version += 1
    there.save(update_fields=["state", "version"])
    record(by=by, deed="planned_entry.left_out", what=f"Planned entry {there.pk}", place="log")


def waiting_in(residency: Residency, person: Person) -> list[PlannedEntry]:
    """What this person typed for days to come in a residency, or days that have come; the earliest first."""
    typed = PlannedEntry.objects.filter(
        person=person, residency=residency, state=PlannedState.WAITING, origin=PlannedOrigin.TYPED
    )
    return list(typed.select_related("project"))


def own_planned(residency: Residency, person: Person, pk: int) -> PlannedEntry:
    """What the person planned in a residency, waiting or not; anybody else's is a 404."""
    own = PlannedEntry.objects.filter(person=person, residency=residency, origin=PlannedOrigin.TYPED)
    planned = own.select_related("residency__programme", "host", "project").filter(pk=pk).first()
    if planned is None:
        raise Http404("No plan of yours has that number")
    return planned


def text_planned(planned: PlannedEntry, opener: Sealer) -> str:
    """What stands in it, "" where nothing does, LOST where its key is gone. `opener` is that of the person whose it
    is."""
    try:
        return opener.open(planned.text) if planned.text is not None else ""
    except CannotBeRead:
        return LOST


def entry_of(planned: PlannedEntry, opener: Sealer) -> Entry:
    """What is logged when it happened as it was planned; its minutes and kind are there."""
    text = text_planned(planned, opener)
    return Entry(
        date=planned.on,
        minutes=planned.minutes or 0,
        kind=planned.kind,
        words=Words("" if text == LOST else text),
        place=planned.place,
        host=planned.host,
        project=planned.project,
    )


def _waiting(planned: PlannedEntry) -> PlannedEntry:
    there = PlannedEntry.objects.select_for_update().filter(pk=planned.pk).first()
    if there is None or there.state != PlannedState.WAITING:
        raise Changed(planned)
    return there
