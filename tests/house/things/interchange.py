"""What files of a log leave, and more of it."""

from __future__ import annotations

import datetime
import json
from hashlib import sha256
from typing import Any

from django.utils import timezone

from embedded.files import keep
from embedded.vault import Sealer
from programmes.models import ColumnMemory, LogFile
from tests.house.registry import growing, thing, worded

AT = {"date": 0, "how_long": 1, "what": 2}


@thing("log_file", "log_file", "log_file_columns", "log_file_bad", "log_file_undo")
def log_file(things: Any) -> LogFile:
    """A file that was checked, with a good row and a bad one, and how its columns were matched."""
    world, person = things.world, things.world.people["researcher"]
    sealer = Sealer(person)
    content = sealer.seal(f"{things.canary} file")
    head = {"head": ["Date", "Minutes", "What"], "rows": [["soon", "30", f"{things.canary} row"]]}
    file = LogFile.objects.create(
        person=person,
        residency=world.residency,
        form="csv",
        content=keep(content, "log", "application/octet-stream"),
        mark=sealer.mark(f"{things.canary} {LogFile.objects.count()}"),
        asked_at=timezone.now(),
        checked_at=timezone.now(),
        head=sealer.seal(json.dumps(head)),
        columns={"at": AT, "kind": "relational", "dates": "day"},
        late_reason="copied",
        counts={"good": 1, "bad": 1},
    )
    _rows(file, sealer, things)
    ColumnMemory.objects.get_or_create(person=person, shape=sha256(b"date,minutes").hexdigest())
    return file


def _rows(file: LogFile, sealer: Sealer, things: Any) -> None:
    number = 2 * file.rows.count() + 2
    said = {"cells": ["soon", "30", f"{things.canary} cell"], "problems": [["date", "Write the day"]]}
    file.rows.create(number=number, state="bad", said=sealer.seal(json.dumps(said)))
    file.rows.create(
        number=number + 1,
        state="good",
        date=timezone.localdate() - datetime.timedelta(days=1),
        minutes=5,
        kind="educational",
        residency=things.world.residency,
        text=sealer.seal(f"{things.canary} good row"),
    )


@worded("log_file_bad", "log_template", "log_export")
def as_a_table(things: Any) -> dict[str, Any]:
    number = things.more["log_file"].pk if "log_file" in things.more else 1
    return {"kind": "csv", "pk": number}


@growing
def one_more(things: Any) -> None:
    """A file more, and rows more in the first."""
    _rows(things.more["log_file"], Sealer(things.world.people["researcher"]), things)
    log_file(things)
