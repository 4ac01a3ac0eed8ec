"""The deeds of a calendar: hand it in, log what is ticked, leave out what is not for the log."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from embedded import jobs
from embedded.accounts.models import Person
from embedded.audit import record
from embedded.drafts import Changed
from embedded.files import keep
from embedded.jobs.models import OPEN_STATES, JobState
from embedded.vault import Sealer
from programmes.calendars.choosing import Place
from programmes.entries.waiting import leave_out, text_planned, tick
from programmes.entries.words import LOST, Words
from programmes.entries.writing import Entry, place_of
from programmes.models import LogFile, LogFileForm, PlannedEntry, PlannedOrigin, PlannedState

READ: Final = "calendar_read"
MOST_AT_ONCE: Final = 5  # calendars of one person that wait or are being read
KEPT_AS: Final = "application/octet-stream"  # never handed out as what it calls itself


class TooManyWaiting(Exception):
    """Somebody has handed in more at once than one person needs; the text says what to do."""


@dataclass(frozen=True)
class Ticked:
    """What was said of all that are ticked at once. `minutes` by the number of each."""

    minutes: dict[int, int]
    kind: str
    place: Place
    late_reason: str
    late_before: datetime.date


@transaction.atomic
def hand_in(*, content: bytes, by: Person, at: datetime.datetime) -> LogFile:
    """Keeps the calendar, sealed and without its name, and has it read. The same file on the same day is the first one.
    Raises TooManyWaiting, and NoRoom when the disk is full."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # one press of a person after the other
    sealer, own = Sealer(by), LogFile.objects.filter(person=by)
    mark = sealer.mark(f"{at:%Y-%m-%d} {hashlib.sha256(content).hexdigest()}")
    if same := own.filter(mark=mark, form=LogFileForm.ICS, problem="").first():
        return same
    if own.filter(job__state__in=OPEN_STATES).count() >= MOST_AT_ONCE:
        raise TooManyWaiting("Wait until one of your files is read, then upload the next")
    kept = keep(sealer.seal_bytes(content), "log", KEPT_AS)
    file = LogFile.objects.create(person=by, form=LogFileForm.ICS, content=kept, mark=mark, asked_at=at)
    file.job = jobs.ask(READ, f"{READ}:{file.pk}", {"file": file.pk}, by.user)
    file.save(update_fields=["job"])
    record(
        by, "calendar.handed_in", f"File {file.pk} of a log", "log/calendar", details={"bytes": len(content)}
    )
    return file


@transaction.atomic
def try_again(*, file: LogFile, by: Person) -> bool:
    """Reads a calendar anew whose reading was interrupted. False where it was not."""
    there = LogFile.objects.select_for_update(of=("self",), no_key=True).select_related("job").get(pk=file.pk)
    if there.job is None or there.job.state != JobState.FAILED:
        return False
    record(by, "calendar.asked_again", f"File {file.pk} of a log", "log/calendar")
    return jobs.retry(there.job)


@transaction.atomic
def log_ticked(*, planned: Sequence[PlannedEntry], ticked: Ticked, today: datetime.date, by: Person) -> int:
    """Makes an entry of each, its title the words that only their owner reads; days to come wait as planned. How many
    are logged. Changed where one waits no more, and then none is."""
    sealer, logged = Sealer(by), 0
    for one in planned:
        if one.on > today:
            _wait_for_its_day(one, ticked)
            continue
        title = text_planned(one, sealer)
        entry = Entry(
            date=one.on,
            minutes=ticked.minutes[one.pk],
            kind=ticked.kind,
            words=Words("" if title == LOST else title),
            host=ticked.place.host,
            late_reason=ticked.late_reason if one.on < ticked.late_before else "",
        )
        tick(planned=one, residency=ticked.place.residency, entry=entry, by=by, sealer=sealer)
        logged += 1
    _settled(planned)
    return logged


def _wait_for_its_day(planned: PlannedEntry, ticked: Ticked) -> None:
    """As if it had been typed: the log asks when its day has come."""
    there = PlannedEntry.objects.select_for_update().filter(pk=planned.pk, state=PlannedState.WAITING).first()
    if there is None or there.origin != PlannedOrigin.CALENDAR:
        raise Changed(planned)
    there.residency, there.host, there.kind = ticked.place.residency, ticked.place.host, ticked.kind
    there.minutes, there.origin, there.file = ticked.minutes[there.pk], PlannedOrigin.TYPED, None
    there.version += 1
    there.save()
    place = place_of(ticked.place.residency)
    record(there.person, "planned_entry.made", f"Planned entry {there.pk}", place)


@transaction.atomic
def leave_out_ticked(*, planned: Sequence[PlannedEntry], by: Person) -> None:
    """None of these is for the log, and none is asked about again."""
    for one in planned:
        leave_out(planned=one, by=by)
    _settled(planned)


def _settled(planned: Sequence[PlannedEntry]) -> None:
    """Only that it was answered is kept, so that the same event is no draft a second time."""
    done = PlannedEntry.objects.filter(pk__in=[one.pk for one in planned]).exclude(state=PlannedState.WAITING)
    done.update(text=None, file=None)
