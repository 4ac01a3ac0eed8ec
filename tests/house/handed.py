"""A file of residencies that was handed in and checked, with a row that is ready and one to be put right."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from embedded.files import keep
from embedded.tables.reading.bounds import Bounds
from embedded.tables.reading.table import table_of
from embedded.tables.reading.text import rows_of
from programmes.intake.checking import Checker
from programmes.intake.columns import VOCABULARY
from programmes.models import ResidencyFile, ResidencyFileRow
from tests.world import World

HEAD = "Title,Host,Stage,Start,End,Researcher\r\n"


class Again(SimpleUploadedFile):
    """A file that can be sent more than once."""

    def read(self, *args: Any) -> bytes:
        self.seek(0)
        return bytes(super().read(*args))


def one_row(title: str, host: str, start: str = "1/9/2024") -> bytes:
    return f"{title},{host},running,{start},31/8/2099,Jo Bell\r\n".encode()


def handed_in(world: World, canary: str) -> ResidencyFile:
    content = (
        HEAD.encode() + one_row(f"{canary} ready", world.host.code) + one_row(f"{canary} bad", "", "soon")
    )
    by, at = world.people["programme_lead"], timezone.now()
    kept = keep(content, f"{canary} file.csv", "application/octet-stream")
    bounds = Bounds()
    table = table_of(rows_of(content, bounds, VOCABULARY), bounds, VOCABULARY)
    file = ResidencyFile.objects.create(
        programme=world.programme,
        name=f"{canary} file.csv",
        content=kept,
        asked_by=by,
        asked_at=at,
        checked_at=at,
        head=table.head,
    )
    checker = Checker(world.programme, table, timezone.localdate())
    for row in map(checker.check, table.rows):
        ResidencyFileRow.objects.create(
            file=file,
            number=row.number,
            state="bad" if row.problems else "good",
            cells=row.cells,
            values=row.values,
            problems=row.as_json(),
            print=row.mark,
        )
    return file
