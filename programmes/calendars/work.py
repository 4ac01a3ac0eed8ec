"""The piece of work in the background: read a calendar, and make drafts of its meetings."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from django.db import transaction
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.files import Damaged
from embedded.files.keeping import read as kept_bytes
from embedded.jobs import CannotBeDone, Progress
from embedded.tables.reading.bounds import MEGABYTE, TOO_MUCH, Bounds, CannotRead
from embedded.tables.reading.opening import run_child
from embedded.vault import CannotBeRead, Sealer
from programmes.calendars.choosing import span
from programmes.models import LogFile, PlannedEntry, PlannedOrigin, PlannedState

CHILD: Final = "programmes.calendars.child"
BOUNDS: Final = Bounds(most_bytes=16 * MEGABYTE, patience=50)
TOO_LARGE: Final = (
    "This calendar is too large to be read at once. Export a shorter span of days, and upload that."
)
AT_ONCE: Final = 1_000


@dataclass
class Said:
    """What the calendar holds of the days that are looked at: (key, day, minutes, title) of each meeting."""

    meetings: list[tuple[str, datetime.date, int | None, str]] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def read_calendar(file: LogFile, progress: Progress) -> None:
    """Once: done again it finds nothing to do."""
    if file.checked_at is not None or file.problem:
        return
    progress("Reading the calendar", 0, 0)
    try:
        content = Sealer(file.person).open_bytes(kept_bytes(file.content))
        said = _said(content, file.person, timezone.localdate(file.asked_at))
    except CannotRead as problem:
        file.problem = TOO_LARGE if str(problem) == TOO_MUCH else str(problem)
        file.save(update_fields=["problem"])
        return
    except (Damaged, CannotBeRead) as problem:
        raise CannotBeDone("The calendar cannot be read any more. Upload it again.") from problem
    counts = _keep(said, file)
    file.counts = {"meetings": len(said.meetings), **counts, "left_out": said.left_out}
    file.checked_at = timezone.now()
    file.save(update_fields=["counts", "checked_at"])


def _said(content: bytes, person: Person, today: datetime.date) -> Said:
    first, end = span(today)
    header = {"first": first.isoformat(), "end": end.isoformat(), "own": sorted(addresses_of(person))}
    said = Said()
    for line in run_child(CHILD, header, content, BOUNDS):
        if isinstance(line, list):
            key, on, minutes, title = line
            said.meetings.append((key, datetime.date.fromisoformat(on), minutes, title))
        elif "problem" in line:
            raise CannotRead(line["problem"])
        else:
            said.left_out = line["left_out"]
    return said


def addresses_of(person: Person) -> set[str]:
    """By which invitations know this person."""
    known = [person.email, person.user.email if person.user else ""]
    return {address.strip().lower() for address in known if address.strip()}


def _keep(said: Said, file: LogFile) -> dict[str, int]:
    """New meetings become drafts; one that waits follows what the calendar says now; one that was answered stays so."""
    sealer, counts = Sealer(file.person), Counter[str]()
    marked = {sealer.mark(f"calendar {one[0]}"): one for one in said.meetings}
    there = {bytes(one.uid_mark or b""): one for one in _known(file.person, list(marked))}
    new = []
    for mark, (_, on, minutes, title) in marked.items():
        if (known := there.get(mark)) is None:
            new.append(_draft(file, mark, on, minutes, sealer.seal(title) if title else None))
        elif known.state == PlannedState.WAITING and known.origin == PlannedOrigin.CALENDAR:
            counts["known"] += 1
            _follow(known, file, on, minutes, sealer.seal(title) if title else None)
        else:
            counts["answered"] += 1
    PlannedEntry.objects.bulk_create(new, batch_size=AT_ONCE)
    return {"new": len(new)} | counts


def _known(person: Person, marks: list[bytes]) -> list[PlannedEntry]:
    own = PlannedEntry.objects.filter(person=person, uid_mark__isnull=False).select_for_update()
    return [
        one
        for at in range(0, len(marks), AT_ONCE)
        for one in own.filter(uid_mark__in=marks[at : at + AT_ONCE]).order_by("pk")
    ]


def _draft(file: LogFile, mark: bytes, on: datetime.date, minutes: int | None, text: Any) -> PlannedEntry:
    return PlannedEntry(
        person=file.person,
        on=on,
        minutes=minutes,
        text=text,
        origin=PlannedOrigin.CALENDAR,
        file=file,
        uid_mark=mark,
    )


def _follow(known: PlannedEntry, file: LogFile, on: datetime.date, minutes: int | None, text: Any) -> None:
    known.on, known.minutes, known.text, known.file = on, minutes, text, file
    known.version += 1
    known.save(update_fields=["on", "minutes", "text", "file", "version"])
