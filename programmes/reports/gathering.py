"""What a report is made from: plain values of the residencies in reach, in a number of queries that does not grow."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from programmes.measures import rows
from programmes.measures.engagement import MonthRow
from programmes.measures.facts import Facts
from programmes.measures.fairness import Answer, shortened
from programmes.measures.happenings import Use
from programmes.measures.involvement import Contribution
from programmes.measures.period import Period, closed_months
from programmes.measures.posts import Post
from programmes.measures.projects import Work
from programmes.measures.stages import Life, Step
from programmes.measures.suppression import enough
from programmes.models import (
    PUBLIC_KINDS,
    Classification,
    Placement,
    Project,
    Residency,
    ResidencyQuerySet,
)
from programmes.models import Contribution as Given


@dataclass(frozen=True)
class Gathered:
    """`logged` are the months with minutes, `hidden` those of too few people, `with_log` the codes that logged."""

    lives: list[Life]
    answers: list[Answer]
    posts: list[Post]
    uses: list[Use]
    projects: list[Work]
    given: list[Contribution]
    facts: list[Facts]
    logged: list[MonthRow]
    hidden: frozenset[datetime.date]
    with_log: frozenset[str]


def gather(residencies: ResidencyQuerySet, period: Period, today: datetime.date) -> Gathered:
    """All of it as it stands now; only what is dated by itself is narrowed to the period."""
    known = list(residencies.with_places().prefetch_related("stage_changes").order_by("code"))
    months = closed_part(period, today)
    lives = [_life(residency) for residency in known]
    codes = {residency.pk: residency.code for residency in known}
    people = rows.people_by_month(residencies, months)
    return Gathered(
        lives=lives,
        answers=_answers(known, lives, period),
        posts=[
            _post(placement, residency) for residency in known for placement in residency.placements.all()
        ],
        uses=rows.uses(residencies, period),
        projects=[_work(project, codes) for project in Project.objects.filter(residency__in=codes)],
        given=_given(residencies, period),
        facts=rows.facts(residencies),
        logged=rows.month_rows(residencies, months),
        hidden=frozenset(month for month, number in people.items() if not enough(number)),
        with_log=frozenset(codes[pk] for pk in rows.figures_to(known, months) if pk in codes),
    )


def closed_part(period: Period, today: datetime.date) -> Period:
    """The whole months of a period that are over: what is logged is told of no other (decision 8)."""
    return Period(period.start, max(period.start, min(period.end, closed_months(today, 1).end)))


def _life(residency: Residency) -> Life:
    steps = tuple(
        Step(change.on, change.from_stage, change.to_stage) for change in residency.stage_changes.all()
    )
    host = residency.lead_host
    began = [residency.started_on] if residency.started_on else []
    return Life(
        code=residency.code,
        title=residency.title,
        host=host.display_name if host else "",
        stage=residency.stage,
        known_since=min([timezone.localtime(residency.created_at).date(), *began]),
        steps=steps,
    )


def _answers(known: list[Residency], lives: list[Life], period: Period) -> list[Answer]:
    return [
        Answer(residency.code, residency.title, " ".join(residency.fairer_for.split()))
        for residency, life in zip(known, lives, strict=True)
        if life.stage_before(period.end) not in (None, "declined", "withdrawn")
    ]


def _post(placement: Placement, residency: Residency) -> Post:
    """A post is over when its residency is, whatever was planned."""
    ends = [day for day in (placement.end, residency.ended_on) if day is not None]
    end = max(min(ends), placement.start) if ends else None
    return Post(placement.pk, residency.code, placement.person_id, placement.wte, placement.start, end)


def _work(project: Project, codes: dict[int, str]) -> Work:
    return Work(
        code=codes[project.residency_id],
        kind=project.get_classification_display(),
        is_classified=project.classification != Classification.NOT_YET,
        stage=project.get_stage_display(),
        started_on=project.started_on,
        ended_on=project.ended_on,
    )


def _given(residencies: ResidencyQuerySet, period: Period) -> list[Contribution]:
    found = Given.objects.filter(
        project__residency__in=residencies.values("pk"), on__gte=period.start, on__lt=period.end
    )
    return [
        Contribution(
            kind=given.partner.get_kind_display(),
            is_public=given.partner.kind in PUBLIC_KINDS,
            project=given.project.title,
            project_key=given.project_id,
            stage=given.get_stage_display(),
            mode=given.get_mode_display(),
            what_changed=shortened(" ".join(given.what_changed.split())),
            is_confirmed=given.confirmed_at is not None and not given.read_back,
            is_read_back=bool(given.read_back),
        )
        for given in found.select_related("partner", "project")
    ]
