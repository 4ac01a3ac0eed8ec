"""Saves a week: every entry that is new, changed or taken out, or none of them."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import prefetch_related_objects

from embedded.accounts.models import Person
from embedded.vault import Sealer
from programmes.entries.days import LATE_AFTER
from programmes.entries.waiting import plan
from programmes.entries.words import Words, text_of
from programmes.entries.writing import Entry, change_activity, log_activity, remove_activity
from programmes.models import Activity
from programmes.weeks.sent import Change, NewEntry, Sent
from programmes.weeks.week_reading import Places


@transaction.atomic
def save_week(*, sent: Sent, places: Places, late_reason: str, today: datetime.date, by: Person) -> None:
    """What falls on a day to come waits as planned. embedded.drafts.Changed, and nothing saved, if another hand was
    at one of the entries since they were read."""
    opener = Sealer(by)
    touched = [*sent.removed, *(change.entry for change in sent.changed)]
    prefetch_related_objects(touched, "residency__programme", "host", "project", "requester")
    for entry in sent.removed:
        remove_activity(activity=entry, by=by)
    for change in sent.changed:
        late = change.entry.date < today - LATE_AFTER
        entry_now = _with_other_minutes(change, late_reason if late else "", opener)
        change_activity(activity=change.entry, entry=entry_now, version=change.version, by=by, sealer=opener)
    for new in sent.new:
        residency, entry_new = places.residencies[new.row.residency], _made(new, places, late_reason, today)
        if new.date > today:
            plan(residency=residency, entry=entry_new, by=by)
        else:
            log_activity(residency=residency, entry=entry_new, by=by)


def _made(new: NewEntry, places: Places, late_reason: str, today: datetime.date) -> Entry:
    return Entry(
        date=new.date,
        minutes=new.minutes,
        kind=new.row.kind,
        host=places.hosts[new.row.residency].get(new.row.host),
        project=places.projects.get(new.row.project),
        late_reason=late_reason if new.date < today - LATE_AFTER else "",
    )


def _with_other_minutes(change: Change, late_reason: str, opener: Sealer) -> Entry:
    """The entry as it stands, its words and readers with it."""
    there: Activity = change.entry
    words = Words(text_of(there, opener), there.readers, list(there.named_readers.all()))
    return Entry(
        date=there.date,
        minutes=change.minutes,
        kind=there.kind,
        words=words,
        place=there.place,
        host=there.host,
        project=there.project,
        requester=there.requester,
        met=list(there.met.all()),
        sign=there.sign,
        output=there.output,
        late_reason=there.late_reason or late_reason,
    )
