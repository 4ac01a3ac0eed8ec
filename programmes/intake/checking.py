"""Checks the rows of a file: what each means, what is wrong in it cell by cell, and whether it is here already."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from embedded.tables.reading.cells import LIKE, Wrong
from embedded.tables.reading.headings import letter
from embedded.tables.reading.table import NOTHING, Cell, Numbered, Table
from programmes.intake import columns, words
from programmes.intake.cells import PLANNED, Reader
from programmes.intake.columns import BEGUN, BY_NAME, COLUMNS
from programmes.intake.fitting import wrong_together
from programmes.intake.organisations import Organisations
from programmes.intake.people import People
from programmes.models import Programme

SHOWN: Final = 60  # signs of what was found that a message repeats
MOST_HOSTS: Final = 20

Values = dict[str, Any]


@dataclass(frozen=True)
class Problem:
    """Which cell, what was found there, and what to write instead."""

    column: str
    heading: str
    found: str
    fix: str


@dataclass
class Checked:
    """A row: its number in the sheet, what was found, what it means, and what is wrong."""

    number: int
    cells: list[str]
    values: Values = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    same_as: int | None = None
    mark: str = ""

    def as_json(self) -> list[dict[str, str]]:
        return [asdict(problem) for problem in self.problems]


class Checker:
    """Reads the rows of one file of one programme."""

    def __init__(self, programme: Programme, table: Table, today: datetime.date) -> None:
        self.programme, self.table = programme, table
        self.reader = Reader(today, table.from_1904)
        self.organisations = Organisations()
        self.people = People(programme)
        self.themes = {theme.name.casefold(): theme.pk for theme in programme.themes.all()}
        self.place = {name: at for at, name in enumerate(table.columns) if name}
        self.seen: dict[str, int] = {}

    def check(self, row: Numbered) -> Checked:
        number, cells = row
        checked = Checked(number, [text for _, text in cells])
        for column in COLUMNS:
            cell = self._cell(cells, column.name)
            try:
                checked.values[column.name] = self._means(column.name, cell)
            except Wrong as wrong:
                self._note(checked, column.name, cell, str(wrong))
        self._check_together(checked)
        if not checked.problems:
            checked.mark = print_of(self.programme, checked.values)
            first = self.seen.setdefault(checked.mark, number)
            checked.same_as = first if first != number else None
        return checked

    def _cell(self, cells: list[Cell], name: str) -> Cell:
        at = self.place.get(name)
        return cells[at] if at is not None and at < len(cells) else NOTHING

    def _means(self, name: str, cell: Cell) -> Any:
        read = self.reader
        by_name: dict[str, Callable[[], Any]] = {
            "title": lambda: read.text(cell, 200),
            "host": lambda: self._organisation(cell),
            "further_hosts": lambda: self._organisations(cell),
            "stage": lambda: read.stage(cell),
            "start": lambda: read.date(cell),
            "end": lambda: read.date(cell),
            "look_again_on": lambda: read.date(cell),
            "why_paused": lambda: read.text(cell, 2_000),
            "researcher_role": lambda: read.text(cell, 120),
            "direction": lambda: read.one_of(cell, words.DIRECTIONS, columns.OFFERED_DIRECTIONS),
            "days_a_week": lambda: read.days(cell),
            "academic_home": lambda: self._organisation(cell),
            "theme": lambda: self._theme(cell),
            "own_reference": lambda: read.text(cell, 80),
            "approved_on": lambda: read.past(cell),
            "agreement_on": lambda: read.past(cell),
            "agreement_covers": lambda: read.some_of(cell, words.COVERS, columns.OFFERED_COVERS),
            "permission": lambda: read.one_of(cell, words.PERMISSIONS, columns.OFFERED_PERMISSIONS),
            "permission_issued_on": lambda: read.past(cell),
            "permission_reference": lambda: read.text(cell, 80),
            "permission_issuer": lambda: read.text(cell, 160),
            "permission_until": lambda: read.date(cell),
        }
        by_ending: dict[str, Callable[[], Any]] = {
            "name": lambda: read.name(cell, 120),
            "email": lambda: read.email(cell),
        }
        usual = by_ending.get(name.rpartition("_")[2], lambda: read.text(cell, 200))
        value = by_name.get(name, usual)()
        return str(value) if isinstance(value, datetime.date) or (name == "days_a_week" and value) else value

    def _organisation(self, cell: Cell) -> int | None:
        written = self.reader.text(cell, 250)
        return self.organisations.find(written) if written else None

    def _organisations(self, cell: Cell) -> list[int]:
        names = [name.strip() for name in self.reader.text(cell, 2_000).split(";") if name.strip()]
        if len(names) > MOST_HOSTS:
            raise Wrong(f"Write at most {MOST_HOSTS} further hosts")
        found = []
        for name in names:
            try:
                found.append(self.organisations.find(name))
            except Wrong as wrong:
                raise Wrong(f"“{name[:SHOWN]}”: {wrong}") from None
        return list(dict.fromkeys(found))

    def _theme(self, cell: Cell) -> int | None:
        written = self.reader.text(cell, 200)
        if not written:
            return None
        if written.casefold() not in self.themes:
            names = ", ".join(theme.name for theme in self.programme.themes.all())
            known = f"Write one of: {names}" if names else "This programme has no themes. Leave it empty"
            raise Wrong(known)
        return self.themes[written.casefold()]

    def _note(self, checked: Checked, name: str, cell: Cell, fix: str) -> None:
        at = self.place.get(name)
        if any(problem.heading == BY_NAME[name].heading for problem in checked.problems):
            return
        found = cell[1] if len(cell[1]) <= SHOWN else f"{cell[1][:SHOWN]}…"
        column = letter(at) if at is not None else ""
        checked.problems.append(Problem(column, BY_NAME[name].heading, found, fix))

    def _check_together(self, checked: Checked) -> None:
        """What only shows when the cells of a row are read together."""
        values = checked.values
        begun = values.get("stage") not in ("", PLANNED, None)
        for name, instruction in _ASKED.items():
            must = BY_NAME[name].must != BEGUN or begun
            if must and name in values and values[name] in ("", None):
                self._note(checked, name, NOTHING, instruction)
        wrong = wrong_together(values, begun=begun, today=self.reader.today)
        for name, fix in [*wrong, *self.people.wrong(checked)]:
            self._note(checked, name, self._cell([("s", text) for text in checked.cells], name), fix)
        if values.get("host") in (values.get("further_hosts") or []):
            values["further_hosts"] = [pk for pk in values["further_hosts"] if pk != values["host"]]


_ASKED: Final = {
    "title": "Write a title",
    "host": "Write the host: its whole name or its code",
    "stage": "Write how it stands: being planned, being set up, running, paused, ending or ended",
    "start": f"Write the day it started, or will. {LIKE}",
    "researcher_name": "Write the full name of the person",
}


def print_of(programme: Programme, values: Values) -> str:
    """What makes two rows the same residency: programme, title, host, start and person."""
    person = values["researcher_email"] or values["researcher_name"].casefold()
    parts = (programme.pk, values["title"].casefold(), values["host"], values["start"], person)
    return hashlib.sha256(repr(parts).encode()).hexdigest()
