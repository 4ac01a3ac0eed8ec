"""Reads the rows of one person's file: what each means, and what is wrong in it cell by cell."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from typing import Any, Final, TypeVar

from embedded.tables.reading.cells import Wrong, text_in
from embedded.tables.reading.headings import plain
from embedded.tables.reading.table import NOTHING, Cell, Table
from embedded.vault import Sealer
from programmes.entries.days import side_of
from programmes.entries.durations import HALF_DAY
from programmes.interchange import columns
from programmes.interchange.cells import Reader
from programmes.interchange.words import Words
from programmes.models import LogFile, Residency, ResidencyQuerySet, RowState

FIELDS: Final = (
    "file_id number state date minutes kind residency_id host_id project_id place text said"
).split()
HALVES: Final = "Write half-days here, like half a day or a day"
Value = TypeVar("Value")


class Own:
    """A residency in which the person logs, with its hosts and projects by their plain names."""

    def __init__(self, residency: Residency) -> None:
        self.residency = residency
        hosts = residency.hosts
        self.hosts = {plain(name): host.pk for host in hosts for name in (host.display_name, host.code)}
        self.only_host = hosts[0].pk if len(hosts) == 1 else None
        self.offered = "; ".join(host.display_name for host in hosts)
        self.projects = {plain(project.title): project.pk for project in residency.projects.all()}


def own_residencies(residencies: ResidencyQuerySet) -> dict[int, Own]:
    related = residencies.select_related("programme").prefetch_related(
        "organisations__organisation", "projects"
    )
    return {residency.pk: Own(residency) for residency in related}


class Checker:
    """Gives the rows of a file as they are kept. Asks the database for nothing once it is made."""

    def __init__(self, file: LogFile, table: Table, own: dict[int, Own], today: datetime.date) -> None:
        self.file, self.table, self.own = file, table, own
        self.sealer = Sealer(file.person)
        self.sealer.seal("")  # fetches the key now
        self.at: dict[str, int] = file.columns["at"]
        self.words = Words(self.sealer, file.columns.get("words", {}), file.columns.get("kind", ""))
        month_first = file.columns.get("dates") == "month"
        self.reader = Reader(today, table.from_1904, file.unit, month_first)
        self.by_name = _by_name(own.values())
        self.usual = own.get(file.residency_id or 0)
        self.seen: dict[int, int] = {}
        self.told: Counter[str] = Counter()
        self._known: dict[tuple[str, str, str], Any] = {}

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """In the order of FIELDS."""
        for number, cells in self.table.rows:
            yield self._row(number, cells)

    def _row(self, number: int, cells: list[Cell]) -> tuple[Any, ...]:
        problems: list[tuple[str, str]] = []

        def take(name: str, read: Callable[[Cell], Value]) -> Value | None:
            at = self.at.get(name)
            cell = cells[at] if at is not None and at < len(cells) else NOTHING
            try:
                return read((cell[0], cell[1]))
            except Wrong as wrong:
                problems.append((name, str(wrong)))
                return None

        date = take("date", lambda cell: self._once("date", cell, self.reader.day))
        minutes = take("how_long", lambda cell: self._once("how_long", cell, self.reader.minutes))
        kind = take("kind", self._kind)
        own = take("residency", lambda cell: self._once("residency", cell, self._residency))
        if minutes and own and own.residency.programme.half_days_only and minutes % HALF_DAY:
            problems.append(("how_long", HALVES))
        place = take("place", lambda cell: self._once("place", cell, self._place))
        host = take("host", lambda cell: self._host(cell, own))
        text = take("what", self.reader.words)
        project, text = self._project(take("project", text_in) or "", own, text or "")
        if problems:
            return self._bad(number, cells, problems)
        assert date and minutes and kind and own  # noqa: S101 - what is missing was a problem
        return self._good(number, own, (date, minutes, kind, own.residency.pk, host, project, place), text)

    def _good(self, number: int, own: Own, said: tuple[Any, ...], text: str) -> tuple[Any, ...]:
        if side_of(own.residency, said[0]):
            self.told["outside"] += 1
        first = self.seen.setdefault(hash((*said[:4], text)), number)
        same = first != number
        told = self._sealed({"same_as": first}) if same else None
        state = RowState.SAME if same else RowState.GOOD
        return (self.file.pk, number, state.value, *said, self.sealer.seal(text) if text else None, told)

    def _bad(self, number: int, cells: list[Cell], problems: list[tuple[str, str]]) -> tuple[Any, ...]:
        said = self._sealed({"cells": [text for _, text in cells], "problems": problems})
        return (self.file.pk, number, RowState.BAD.value, *[None] * 2, "", *[None] * 3, "", None, said)

    def _sealed(self, said: dict[str, Any]) -> bytes:
        return self.sealer.seal(json.dumps(said, ensure_ascii=False))

    def _once(self, name: str, cell: Cell, read: Callable[[Cell], Value]) -> Value:
        """The same cell is read once a file: days and lengths come again and again."""
        key = (name, *cell)
        if key not in self._known:
            if len(self._known) > 50_000:
                self._known.clear()
            self._known[key] = read(cell)
        found: Value = self._known[key]
        return found

    def _kind(self, cell: Cell) -> str:
        kind = self.words.kind(cell)
        if not kind:
            raise Wrong(f"Write one of: {columns.OFFERED_KINDS}")
        return kind

    def _residency(self, cell: Cell) -> Own:
        written = plain(text_in(cell))
        own = self.by_name.get(written) if written else self.usual
        if own is None:
            raise Wrong(f"Write one of: {'; '.join(one.residency.long_code for one in self.own.values())}")
        return own

    def _host(self, cell: Cell, own: Own | None) -> int | None:
        written = plain(text_in(cell))
        if own is None:
            return None
        if not written:
            return own.only_host
        if written not in own.hosts:
            raise Wrong(f"Write one of: {own.offered}. Or leave it empty")
        return own.hosts[written]

    def _place(self, cell: Cell) -> str:
        written = plain(text_in(cell))
        if written and written not in columns.PLACES:
            raise Wrong(f"Write one of: {columns.OFFERED_PLACES}. Or leave it empty")
        return columns.PLACES.get(written, "")

    def _project(self, title: str, own: Own | None, text: str) -> tuple[int | None, str]:
        """A project of other tools that is none of the residency's is put before the words."""
        if not title or own is None:
            return None, text
        if known := own.projects.get(plain(title)):
            return known, text
        self.told["named"] += 1
        return None, f"{title}: {text}" if text else title


def _by_name(own: Collection[Own]) -> dict[str, Own]:
    """By "programme/code", and by the bare code where only one has it: it is given once in each programme."""
    codes = Counter(one.residency.code for one in own)
    alone = {plain(one.residency.code): one for one in own if codes[one.residency.code] == 1}
    return alone | {plain(one.residency.long_code): one for one in own}
