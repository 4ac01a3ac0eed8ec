"""The log of the mass: sealed, copied into its table under all of its constraints, and added up by month."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection
from django.utils import timezone

from embedded import vault
from programmes.demo.mass_lives import Life, day_of, shared_out
from programmes.demo.rhythm import Moment, so_many_moments
from programmes.entries.months import add_up_first
from programmes.models import Activity, Placement, Project, Residency

COLUMNS: Final = (
    "residency_id person_id date minutes kind sealed host_id place project_id late_reason made_at version"
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
    sealers = _sealers(keepers)

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
                yield _row(chance, keeper, moment, sealers[keeper.placement.person_id])

    copy_in(entries(), say)
    add_up_first([keeper.residency.pk for keeper in keepers])


def _sealers(keepers: Sequence[Keeper]) -> dict[int, vault.Sealer]:
    """One for each writer, by their number; nobody of the mass has a key before."""
    people = {keeper.placement.person_id: keeper.placement.person for keeper in keepers}
    keys = vault.make_keys(people.values())
    return {pk: vault.Sealer(person, keys[pk]) for pk, person in people.items()}


def _row(chance: random.Random, keeper: Keeper, moment: Moment, sealer: vault.Sealer) -> tuple[Any, ...]:
    began = [project for project in keeper.projects if project.started_on <= moment.day]
    project = chance.choice(began).pk if moment.on_project and began else None
    return (
        keeper.residency.pk,
        keeper.placement.person_id,
        moment.day,
        moment.minutes,
        moment.kind,
        sealer.seal(moment.what),
        keeper.host_id,
        moment.place,
        project,
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
