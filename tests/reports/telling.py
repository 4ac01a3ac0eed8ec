"""A programme with enough in it for every part of a report, and ways to ask for one and have it made."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from embedded.files import keep
from embedded.jobs.models import Job
from programmes.measures import rows
from programmes.measures.period import Period, add_months, closed_months
from programmes.models import (
    AccessItem,
    Activity,
    Contribution,
    Partner,
    Placement,
    Programme,
    Project,
    Report,
    Residency,
    Stage,
    StageChange,
    Theme,
    UseInDecision,
)
from programmes.reports.actions import ask_for_report
from programmes.reports.build import compose, file_name
from tests.world import World, make_person, make_residency

SECRET_WHAT = "CANARY-WHAT-5f1c"
SECRET_NOTE = "CANARY-NOTE-9a7e"
SECRET_ASKER = "CANARY-ASKED-BY-31d0"
KINDS = ("relational", "knowledge_creation", "educational", "advice_consultation", "project_management")


def last_month() -> datetime.date:
    """The first day of the last month that is over."""
    return closed_months(timezone.localdate(), 1).start


def last_twelve() -> Period:
    return closed_months(timezone.localdate(), 12)


@dataclass
class Told:
    """What was put into the world."""

    world: World
    residencies: list[Residency]
    project: Project
    use: UseInDecision


def tell(world: World, people: int = 6) -> Told:
    """So many residencies that run, with posts, logs and notes; a project with partners; uses; missing access."""
    residencies = [world.residency]
    residencies += [
        make_residency(world.programme, world.host, title=f"Running {number}", fairer_for=f"Answer {number}")
        for number in range(1, people)
    ]
    for number, residency in enumerate(residencies):
        _live(residency, number, world)
    project = _project(world)
    return Told(world, residencies, project, _uses(world, project))


def _live(residency: Residency, number: int, world: World) -> None:
    began = residency.started_on
    assert began
    StageChange.objects.create(
        residency=residency, from_stage="", to_stage=Stage.APPROVED, on=add_months(began, -2), by=_lead(world)
    )
    StageChange.objects.create(
        residency=residency, from_stage=Stage.APPROVED, to_stage=Stage.ACTIVE, on=began, by=_lead(world)
    )
    person = world.people["researcher"] if number == 0 else make_person(f"Researcher {number}")
    if number:
        placement = Placement.objects.create(residency=residency, person=person, wte="0.50", start=began)
    else:
        placement = world.placement
    AccessItem.objects.create(
        placement=placement, host=world.host, kind="it_account", state="in_place" if number else "requested"
    )
    for day in (3, 17):
        log(residency, person, last_month().replace(day=day), KINDS[number % len(KINDS)])


def log(residency: Residency, person: Any, date: datetime.date, kind: str = "relational") -> Activity:
    """An entry with secrets in every text of it, and the month's sum."""
    activity = Activity.objects.create(
        residency=residency,
        person=person,
        date=date,
        minutes=90,
        kind=kind,
        readers="residency",
        what=f"{SECRET_WHAT} {SECRET_NOTE} {SECRET_ASKER}",
    )
    rows.rebuild_months(residency)
    return activity


def _project(world: World) -> Project:
    project = Project.objects.create(
        residency=world.residency,
        title="Falls at night",
        classification="service_evaluation_improvement",
        classified_on=last_month(),
        started_on=add_months(last_month(), -2),
        added_by=world.people["researcher"],
    )
    public = Partner.objects.create(programme=world.programme, name="Partner Name Canary", kind="carer")
    manager = Partner.objects.create(
        programme=world.programme, name="Other Name Canary", kind="service_manager"
    )
    given = {"project": project, "stage": "design", "mode": "collaborated", "on": last_month()}
    given["recorded_by"] = world.people["researcher"]
    Contribution.objects.create(
        partner=public,
        description="Read it",
        what_changed="The question is about nights now",
        confirmed_at=timezone.now(),
        **given,
    )
    Contribution.objects.create(partner=manager, description="Met us", **given)
    return project


def _uses(world: World, project: Project) -> UseInDecision:
    made = {"residency": world.residency, "recorded_by": world.people["researcher"]}
    made |= {"recorded_at": timezone.now(), "decided_on": last_month()}
    UseInDecision.objects.create(
        what="Early figures",
        outcome="considered_not_used",
        decision="Close the day unit",
        decided_by="Finance committee",
        **made,
    )
    return UseInDecision.objects.create(
        what="Falls briefing <b>&",
        project=project,
        decision="Open the clinic on Saturdays",
        decided_by="Operations board",
        written_where="Minutes, item 4",
        confirmed_at=timezone.now(),
        confirmed_by_name="Confirming Name Canary",
        **made,
    )


def _lead(world: World) -> Any:
    return world.people["programme_lead"]


def ask(world: World, *, theme: Theme | None = None, by: str = "programme_lead", **fields: Any) -> Report:
    """Asked for by the deed, for the last twelve months."""
    asked: dict[str, Any] = {"period": last_twelve(), "prepared_for": "The board"}
    return ask_for_report(
        programme=world.programme, theme=theme, by=world.people[by], at=timezone.now(), **(asked | fields)
    )


def typed(**fields: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    return {
        "form_key": str(uuid4()),
        "about": "whole",
        "period": "twelve_months",
        "prepared_for": "",
    } | fields


def press(client: Client, programme: Programme, **fields: Any) -> Any:
    return client.post(f"/p/{programme.slug}/reports/", typed(**fields))


def page(client: Client, report: Report) -> str:
    return client.get(report.get_absolute_url()).content.decode()


def keep_made(report: Report, content: bytes = b"%PDF-1.7 a file of this test") -> Report:
    """The report as it is after making, without printing: figures of now, a file, its job done."""
    made = compose(report)
    report.figures, report.made_at = made.to_json(), made.computed_at
    report.pdf = keep(content, file_name(report), "application/pdf")
    report.save()
    Job.objects.filter(pk=report.job_id).update(state="done", ended_at=made.computed_at)
    report.refresh_from_db()
    return report


def fail(report: Report, sentence: str = "There is no room left.") -> Report:
    Job.objects.filter(pk=report.job_id).update(state="failed", ended_at=timezone.now(), error=sentence)
    report.refresh_from_db()
    return report
