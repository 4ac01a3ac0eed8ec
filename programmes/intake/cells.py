"""What only stands in a file of residencies: how each stands, and how many days a week it takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from embedded.tables.reading import cells
from embedded.tables.reading.cells import Wrong, text_in
from embedded.tables.reading.table import Cell
from programmes.lifecycle import STAGE_WORDS

PLANNED: Final = "being planned"
_NUMBER: Final = re.compile(r"\d{1,3}([.,]\d{1,3})?( days?( a week| per week)?)?", re.ASCII)
_EVERYDAY: Final = {
    PLANNED: "planned idea proposed proposal planning being-planned scoping",
    "being set up": "set-up setting-up setup being-set-up onboarding recruiting approved starting-soon not-started",
    "running": "active live in-progress ongoing current open started underway under-way",
    "paused": "on-hold suspended hold",
    "ending": "closing finishing winding-down",
    "ended": "finished complete completed closed done over past",
}
_STAGES: Final = {
    spelling.replace("-", " "): word
    for word in STAGE_WORDS
    for spelling in [word, *_EVERYDAY.get(word, "").split()]
}


@dataclass(frozen=True)
class Reader(cells.Reader):
    """How the cells of a sheet of residencies are read."""

    def stage(self, cell: Cell) -> str:
        return self.one_of(cell, _STAGES, ", ".join(STAGE_WORDS))

    def days(self, cell: Cell) -> Decimal | None:
        written = text_in(cell).lower()
        if not written:
            return None
        if not _NUMBER.fullmatch(written):
            raise Wrong("Write a number of days from 0.5 to 5, like 2.5")
        number = Decimal(written.split()[0].replace(",", "."))
        if not Decimal("0.5") <= number <= 5 or number != round(number, 1):
            raise Wrong("Write a number of days from 0.5 to 5, with one figure after the point at most")
        return number
