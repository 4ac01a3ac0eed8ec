"""Programmes made by a seeded chance, with every kind of record that the measures read, on the edges on purpose."""

from __future__ import annotations

import datetime
import random
from typing import Any

from django.utils import timezone

from programmes.measures import rows
from programmes.models import (
    AccessItem,
    AccessKind,
    AccessState,
    Activity,
    ActivityKind,
    Classification,
    Condition,
    LifecycleStage,
    Placement,
    Programme,
    Project,
    Residency,
    Stage,
)
from tests.world import make_organisation, make_person, make_programme, make_residency

EDGES = (
    0,
    1,
    2,
    13,
    14,
    15,
    16,
    29,
    30,
    31,
    32,
    58,
    59,
    60,
    61,
    62,
    89,
    90,
    91,
    92,
    120,
    181,
    183,
    184,
    185,
    400,
)

LOOKED_AT_AGAIN = (
    Stage.ONBOARDING,
    Stage.ACTIVE,
    Stage.PAUSED,
    Stage.CLOSING,
    Stage.ENDED,
    Stage.LEGACY,
    Stage.TERMINATED_EARLY,
)


def near(chance: random.Random, today: datetime.date, *, past: bool | None = None) -> datetime.date:
    """A day whose distance from today is an edge of some rule, more often than not."""
    distance = chance.choice(EDGES) if chance.random() < 0.8 else chance.randint(0, 500)
    sign = chance.choice((-1, 1)) if past is None else -1 if past else 1
    return today + datetime.timedelta(days=sign * distance)


def maybe(chance: random.Random, value: Any) -> Any:
    return value if chance.random() < 0.6 else None


def programme_of(seed: int, today: datetime.date, residencies: int) -> Programme:
    """A programme with so many residencies in all stages, their posts, access, projects and conditions."""
    chance = random.Random(seed)  # noqa: S311 (data for a test)
    programme = make_programme()
    hosts = [make_organisation() for _ in range(3)]
    for _ in range(residencies):
        _one(chance, programme, hosts, today)
    return programme


def _one(chance: random.Random, programme: Programme, hosts: list[Any], today: datetime.date) -> Residency:
    stage = chance.choice([*Stage.values, *[Stage.ACTIVE] * 8, Stage.ONBOARDING, Stage.PAUSED])
    started = near(chance, today, past=True)
    end = near(chance, today)
    residency = make_residency(
        programme,
        hosts[0],
        stage=stage,
        planned_start=started,
        started_on=started if stage in (Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING) else None,
        planned_end=end if end > started else None,
        adopted_on=maybe(chance, near(chance, today, past=True)),
        submitted_at=maybe(chance, timezone.now() - datetime.timedelta(days=chance.choice(EDGES))),
        guiding_group_entered_on=maybe(chance, near(chance, today, past=True)),
        public_partners_in_guiding_group=chance.choice((0, 0, 1, 2)),
        sponsor_left_on=maybe(chance, near(chance, today, past=True)),
        end_decision_on=maybe(chance, near(chance, today, past=True)),
        exit_plan_on=maybe(chance, near(chance, today, past=True)),
        review_on=near(chance, today) if stage in LOOKED_AT_AGAIN and chance.random() < 0.7 else None,
    )
    person = make_person()
    for _ in range(chance.choice((0, 1, 1, 2))):
        _post(chance, residency, person, hosts, today)
    for _ in range(chance.choice((0, 1, 2))):
        kind = chance.choice((Classification.NOT_YET, Classification.NOT_YET, Classification.RESEARCH))
        begun = near(chance, today, past=True)
        Project.objects.create(
            residency=residency,
            title="A project",
            classification=kind,
            classified_on=None if kind == Classification.NOT_YET else begun,
            stage=chance.choice(LifecycleStage.values),
            started_on=begun,
            ended_on=maybe(chance, today) if chance.random() < 0.3 else None,
            added_by=person,
        )
    for _ in range(chance.choice((0, 0, 1))):
        met = chance.random() < 0.3
        Condition.objects.create(
            residency=residency,
            what="A desk",
            owner_name="Sam",
            due=near(chance, today),
            set_by=person,
            met_on=today if met else None,
            met_by=person if met else None,
        )
    return residency


def _post(
    chance: random.Random, residency: Residency, person: Any, hosts: list[Any], today: datetime.date
) -> None:
    start, end = near(chance, today), near(chance, today)
    placement = Placement.objects.create(
        residency=residency, person=person, wte="0.50", start=start, end=end if end > start else None
    )
    for host in hosts[: chance.choice((1, 1, 2))]:
        for kind in chance.sample(AccessKind.values, chance.choice((0, 1, 3))):
            state = chance.choice([*AccessState.values, *[AccessState.IN_PLACE] * 6])
            issued = today - datetime.timedelta(days=600)
            AccessItem.objects.create(
                placement=placement,
                host=host,
                kind=kind,
                state=state,
                issued_on=issued,
                issuer="R&D",
                reference="1",
                expires_on=maybe(chance, near(chance, today)),
                reason="Not asked for here" if state == AccessState.NOT_REQUIRED else "",
            )


def log_of(seed: int, residency: Residency, people: list[Any], today: datetime.date, entries: int) -> None:
    """So many entries over two years, many of them on the first and last days of months, and their roll-up."""
    chance = random.Random(seed)  # noqa: S311 (data for a test)
    for _ in range(entries):
        day = today - datetime.timedelta(days=chance.randint(0, 730))
        if chance.random() < 0.4:
            first = day.replace(day=1)
            day = chance.choice((first, first - datetime.timedelta(days=1)))
        Activity.objects.create(
            residency=residency,
            person=chance.choice(people),
            date=day,
            minutes=chance.randint(1, 600),
            kind=chance.choice(ActivityKind.values),
            place=chance.choice(("", "host", "remote")),
        )
    rows.rebuild_months(residency)
