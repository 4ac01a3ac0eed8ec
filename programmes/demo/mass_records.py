"""The residencies of the mass and the organisations in them: in bulk, as the deeds would leave them."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from embedded.accounts.models import Person
from programmes.demo.mass_lives import Life, day_of
from programmes.demo.mass_places import Host, make_people
from programmes.models import (
    EndDecision,
    Organisation,
    OrganisationPart,
    Programme,
    Residency,
    ResidencyOrganisation,
    Stage,
)

SUBJECTS: Final = (
    "Falls at night",
    "Letters that nobody reads",
    "Waiting for a first appointment",
    "Going home on a Friday",
    "Frailty at the front door",
    "Carers who are not asked",
    "New parents and sleep",
    "Missed reviews",
    "Medicines on the day of leaving",
    "Interpreters when they are needed",
    "School meals",
    "Beds for one more night",
)
PLACES: Final = (
    "on four wards",
    "in the community",
    "in two clinics",
    "across the borough",
    "in the emergency department",
    "in general practice",
    "after an operation",
    "from referral to first visit",
)
PLACED: Final = ("onboarding", "active", "paused", "closing", "ended", "terminated_early")


@dataclass(frozen=True)
class Setting:
    """Where the mass is set: the programme, its lead, the universities, the hosts; `first` is the day it began."""

    programme: Programme
    lead: Person
    homes: Sequence[Organisation]
    hosts: Sequence[Host]
    today: datetime.date
    first: int
    themes: Sequence[int] = field(default_factory=tuple)

    def day(self, number: int) -> datetime.date:
        return day_of(self.today, number)

    def at(self, number: int) -> datetime.datetime:
        """Ten in the morning of that day."""
        return timezone.make_aware(datetime.datetime.combine(self.day(number), datetime.time(10)))


@dataclass(frozen=True)
class Plan:
    """A life, and where and by whom it is led; nobody is named in one that has not come so far."""

    life: Life
    host: Host
    home: Organisation
    researcher: Person | None


@dataclass(frozen=True)
class Made:
    """A plan, and the residency that it became."""

    plan: Plan
    residency: Residency


def make_residencies(chance: random.Random, setting: Setting, found: Sequence[Life]) -> list[Made]:
    """All rows of all lives, except what hangs on a post or comes of the work."""
    numbers = _numbers_given(setting.programme)
    people = iter(
        make_people(chance, "Research fellow", sum(one.stage in PLACED for one in found), "crowd.example")
    )
    plans = [
        Plan(
            life,
            chance.choice(setting.hosts),
            chance.choice(setting.homes),
            next(people) if life.stage in PLACED else None,
        )
        for life in found
    ]
    residencies = Residency.objects.bulk_create(
        [_residency(chance, setting, plan, numbers) for plan in plans], batch_size=500
    )
    made = [Made(plan, residency) for plan, residency in zip(plans, residencies, strict=True)]
    ResidencyOrganisation.objects.bulk_create(
        [
            ResidencyOrganisation(residency=one.residency, organisation=organisation, part=part)
            for one in made
            for organisation, part in (
                (one.plan.host.organisation, OrganisationPart.LEAD_HOST),
                (one.plan.home, OrganisationPart.ACADEMIC_HOME),
            )
        ],
        batch_size=1000,
    )
    return made


def _numbers_given(programme: Programme) -> Counter[int]:
    """The highest number given in each year, as `founding.next_code` gives them."""
    given: Counter[int] = Counter()
    for code in Residency.objects.filter(programme=programme).values_list("code", flat=True):
        _, year, number = code.split("-")
        given[int(year)] = max(given[int(year)], int(number))
    return given


def _residency(chance: random.Random, setting: Setting, plan: Plan, numbers: Counter[int]) -> Residency:
    life, manager = plan.life, plan.host.manager
    on = setting.day(life.registered)
    numbers[on.year] += 1
    sent = life.stage != Stage.IDEA and not life.adopted
    return Residency(
        programme=setting.programme,
        theme_id=chance.choice(setting.themes),
        code=f"{setting.programme.code_prefix}-{on.year}-{numbers[on.year]:03d}",
        title=f"{chance.choice(SUBJECTS)} {chance.choice(PLACES)}",
        stage=life.stage,
        problem="People wait longer than they should, and nobody has looked at why.",
        decision="What to change in the next plan of the service",
        decision_by=setting.day(life.end - 60),
        difference="Fewer people wait, and nobody is left out.",
        how_known="The service's own counts, and what people tell us.",
        planned_start=setting.day(life.start),
        planned_end=setting.day(life.end),
        days_a_week=Decimal(life.days_a_week),
        host_manager_name=manager.display_name,
        host_manager_email=manager.email,
        money_who_pays="Integrated care board",
        money_confirmed="yes" if life.begun else "",
        submitted_at=setting.at(life.registered + 6) if sent else None,
        confirmed_by_manager_at=setting.at(life.registered + 6) if sent else None,
        created_by=manager,
        researcher_name=plan.researcher.display_name if plan.researcher else "",
        **(_since_its_start(chance, setting, life) if life.begun else {}),
    )


def _since_its_start(chance: random.Random, setting: Setting, life: Life) -> dict[str, Any]:
    """What is known of it once it has begun: who guides it and how it will end. Some have not said."""
    guided = chance.random() < 0.8
    decided = life.end < 180 and chance.random() < 0.85
    return {
        "started_on": setting.day(life.start),
        "ended_on": setting.day(life.end) if life.stage in ("ended", "terminated_early") else None,
        "adopted_on": setting.day(life.registered) if life.adopted else None,
        "guiding_group": "The host manager, the researcher, two members of the public" if guided else "",
        "guiding_group_entered_on": setting.day(life.start + 40) if guided else None,
        "public_partners_in_guiding_group": chance.choice((0, 1, 2, 2, 2)) if guided else 0,
        "sponsor_name": "Medical director",
        "sponsor_left_on": setting.day(-chance.randint(5, 90)) if chance.random() < 0.02 else None,
        "end_decision": EndDecision.ENDS if decided else "",
        "end_decision_on": setting.day(min(-1, life.end - 120)) if decided else None,
        "exit_plan_on": setting.day(min(-1, life.end - 110)) if decided else None,
    }
