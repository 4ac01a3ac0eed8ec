"""The deeds of the log: write, change and remove an entry; every one keeps the month's roll-up in step."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max

from embedded import vault
from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import Changed, check_version
from programmes.measures import rows
from programmes.models import (
    Activity,
    ActivityMonth,
    Away,
    Note,
    Organisation,
    Project,
    Readers,
    Residency,
)


@dataclass(frozen=True)
class NoteWords:
    """What is to be noted and for whom; no text means no note."""

    text: str = ""
    readers: str = Readers.ONLY_ME
    named: Sequence[Person] = field(default_factory=tuple)


@dataclass(frozen=True)
class Entry:
    """What an entry says. `minutes` as typed, 1 to 960 (V-60)."""

    what: str
    date: datetime.date
    minutes: int
    kind: str
    place: str = ""
    host: Organisation | None = None
    project: Project | None = None
    asked_by: str = ""
    late_reason: str = ""
    note: NoteWords = NoteWords()


@transaction.atomic
def log_activity(*, residency: Residency, entry: Entry, by: Person) -> Activity:
    """Writes an entry of `by`'s own log."""
    activity = Activity.objects.create(residency=residency, person=by, **_columns(entry))
    if entry.note.text.strip():
        _keep_note(activity, entry.note, by)
    _count(activity, +1)
    record(by=by, deed="activity.logged", what=f"Entry {activity.pk}", place=_place(residency))
    return activity


@transaction.atomic
def change_activity(*, activity: Activity, entry: Entry, version: int, by: Person) -> Activity:
    """Changes an entry; embedded.drafts.Changed if another hand was there since it was opened, or took it out."""
    there = _locked(activity)
    if there is None:
        raise Changed(activity)
    check_version(there, version)
    activity = there
    _count(activity, -1)
    for name, value in _columns(entry).items():
        setattr(activity, name, value)
    activity.save()
    _keep_note(activity, entry.note, by)
    _count(activity, +1)
    record(by=by, deed="activity.changed", what=f"Entry {activity.pk}", place=_place(activity.residency))
    return activity


@transaction.atomic
def remove_activity(*, activity: Activity, by: Person) -> None:
    """Takes an entry out of the log, its note with it; nothing when it is out already."""
    there = _locked(activity)
    if there is None:
        return
    _count(there, -1)
    record(by=by, deed="activity.removed", what=f"Entry {there.pk}", place=_place(there.residency))
    there.delete()


@transaction.atomic
def be_away(*, start: datetime.date, end: datetime.date, by: Person) -> Away:
    """Records dates away, `end` the last of them. No reason is asked or kept."""
    away = Away.objects.create(person=by, start=start, end=end)
    record(by=by, deed="away.recorded", what="Dates away", place="away")
    return away


@transaction.atomic
def not_be_away(*, away: Away, by: Person) -> None:
    """Takes dates away out again."""
    record(by=by, deed="away.removed", what="Dates away")
    away.delete()


def _locked(activity: Activity) -> Activity | None:
    """The entry as it is now, held until the deed is done; None when it was taken out meanwhile."""
    held = Activity.objects.select_for_update(of=("self",)).select_related("residency")
    return held.filter(pk=activity.pk).first()


def _columns(entry: Entry) -> dict[str, object]:
    return {
        "what": entry.what,
        "date": entry.date,
        "minutes": entry.minutes,
        "kind": entry.kind,
        "place": entry.place,
        "host": entry.host,
        "project": entry.project,
        "asked_by": entry.asked_by,
        "late_reason": entry.late_reason,
    }


def _keep_note(activity: Activity, words: NoteWords, by: Person) -> None:
    """One note an entry: sealed with the writer's own key when it is for the writer alone."""
    Note.objects.filter(activity=activity).delete()
    if not words.text.strip():
        return
    private = words.readers == Readers.ONLY_ME
    note = Note.objects.create(
        activity=activity,
        readers=words.readers,
        sealed=vault.seal(by, words.text) if private else None,
        text="" if private else words.text,
    )
    if words.readers == Readers.PEOPLE:
        note.named_readers.set(words.named)


def _count(activity: Activity, sign: int) -> None:
    """Moves the entry into (+1) or out of (-1) its month's row, under that row's lock."""
    first = activity.date.replace(day=1)
    months = ActivityMonth.objects.select_for_update()
    row = months.filter(residency=activity.residency_id, month=first).first()
    if row is None:  # somebody else may make it at the same moment
        ActivityMonth.objects.get_or_create(residency=activity.residency, month=first)
        row = months.get(residency=activity.residency_id, month=first)
    rows.add_to_month(row, activity, sign)
    if sign < 0:
        others = Activity.objects.filter(
            residency=activity.residency, date__gte=first, date__month=first.month, date__year=first.year
        ).exclude(pk=activity.pk)
        row.last_logged_on = others.aggregate(last=Max("date"))["last"]
    row.save()


def _place(residency: Residency) -> str:
    return f"p/{residency.programme.slug}/r/{residency.code}"
