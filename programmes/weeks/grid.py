"""The week grid as its page shows it: rows that are used, seven boxes each, and the sums of what is kept."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from programmes.entries.durations import words_of
from programmes.models import Activity, ActivityKind, PlannedEntry
from programmes.weeks.boxes import Box, Place, Row
from programmes.weeks.finding import Filter
from programmes.weeks.sent import Sent
from programmes.weeks.week_reading import MOST_ROWS, Kept

_ORDER: Final = {kind: number for number, kind in enumerate(ActivityKind.values)}


@dataclass(frozen=True)
class Plan:
    """`address` is empty where one may not log any more."""

    minutes: int
    address: str


@dataclass(frozen=True)
class Cell:
    """`name` is that of its box, empty where nothing can be typed. `kept` says what another window left there."""

    ident: str
    name: str
    typed: str
    minutes: int
    entries: int
    list_query: str
    waiting: list[Plan]
    problem: str
    kept: str


@dataclass(frozen=True)
class Line:
    ident: str
    kind: str
    told: list[str]
    cells: list[Cell]
    total: int


@dataclass(frozen=True)
class Day:
    ident: str
    date: datetime.date
    short: str
    total: int
    is_today: bool


@dataclass(frozen=True)
class Grid:
    """`others` is how many rows are not shown."""

    days: list[Day]
    lines: list[Line]
    total: int
    others: int

    @property
    def problems(self) -> list[dict[str, str]]:
        """What is wrong and a link to its box, as the summary of errors takes it."""
        return [
            {"text": f"{cell.problem} ({line.kind}, {day.date:%A} {day.date.day})", "href": f"#{cell.ident}"}
            for line in self.lines
            for day, cell in zip(self.days, line.cells, strict=True)
            if cell.problem
        ]

    @property
    def is_changed_elsewhere(self) -> bool:
        return any(cell.kept for line in self.lines for cell in line.cells)


def grid_of(kept: Kept, sent: Sent, added: Row | None, today: datetime.date, others: bool = False) -> Grid:
    """Rows with entries or plans, those that were sent or added, and those used lately; `others`: and those used
    before that. Sums over all that is kept."""
    rows, left = _rows(kept, sent, added, others)
    lines = [_line(number, row, kept, sent) for number, row in enumerate(rows)]
    sums = dict.fromkeys(kept.week.days, 0)
    for entry in kept.entries:
        sums[entry.date] += entry.minutes
    days = [
        Day(f"d{number}", day, f"{day:%a} {day.day}", sums[day], day == today)
        for number, day in enumerate(kept.week.days)
    ]
    return Grid(days, lines, sum(sums.values()), left)


def _rows(kept: Kept, sent: Sent, added: Row | None, others: bool) -> tuple[list[Row], int]:
    """In their order, and how many more were used."""
    needed = [place.row for place in kept.by_place] + [place.row for place in kept.waiting] + sent.rows
    needed = list(dict.fromkeys(needed + ([added] if added else [])))
    usable = [row for row in kept.used if kept.places.allow(row) and row not in needed]
    usable = usable[: max(0, MOST_ROWS - len(needed))]
    chosen = needed + [row for row in usable if others or kept.used[row]]
    ordered = sorted(chosen, key=lambda row: (row.residency, row.host, _ORDER.get(row.kind, 99), row.project))
    return ordered, len(needed) + len(usable) - len(chosen)


def _line(number: int, row: Row, kept: Kept, sent: Sent) -> Line:
    places = [Place(row, day) for day in range(7)]
    total = sum(entry.minutes for place in places for entry in kept.by_place.get(place, []))
    cells = [_cell(f"r{number}d{place.day}", place, kept, sent) for place in places]
    return Line(f"r{number}", kind_of(row), told_of(row, kept), cells, total)


def kind_of(row: Row) -> str:
    return str(ActivityKind(row.kind).label) if row.kind in ActivityKind.values else row.kind


def told_of(row: Row, kept: Kept) -> list[str]:
    """Project, host where there are several, residency where there are several."""
    entry = next((one for one in kept.entries if kept.place(one).row == row), None)
    project = kept.places.projects.get(row.project) or (entry.project if entry else None)
    hosts = kept.places.hosts.get(row.residency, {})
    host = hosts.get(row.host) or (entry.host if entry else None)
    told = [project.title] if project else []
    told += [host.display_name] if host and len(hosts) > 1 else []
    residency = kept.places.residencies.get(row.residency) or (entry.residency if entry else None)
    is_one = list(kept.places.residencies) == [row.residency]
    return told + ([residency.code] if residency and not is_one else [])


def _cell(ident: str, place: Place, kept: Kept, sent: Sent) -> Cell:
    there, waiting = kept.by_place.get(place, []), kept.waiting.get(place, [])
    typed = sent.texts.get(place)
    shown = typed if typed is not None else (words_of(there[0].minutes) if there else "")
    is_elsewhere = place in sent.elsewhere
    return Cell(
        ident=ident,
        name=_name(place, there, waiting, kept),
        typed=shown,
        minutes=sum(entry.minutes for entry in there),
        entries=len(there),
        list_query=_query(place, kept) if len(there) > 1 else "",
        waiting=[Plan(one.minutes or 0, _address(one, kept)) for one in waiting],
        problem=sent.problems.get(place, ""),
        kept=_kept_now(there) if is_elsewhere else "",
    )


def _name(place: Place, there: list[Activity], waiting: list[PlannedEntry], kept: Kept) -> str:
    if place.row.residency not in kept.places.residencies or len(there) > 1:
        return ""
    if there:
        return Box(place, there[0].pk, there[0].version, there[0].minutes).name
    return Box(place).name if kept.places.allow(place.row) and not waiting else ""


def _address(planned: PlannedEntry, kept: Kept) -> str:
    residency = kept.places.residencies.get(planned.residency_id or 0)
    if residency is None:
        return ""
    return reverse("log_waiting", args=[residency.programme.slug, residency.code, planned.pk])


def _kept_now(there: list[Activity]) -> str:
    if not there:
        return "Taken out in another window"
    return f"Now kept: {words_of(sum(entry.minutes for entry in there))}"


def _query(place: Place, kept: Kept) -> str:
    row, day = place.row, kept.week.days[place.day].isoformat()
    project = str(row.project) if row.project else ""
    return Filter(residency=str(row.residency), kind=row.kind, project=project, since=day, until=day).query()
