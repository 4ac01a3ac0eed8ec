"""What calendars and reminders leave, and more of it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from embedded.files import keep
from embedded.vault import Sealer
from programmes.models import LogFile, LogHabit, PlannedEntry
from tests.house.registry import growing, thing


@thing("log_habit")
def log_habit(things: Any) -> LogHabit:
    return LogHabit.objects.get_or_create(person=things.world.people["researcher"])[0]


@thing("calendar_file", "calendar_file")
def calendar_file(things: Any) -> LogFile:
    """A calendar that was read, with a meeting of today that waits for its tick."""
    person, now = things.world.people["researcher"], timezone.now()
    sealer = Sealer(person)
    file = LogFile.objects.create(
        person=person,
        form="ics",
        content=keep(sealer.seal(f"{things.canary} calendar"), "log", "application/octet-stream"),
        mark=sealer.mark(f"{things.canary} calendar {LogFile.objects.count()}"),
        asked_at=now,
        checked_at=now,
        counts={"new": 1, "left_out": {"private": 1}},
    )
    _meeting(things, file)
    return file


def _meeting(things: Any, file: LogFile) -> None:
    sealer = Sealer(file.person)
    PlannedEntry.objects.create(
        person=file.person,
        on=timezone.localdate(),
        minutes=30,
        text=sealer.seal(f"{things.canary} meeting"),
        origin="calendar",
        file=file,
        uid_mark=sealer.mark(f"{things.canary} event {PlannedEntry.objects.count()}"),
    )


@growing
def one_more(things: Any) -> None:
    """A meeting more to tick."""
    _meeting(things, things.more["calendar_file"])
