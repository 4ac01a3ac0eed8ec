"""The presses of a log in and out by file."""

from __future__ import annotations

import datetime

from django.utils import timezone

from programmes.entries.writing import Entry, log_activity
from programmes.models import Activity, LogFile
from tests.house.addresses import Things
from tests.house.handed import Again
from tests.house.pressing import Press, at, press
from tests.interchange.building import USUAL, table
from tests.registration.filled import key


@press
def log_files(things: Things) -> Press:
    content = table([str(timezone.localdate()), "30", "Ward round", "Teaching and coaching"])
    return Press(
        "researcher", at(things, "log_files"), {"form_key": key(), "file": Again("log.csv", content)}
    )


@press
def log_file(things: Things) -> Press:
    return Press("researcher", at(things, "log_file"), {"form_key": key()})


@press
def log_file_columns(things: Things) -> Press:
    places = {"date_at": "0", "how_long_at": "1", "what_at": "2"}
    same = {"form_key": key(), "version": "1", "residency": str(things.world.residency.pk)}
    return Press("researcher", at(things, "log_file_columns"), USUAL | places | same)


@press
def log_file_undo(things: Things) -> Press:
    """Of a file that brought one entry in."""
    world, file = things.world, things.more["log_file"]
    day = timezone.localdate() - datetime.timedelta(days=2)
    entry = Entry(date=day, minutes=10, kind="educational")
    made = log_activity(residency=world.residency, entry=entry, by=world.people["researcher"])
    Activity.objects.filter(pk=made.pk).update(file=file)
    LogFile.objects.filter(pk=file.pk).update(brought_in_at=timezone.now())
    return Press("researcher", at(things, "log_file_undo"), {"form_key": key()})
