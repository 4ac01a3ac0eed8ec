"""What the week grid fetches: where the person may log, the entries of the week, the rows used lately, what waits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.db.models import Count

from embedded.accounts.models import Person
from programmes.access import Scope
from programmes.models import (
    Activity,
    ActivityKind,
    Organisation,
    PlannedEntry,
    PlannedState,
    Project,
    Residency,
)
from programmes.weeks.boxes import Place, Row
from programmes.weeks.calendar import WEEK, Week

LATELY: Final = 8 * WEEK
MOST_ROWS: Final = 60


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
        if hosts is None or row.kind not in ActivityKind.values:
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
    """`entries` are all of that week's, in whatever residency; `used` the rows of the eight weeks before."""

    week: Week
    places: Places
    entries: list[Activity]
    used: list[Row]
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
    def waiting(self) -> dict[Place, int]:
        """Minutes that wait, by where they will stand."""
        found: dict[Place, int] = {}
        for one in self.planned:
            row = self.places.row(one.residency_id or 0, one.host_id, one.kind, one.project_id)
            place = Place(row, one.on.weekday())
            found[place] = found.get(place, 0) + (one.minutes or 0)
        return found


def kept_in(week: Week, scope: Scope) -> Kept:
    person, places = scope.person, places_of(scope)
    entries = Activity.objects.of(person).between(week.monday, week.monday + WEEK)
    related = entries.select_related("residency__programme", "host", "project", "requester")
    planned = PlannedEntry.objects.filter(
        person=person,
        state=PlannedState.WAITING,
        on__range=(week.days[0], week.days[-1]),
        residency__isnull=False,
        minutes__isnull=False,
    ).exclude(kind="")
    return Kept(
        week, places, list(related.order_by("date", "id")), _used(week, person, places), list(planned)
    )


def places_of(scope: Scope) -> Places:
    found = scope.residencies(permission="log").select_related("programme")
    with_all = found.prefetch_related("organisations__organisation", "projects")
    return Places({one.pk: one for one in with_all})


def _used(week: Week, person: Person, places: Places) -> list[Row]:
    """The rows of the weeks before, those used most first, as far as they can be used now."""
    lately = Activity.objects.of(person).between(week.monday - LATELY, week.monday).order_by()
    columns = ("residency_id", "host_id", "kind", "project_id")
    often = lately.values_list(*columns).annotate(times=Count("id")).order_by("-times", *columns)
    return _once(places.row(*used[:4]) for used in often[:MOST_ROWS])


def _once(rows: Iterable[Row]) -> list[Row]:
    return list(dict.fromkeys(rows))
