"""What stands for a box of the week grid in the form that is sent: its row, its day, and the entry it was made from."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_NAME: Final = re.compile(
    r"c\.(\d{1,18})\.(\d{1,18})\.([a-z_]{1,30})\.(\d{1,18})\.([0-6])\.(\d{1,18})\.(\d{1,9})\.(\d{1,4})",
    re.ASCII,
)


class Row(NamedTuple):
    """The numbers of residency, host and project, 0 for none, and the kind of work."""

    residency: int
    host: int
    kind: str
    project: int


class Place(NamedTuple):
    """Where a box stands: a row, and a day from 0 for Monday."""

    row: Row
    day: int


class Box(NamedTuple):
    """`pk`, `version` and `minutes` are those of the entry that the box showed, all 0 where it showed none."""

    place: Place
    pk: int = 0
    version: int = 0
    minutes: int = 0

    @classmethod
    def named(cls, name: str) -> Box | None:
        found = _NAME.fullmatch(name)
        if found is None:
            return None
        residency, host, kind, project, day, pk, version, minutes = found.groups()
        row = Row(int(residency), int(host), kind, int(project))
        return cls(Place(row, int(day)), int(pk), int(version), int(minutes))

    @property
    def name(self) -> str:
        parts = [*self.place.row, self.place.day, self.pk, self.version, self.minutes]
        return ".".join(["c", *map(str, parts)])
