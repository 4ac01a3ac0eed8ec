"""One researcher with 20,000 entries of five years, for the figures of a person's own log."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import cycle
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from embedded.vault import Sealer
from programmes.demo.mass_log import copy_in
from programmes.entries.months import add_up
from programmes.models import Activity, ActivityKind, Membership, Project, Role, Stage
from programmes.weeks.calendar import Week

ENTRIES: Final = 20_000
DAYS: Final = 5 * 365
LIST: Final = "/log/all/"


def keeper() -> Membership:
    """The last of those who hold a post in a running residency: nobody whom the other figures ask for."""
    held = Membership.objects.filter(role=Role.RESEARCHER, end=None, residency__stage=Stage.ACTIVE)
    found = held.select_related("person__user", "residency__programme").order_by("-pk").first()
    if found is None or found.residency is None:
        raise SystemExit("Nobody holds a post in a running residency.")
    return found


def fill(held: Membership) -> None:
    """Adds what is missing to 20,000, some eleven a day; nothing when they are there already."""
    residency, person, today = held.residency, held.person, timezone.localdate()
    assert residency is not None
    missing = ENTRIES - Activity.objects.of(person).count()
    if missing <= 0:
        return
    projects = list(residency.projects.values_list("pk", flat=True))
    if not projects:
        made = Project.objects.create(
            residency=residency, title="Falls by day", started_on=today, added_by=person
        )
        projects = [made.pk]
    sealer, host = Sealer(person), residency.hosts[0].pk
    kinds, chosen = cycle(ActivityKind.values), cycle([None, *projects])

    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(missing):
            day = today - datetime.timedelta(days=1 + number * DAYS // missing)
            at = datetime.datetime.combine(day, datetime.time(17), timezone.get_current_timezone())
            text = sealer.seal(f"Entry {number}: met the ward sisters about falls")
            yield residency.pk, person.pk, day, 20, next(kinds), text, host, "host", next(chosen), "", at, 1

    made_before = list(rows())  # while they are copied the connection takes no question, such as for the key
    copy_in(iter(made_before), print_nothing)
    months = Activity.objects.of(person).dates("date", "month")
    add_up([residency.pk], list(months))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE programmes_activity")


def print_nothing(_: str) -> None:
    """The standard output is the answer to the bench."""


def addresses(held: Membership) -> dict[str, str]:
    """The first page of the list, one far down, filters by a kind and by a project, and a week two years ago."""
    own = Activity.objects.of(held.person)
    old = Week.of(timezone.localdate() - datetime.timedelta(days=730))
    project = own.filter(project__isnull=False).values_list("project", flat=True).order_by("pk")[0]
    return {
        "page": LIST,
        "page-earlier": f"{LIST}?before={old.monday}.1",
        "filter": f"{LIST}?kind=relational&since={old.monday}",
        "filter-project": f"{LIST}?project={project}",
        "week": f"/log/week/{old.name}/",
    }
