"""The log of the mass: copied into its table under all of its constraints, and added up by month where it lies."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from programmes.demo.mass_lives import Life, day_of, shared_out
from programmes.demo.rhythm import Moment, so_many_moments
from programmes.models import Activity, ActivityKind, ActivityMonth, Placement, Project, Residency

COLUMNS: Final = (
    "residency_id person_id date minutes kind what host_id place project_id asked_by late_reason made_at version"
).split()
TOLD_EVERY: Final = 100_000
KNOCKING_OFF: Final = datetime.time(17, 30)

Say = Callable[[str], object]


@dataclass(frozen=True)
class Keeper:
    """Whose log it is: the life, the residency it became, the post, the lead host's number, the projects."""

    life: Life
    residency: Residency
    placement: Placement
    host_id: int
    projects: Sequence[Project]


def keep_log(
    chance: random.Random,
    keepers: Sequence[Keeper],
    count: int,
    *,
    today: datetime.date,
    first: int,
    say: Say,
) -> None:
    """Writes `count` entries into the logs of these residencies, more where there were more days, and the roll-up."""
    spans = [keeper.life.logs(first) for keeper in keepers]
    weights = [
        float((until - start + 1) * keeper.life.days_a_week)
        for keeper, (start, until) in zip(keepers, spans, strict=True)
    ]
    counts = shared_out(count, weights)

    def entries() -> Iterator[tuple[Any, ...]]:
        for keeper, (start, until), share in zip(keepers, spans, counts, strict=True):
            found = so_many_moments(
                chance,
                share,
                day_of(today, start),
                day_of(today, until),
                day_of(today, keeper.life.end),
                keeper.life.rhythm,
            )
            for moment in found:
                yield _row(chance, keeper, moment)

    copy_in(entries(), say)
    add_up([keeper.residency.pk for keeper in keepers])


def _row(chance: random.Random, keeper: Keeper, moment: Moment) -> tuple[Any, ...]:
    began = [project for project in keeper.projects if project.started_on <= moment.day]
    project = chance.choice(began).pk if moment.on_project and began else None
    return (
        keeper.residency.pk,
        keeper.placement.person_id,
        moment.day,
        moment.minutes,
        moment.kind,
        moment.what,
        keeper.host_id,
        moment.place,
        project,
        "",
        "",
        datetime.datetime.combine(moment.day, KNOCKING_OFF, timezone.get_current_timezone()),
        1,
    )


def copy_in(rows: Iterator[tuple[Any, ...]], say: Say) -> int:
    """COPY into the table of activities; their numbers come from its own sequence. Gives how many there were."""
    table, columns = Activity._meta.db_table, ", ".join(COLUMNS)
    count = 0
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for count, row in enumerate(rows, 1):
            copy.write_row(row)
            if count % TOLD_EVERY == 0:
                say(f"  {count:,} entries")
    return count


def add_up(residencies: Sequence[int]) -> None:
    """The roll-up of these residencies, which have none yet: what `programmes.measures.rows` would have made entry by
    entry, in one statement."""
    kinds = [kind.value for kind in ActivityKind]
    minutes = [f"coalesce(sum(minutes) FILTER (WHERE kind = '{kind}'), 0)" for kind in kinds]
    months, log = ActivityMonth._meta.db_table, Activity._meta.db_table
    statement = (
        f"INSERT INTO {months} "  # noqa: S608 (names of our own tables and kinds)
        f"(residency_id, month, entries, last_logged_on, {', '.join(kinds)}, unallocated, at_host) "
        f"SELECT residency_id, date_trunc('month', date)::date, count(*), max(date), {', '.join(minutes)}, "
        "coalesce(sum(minutes) FILTER (WHERE project_id IS NULL), 0), "
        "coalesce(sum(minutes) FILTER (WHERE place = 'host'), 0) "
        f"FROM {log} WHERE residency_id = ANY(%s) GROUP BY 1, 2"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(residencies)])
