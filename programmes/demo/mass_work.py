"""What came of the work of the mass: agreements, projects with partners and contributions, uses in decisions."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from typing import Final

from django.utils import timezone

from programmes.demo.mass_records import Made, Setting
from programmes.models import (
    Agreement,
    AgreementKind,
    Condition,
    Contribution,
    ContributionMode,
    Partner,
    PartnerKind,
    Project,
    ProjectPartner,
    UseInDecision,
    UseOutcome,
)

STAGES: Final = ("design", "govern", "collect", "collect", "analyse", "interpret", "share", "use")
CLASSIFICATIONS: Final = (
    "research",
    "service_evaluation_improvement",
    "service_evaluation_improvement",
    "clinical_audit",
)
GROUPS: Final = (
    ("Carers' circle of {}", PartnerKind.CARER),
    ("Patients of {} together", PartnerKind.PATIENT),
    ("Ward sisters of {}", PartnerKind.NURSE_MIDWIFE),
    ("{} volunteers", PartnerKind.VCSE),
)
DECISIONS: Final = (
    "Keep the new rota over the winter",
    "Rewrite the letters",
    "Open the clinic on Saturdays",
    "Stop the second form",
)


def sign_agreements(chance: random.Random, setting: Setting, made: Sequence[Made]) -> None:
    """An agreement for nine in ten that have begun; an open condition for a few that are being set up."""
    Agreement.objects.bulk_create(
        [
            Agreement(
                residency=one.residency,
                kind=AgreementKind.HOSTING,
                signed_on=setting.day(one.plan.life.start - 30),
                effective_to=setting.day(one.plan.life.end),
                kept_at="Contracts register of the host",
            )
            for one in made
            if one.plan.life.begun and chance.random() < 0.9
        ],
        batch_size=1000,
    )
    Condition.objects.bulk_create(
        Condition(
            residency=one.residency,
            what="Say who holds the money",
            owner_name=one.plan.host.manager.display_name,
            due=setting.day(chance.randint(-5, 60)),
            set_by=setting.lead,
        )
        for one in made
        if one.plan.life.stage in ("approved", "recruiting", "onboarding")
    )


def start_projects(chance: random.Random, setting: Setting, made: Sequence[Made]) -> dict[int, list[Project]]:
    """One or two projects of each that has begun, by residency, and who made them together."""
    plans = [one for one in made if one.plan.life.begun for _ in range(1 + (chance.random() < 0.3))]
    projects = Project.objects.bulk_create([_project(chance, setting, one) for one in plans], batch_size=1000)
    partners = Partner.objects.bulk_create(
        [
            Partner(programme=setting.programme, name=name.format(host.organisation.town), kind=kind)
            for host in setting.hosts
            for name, kind in GROUPS
        ],
        batch_size=1000,
    )
    near = {host.organisation.pk: partners[at * 4 : at * 4 + 4] for at, host in enumerate(setting.hosts)}
    pairs = [
        (one, project, partner)
        for one, project in zip(plans, projects, strict=True)
        for partner in chance.sample(near[one.plan.host.organisation.pk], chance.choice((1, 1, 2)))
    ]
    ProjectPartner.objects.bulk_create(
        [
            ProjectPartner(project=project, partner=partner, since=project.started_on)
            for _, project, partner in pairs
        ],
        batch_size=1000,
    )
    Contribution.objects.bulk_create(
        [_contribution(chance, *pair) for pair in pairs if chance.random() < 0.4], batch_size=1000
    )
    found: dict[int, list[Project]] = {}
    for project in projects:
        found.setdefault(project.residency_id, []).append(project)
    return found


def _project(chance: random.Random, setting: Setting, one: Made) -> Project:
    life = one.plan.life
    started = setting.day(min(-1, chance.randint(life.start + 10, life.start + 120), life.end))
    known = chance.random() < 0.95
    return Project(
        residency=one.residency,
        title=f"{one.residency.title}: what helps",
        question="What changes when people are asked first?",
        classification=chance.choice(CLASSIFICATIONS) if known else "not_yet_classified",
        classified_on=started if known else None,
        classified_by_name="R&D office" if known else "",
        classification_kept_at="Register of the R&D office" if known else "",
        stage=chance.choice(STAGES),
        started_on=started,
        ended_on=setting.day(life.end) if life.stage == "ended" else None,
        added_by=one.plan.researcher,
        added_at=timezone.make_aware(datetime.datetime.combine(started, datetime.time(10))),
    )


def _contribution(chance: random.Random, one: Made, project: Project, partner: Partner) -> Contribution:
    return Contribution(
        project=project,
        partner=partner,
        stage="design",
        mode=chance.choice(list(ContributionMode)),
        on=project.started_on,
        description="Said what matters to them, and chose the first question",
        what_changed="The first question" if chance.random() < 0.6 else "",
        recorded_by=one.plan.researcher,
    )


def record_uses(
    chance: random.Random, setting: Setting, made: Sequence[Made], projects: dict[int, list[Project]]
) -> None:
    """Something was used in a decision in a third of those that have run for half a year."""
    ran = [
        one for one in made if one.plan.life.begun and min(one.plan.life.end, -5) - one.plan.life.start > 180
    ]
    UseInDecision.objects.bulk_create(
        [_use(chance, setting, one, projects) for one in ran if chance.random() < 0.35], batch_size=1000
    )


def _use(
    chance: random.Random, setting: Setting, one: Made, projects: dict[int, list[Project]]
) -> UseInDecision:
    life = one.plan.life
    decided = chance.randint(life.start + 150, min(life.end, -5))
    confirmed = decided + 12 < 0 and chance.random() < 0.6
    return UseInDecision(
        residency=one.residency,
        project=projects[one.residency.pk][0],
        what="Findings of the first six months",
        outcome=UseOutcome.USED if chance.random() < 0.85 else UseOutcome.CONSIDERED,
        decision=chance.choice(DECISIONS),
        decided_by="Service board",
        decided_on=setting.day(decided),
        written_where="Minutes of the board",
        recorded_by=one.plan.researcher,
        recorded_at=setting.at(min(-1, decided + 4)),
        confirmed_at=setting.at(decided + 12) if confirmed else None,
        confirmed_by_name=one.plan.host.manager.display_name if confirmed else "",
    )
