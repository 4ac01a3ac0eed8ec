"""Writes, changes, removes and repeats entries; every deed keeps the month's roll-up in step."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import Changed, check_version
from embedded.vault import Sealer
from programmes.entries import months
from programmes.entries.unsaved import forget_drafts_of_gone
from programmes.entries.words import Words, name_readers, seal_into
from programmes.models import Activity, Contact, Organisation, Project, Readers, Residency


@dataclass(frozen=True)
class Entry:
    """What an entry says. `minutes` as typed, 1 to 960 (V-60); all contacts are of the writer's own list."""

    date: datetime.date
    minutes: int
    kind: str
    words: Words = field(default_factory=Words)
    place: str = ""
    host: Organisation | None = None
    project: Project | None = None
    requester: Contact | None = None
    met: Sequence[Contact] = ()
    sign: str = ""
    output: str = ""
    late_reason: str = ""


@transaction.atomic
def log_activity(*, residency: Residency, entry: Entry, by: Person, sealer: Sealer | None = None) -> Activity:
    """Writes an entry of `by`'s own log; `sealer` is theirs, where several are written."""
    activity = Activity(residency=residency, person=by, **_columns(entry))
    seal_into(activity, entry.words, sealer or Sealer(by))
    activity.save()
    if entry.words.are_shared:
        name_readers(activity, entry.words)
    if entry.met:
        activity.met.set(entry.met)
    months.count(activity, +1)
    record(by=by, deed="activity.logged", what=f"Entry {activity.pk}", place=place_of(residency))
    return activity


@transaction.atomic
def change_activity(
    *, activity: Activity, entry: Entry, version: int, by: Person, sealer: Sealer | None = None
) -> Activity:
    """Changes an entry; embedded.drafts.Changed if another hand was there since it was opened, or took it out."""
    there = _locked(activity)
    if there is None:
        raise Changed(activity)
    check_version(there, version)
    activity = there
    months.count(activity, -1)
    for name, value in _columns(entry).items():
        setattr(activity, name, value)
    seal_into(activity, entry.words, sealer or Sealer(by))
    activity.save()
    name_readers(activity, entry.words)
    activity.met.set(entry.met)
    months.count(activity, +1)
    record(by=by, deed="activity.changed", what=f"Entry {activity.pk}", place=place_of(activity.residency))
    return activity


@transaction.atomic
def withdraw_words(*, activity: Activity, by: Person) -> None:
    """Takes the words of an entry away from their readers and seals them for `by`, who wrote them; once more changes
    nothing. All else of the entry stays, so that it can be done when the post is over."""
    there = _locked(activity)
    if there is None or there.readers == Readers.ONLY_ME:
        return
    alone = Words(there.what)
    seal_into(there, alone, Sealer(by))
    there.version += 1
    there.save(update_fields=["readers", "what", "sealed", "version"])
    name_readers(there, alone)
    record(by=by, deed="activity.withdrawn", what=f"Entry {there.pk}", place=place_of(there.residency))


@transaction.atomic
def remove_activity(*, activity: Activity, by: Person) -> None:
    """Takes an entry out of the log, its words with it; nothing when it is out already."""
    there = _locked(activity)
    if there is None:
        return
    months.count(there, -1)
    record(by=by, deed="activity.removed", what=f"Entry {there.pk}", place=place_of(there.residency))
    there.delete()
    forget_drafts_of_gone(by)


def place_of(residency: Residency) -> str:
    """Where in the audit trail what happens to a residency's log stands."""
    return f"p/{residency.programme.slug}/r/{residency.code}"


def _locked(activity: Activity) -> Activity | None:
    """The entry as it is now, held until the deed is done; None when it was taken out meanwhile."""
    held = Activity.objects.select_for_update(of=("self",)).select_related("residency")
    return held.filter(pk=activity.pk).first()


def _columns(entry: Entry) -> dict[str, object]:
    return {
        "date": entry.date,
        "minutes": entry.minutes,
        "kind": entry.kind,
        "place": entry.place,
        "host": entry.host,
        "project": entry.project,
        "requester": entry.requester,
        "sign": entry.sign,
        "output": entry.output,
        "late_reason": entry.late_reason,
    }
