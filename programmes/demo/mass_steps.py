"""The steps through which each residency of the mass came to its stage, dated as they would have been recorded."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Final

from django.db.models import DateTimeField, F, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Greatest

from programmes.demo.mass_lives import Life
from programmes.demo.mass_records import Made, Setting
from programmes.models import Residency, StageChange

BY_THE_LEAD: Final = ("approved", "declined")
ASKS_WHY: Final = ("declined", "withdrawn", "paused", "terminated_early")
TEN_IN_THE_MORNING: Final = datetime.timedelta(hours=10)


def take_steps(setting: Setting, made: Sequence[Made]) -> None:
    """Writes every step. Each was recorded on its day, or on the day on which its residency was brought in."""
    StageChange.objects.bulk_create([step for one in made for step in _steps(setting, one)], batch_size=1000)
    mine = [one.residency.pk for one in made]
    StageChange.objects.filter(residency__in=mine).update(
        recorded_at=Greatest(
            Cast(F("on"), DateTimeField()) + Value(TEN_IN_THE_MORNING), Value(setting.at(setting.first))
        )
    )
    recorded = StageChange.objects.filter(residency=OuterRef("pk")).order_by("recorded_at")
    Residency.objects.filter(pk__in=mine).update(created_at=Subquery(recorded.values("recorded_at")[:1]))


def _steps(setting: Setting, one: Made) -> Iterator[StageChange]:
    before = ""
    for stage, day in path(one.plan.life):
        yield StageChange(
            residency=one.residency,
            from_stage=before,
            to_stage=stage,
            on=setting.day(day),
            by=setting.lead if stage in BY_THE_LEAD else one.plan.host.manager,
            why="Overtaken by other plans" if stage in ASKS_WHY else "",
        )
        before = stage


def path(life: Life) -> list[tuple[str, int]]:
    """Every stage that a life came to, with its day."""
    registered = life.registered
    if life.adopted:
        steps = [("active", life.start)]
    else:
        steps = [
            ("idea", registered),
            ("scoping", registered + 6),
            ("approved", registered + 16),
            ("recruiting", registered + 30),
            ("onboarding", max(registered + 31, life.start - 50)),
            ("active", life.start),
        ]
    if life.stage in ("declined", "withdrawn"):
        return [*steps[:2], (life.stage, registered + 20)]
    if not life.begun:
        return steps[: [stage for stage, _ in steps].index(life.stage) + 1]
    return steps + _ending(life)


def _ending(life: Life) -> list[tuple[str, int]]:
    if life.stage == "paused":
        return [("paused", life.paused)]
    if life.stage == "terminated_early":
        return [("terminated_early", life.end)]
    if life.stage in ("closing", "ended"):
        return [("closing", life.end - 60), ("ended", life.end)][: 2 if life.stage == "ended" else 1]
    return []
