"""What the week grid fetches: where the person may log, the entries of the week, the rows used lately, what waits."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from django.db.models import Count, Max, prefetch_related_objects

from embedded.accounts.models import Person
from embedded.database.prepared import Prepared, keep
from programmes.access import Scope
from programmes.models import (
    Activity,
    ActivityKind,
    Organisation,
    PlannedEntry,
    PlannedState,
    Project,
    Residency,
    ResidencyOrganisation,
)
from programmes.weeks.boxes import Place, Row
from programmes.weeks.calendar import WEEK, Week
from programmes.weeks.lists import may_log_in

LATELY: Final = 4 * WEEK
BEFORE: Final = 8 * WEEK
MOST_ROWS: Final = 60
KINDS: Final = frozenset(ActivityKind.values)

_EXAMPLES: Final = {
    "person": 2_000_000_011,
    "first": datetime.date(1948, 7, 5),
    "behind": datetime.date(1948, 7, 12),
}
_ENTRIES: Final = Prepared(
    lambda person, first, behind: (
        Activity.objects.filter(person_id=person).between(first, behind).order_by("date", "id")
    ),
    _EXAMPLES,
)
_PLANNED: Final = Prepared(
    lambda person, first, behind: PlannedEntry.objects.filter(
        person_id=person,
        state=PlannedState.WAITING,
        on__gte=first,
        on__lt=behind,
        residency__isnull=False,
        minutes__isnull=False,
    ).exclude(kind=""),
    _EXAMPLES,
)


@dataclass(frozen=True)
class Places:
    """The residencies in which the person may log, with their hosts and projects; all by number."""

    residencies: dict[int, Residency]

    @cached_property
    def hosts(self) -> dict[int, dict[int, Organisation]]:
        """Those of each residency, the lead host first."""
        return {pk: {host.pk: host for host in one.hosts} for pk, one in self.residencies.items()}

    @cached_property
    def projects(self) -> dict[int, Project]:
        return {one.pk: one for residency in self.residencies.values() for one in residency.projects.all()}

    def allow(self, row: Row) -> bool:
        """Whether an entry may be made in that row. Where there are hosts one of them is named."""
        hosts = self.hosts.get(row.residency)
        if hosts is None or row.kind not in KINDS:
            return False
        project = self.projects.get(row.project)
        own_project = not row.project or (project is not None and project.residency_id == row.residency)
        return own_project and (row.host in hosts or not (row.host or hosts))

    def row(self, residency: int, host: int | None, kind: str, project: int | None) -> Row:
        """The row of an entry. One that names no host stands in that of the only one."""
        hosts = self.hosts.get(residency, {})
        only = next(iter(hosts)) if len(hosts) == 1 else 0
        return Row(residency, host or only, kind, project or 0)


@dataclass(frozen=True)
class Kept:
    """`entries` are all of that week's, in whatever residency; `used` the rows of the eight weeks before, those used
    most first, and whether it was in the last four."""

    week: Week
    places: Places
    entries: list[Activity]
    used: dict[Row, bool]
    planned: list[PlannedEntry]

    def place(self, entry: Activity) -> Place:
        row = self.places.row(entry.residency_id, entry.host_id, entry.kind, entry.project_id)
        return Place(row, entry.date.weekday())

    @cached_property
    def by_place(self) -> dict[Place, list[Activity]]:
        found: dict[Place, list[Activity]] = {}
        for entry in self.entries:
            found.setdefault(self.place(entry), []).append(entry)
        return found

    @cached_property
    def by_row(self) -> dict[Row, Activity]:
        """The first entry of each row."""
        found: dict[Row, Activity] = {}
        for place, entries in self.by_place.items():
            found.setdefault(place.row, entries[0])
        return found

    @cached_property
    def waiting(self) -> dict[Place, list[PlannedEntry]]:
        """What is planned, by where it will stand."""
        found: dict[Place, list[PlannedEntry]] = {}
        for one in self.planned:
            row = self.places.row(one.residency_id or 0, one.host_id, one.kind, one.project_id)
            found.setdefault(Place(row, one.on.weekday()), []).append(one)
        return found


def kept_in(week: Week, scope: Scope) -> Kept:
    person, places = scope.person, places_of(scope)
    asked = {"person": person.pk, "first": week.monday, "behind": week.monday + WEEK}
    entries = _ENTRIES(**asked)
    _fetch_what_is_no_place(entries, places)
    return Kept(week, places, entries, _used(week, person, places), _PLANNED(**asked))


def _fetch_what_is_no_place(entries: list[Activity], places: Places) -> None:
    rows = ((places.row(one.residency_id, one.host_id, one.kind, one.project_id), one) for one in entries)
    strange = [one for row, one in rows if not places.allow(row)]
    prefetch_related_objects(strange, "residency__programme", "host", "project")


def places_of(scope: Scope) -> Places:
    """As many questions for several residencies as for one."""
    numbers = sorted(number for number in may_log_in(scope) if number)
    if not numbers:
        return Places({})
    asked = {f"n{at}": number for at, number in enumerate(numbers)}
    residencies, organisations, projects = _of_places(len(numbers))
    found = {one.pk: one for one in residencies(**asked)}
    parts, own = organisations(**asked), projects(**asked)
    for pk, residency in found.items():
        keep(residency, "organisations", [part for part in parts if part.residency_id == pk])
        keep(residency, "projects", [project for project in own if project.residency_id == pk])
    return Places(found)


@cache
def _of_places(
    count: int,
) -> tuple[Prepared[Residency], Prepared[ResidencyOrganisation], Prepared[Project]]:
    """The residencies of so many numbers, their organisations and their projects."""
    examples = {f"n{at}": 2_000_000_011 + at for at in range(count)}
    return (
        Prepared(
            lambda **numbers: Residency.objects.filter(pk__in=[*numbers.values()]).select_related(
                "programme"
            ),
            examples,
        ),
        Prepared(
            lambda **numbers: ResidencyOrganisation.objects.filter(
                residency__in=[*numbers.values()]
            ).select_related("organisation"),
            examples,
        ),
        Prepared(
            lambda **numbers: Project.objects.filter(residency__in=[*numbers.values()]),
            examples,
        ),
    )


def _used(week: Week, person: Person, places: Places) -> dict[Row, bool]:
    before = Activity.objects.of(person).between(week.monday - BEFORE, week.monday).order_by()
    columns = ("residency_id", "host_id", "kind", "project_id")
    counted = before.values_list(*columns).annotate(times=Count("id"), last=Max("date"))
    found: dict[Row, bool] = {}
    for *numbers, _, last in counted.order_by("-times", *columns)[:MOST_ROWS]:
        row = places.row(*numbers)
        found[row] = found.get(row, False) or last >= week.monday - LATELY
    return found
