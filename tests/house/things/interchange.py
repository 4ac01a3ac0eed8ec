"""What files of a log leave, and more of it."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.utils import timezone

from embedded.files import keep
from embedded.vault import Sealer
from programmes.models import ColumnMemory, LogFile
from tests.house.registry import thing


@thing("log_file")
def log_file(things: Any) -> LogFile:
    """A file with one bad row, and how its columns were matched."""
    world, person = things.world, things.world.people["researcher"]
    sealer = Sealer(person)
    content = sealer.seal(f"{things.canary} file")
    file = LogFile.objects.create(
        person=person,
        residency=world.residency,
        form="csv",
        content=keep(content, "log", "application/octet-stream"),
        mark=sealer.mark(things.canary),
        asked_at=timezone.now(),
    )
    file.rows.create(number=2, state="bad", said=sealer.seal(f"{things.canary} cell"))
    ColumnMemory.objects.get_or_create(person=person, shape=sha256(b"date,minutes").hexdigest())
    return file
