"""Tells the story through the real deeds, in the order in which it happened; the same for the same seed and day."""

from __future__ import annotations

import datetime
import random
from decimal import Decimal
from typing import Any

from django.utils import timezone

from embedded.accounts.models import Person
from guidance.desk.editors import let_edit
from programmes import adopting, founding, invitations
from programmes.demo import cast
from programmes.demo.house_rules import state_rules
from programmes.demo.living import end_it, live_it, settle_access
from programmes.demo.plot import Story
from programmes.demo.story import STORIES, THEMES, TOPICS
from programmes.demo.teller import Teller, bring_in, make_person
from programmes.demo.tells_packs import tell_packs
from programmes.demo.vacancy import describe_post
from programmes.interest import actions as interest
from programmes.lifecycle import take_step
from programmes.models import (
    Membership,
    Organisation,
    Placement,
    Programme,
    Project,
    Residency,
    Role,
    StageChange,
)
from programmes.onboarding import actions as onboarding
from programmes.posts import Post
from programmes.registers.adding import add_by_hand
from programmes.registration import actions as registration
from programmes.registration import decisions
from programmes.team import actions as team
from programmes.team.actions import ProgrammeWords

NAME = "Closer Together"
INTERESTS = (
    (
        12,
        "Brackenshaw Borough Council",
        "Families wait four months for a first visit, and those who need it most miss it. We do not know why.",
        "Moira Teague",
        "moira.teague@council.example",
        "",
    ),
    (
        3,
        "Two village surgeries",
        "Half of our home visits are about falls. We would like to know what helps before the next winter.",
        "Idris Vance",
        "",
        "01632 960412",
    ),
)


def tell(*, today: datetime.date, seed: int) -> Programme:
    """Tells all of it and gives the programme. The caller sees to it that it is told once."""
    chance = random.Random(seed)  # noqa: S311 (a story, not a secret)
    organisations = {one.code: _organisation(one) for one in cast.ORGANISATIONS}
    lead = make_person(cast.LEAD)
    begun = today - datetime.timedelta(days=800)
    programme = team.start_programme(
        words=ProgrammeWords(
            name=NAME,
            aims="Researchers who work inside health and care organisations, so that evidence is there when things "
            "are decided. A made-up programme: nobody in it exists.",
            start=begun,
            end=today + datetime.timedelta(days=1026),
            scheme="arc",
            award_reference="DEMO-2024-01",
            residency_word="residency",
            residencies_word="residencies",
            researcher_word="embedded researcher",
            researchers_word="embedded researchers",
            topics=TOPICS,
        ),
        lead_organisation=organisations["DEMO-WRENFORD"],
        themes=THEMES,
        by=lead,
        at=timezone.make_aware(datetime.datetime.combine(begun, datetime.time(10))),
        on=begun,
    )
    teller = Teller(today, chance, programme, organisations, {cast.LEAD.email: lead})
    _invite_the_team(teller)
    state_rules(teller)
    for story in STORIES:
        _tell_one(teller, story)
    _date_back(teller)
    _ask_from_outside(teller)
    tell_packs(teller)
    for actor in (cast.LEAD, cast.OFFICER):
        let_edit(person=teller.person(actor), edits=True)
    return programme


def _ask_from_outside(teller: Teller) -> None:
    """The form that needs no account is open, and two people have used it."""
    interest.take_interest(programme=teller.programme, taking=True, by=teller.people[cast.LEAD.email])
    for days, organisation, problem, name, email, phone in INTERESTS:
        interest.register(
            programme=teller.programme,
            organisation=organisation,
            problem=problem,
            name=name,
            email=email,
            phone=phone,
            on=teller.day(-days),
        )


def _date_back(teller: Teller) -> None:
    """In the story each thing was recorded on the day it happened, not on the day of telling: "what changed since my
    last visit" would otherwise be everything."""
    for change in StageChange.objects.filter(residency__programme=teller.programme):
        StageChange.objects.filter(pk=change.pk).update(recorded_at=teller.at(change.on))
    for project in Project.objects.filter(residency__programme=teller.programme):
        Project.objects.filter(pk=project.pk).update(added_at=teller.at(project.started_on))


def _organisation(one: cast.Place) -> Organisation:
    return add_by_hand(
        by=None, name=one.name, kind=one.kind, nation="england", town=one.town, is_made_up=True
    )


def _invite_the_team(teller: Teller) -> None:
    themes = {theme.name: theme for theme in teller.programme.themes.all()}
    hosts = teller.organisations
    for actor, role, place in (
        (cast.OFFICER, Role.PROGRAMME_OFFICER, None),
        (cast.THEME_LEAD, Role.THEME_LEAD, themes["Ageing well"]),
        (cast.MANAGER, Role.HOST_MANAGER, hosts["DEMO-WENDING"]),
        (cast.LARKMOOR_MANAGER, Role.HOST_MANAGER, hosts["DEMO-LARKMOOR"]),
        (cast.EASTMERE_MANAGER, Role.HOST_MANAGER, hosts["DEMO-EASTMERE"]),
        (cast.SALTMARSH_MANAGER, Role.HOST_MANAGER, hosts["DEMO-SALTMARSH"]),
        (cast.HARTBRIDGE_MANAGER, Role.HOST_MANAGER, hosts["DEMO-HARTBRIDGE"]),
        (cast.RD_OFFICER, Role.RD_OFFICE, hosts["DEMO-WENDING"]),
    ):
        bring_in(teller, actor, role, place, teller.day(-795))
    invitations.offer(
        person=invitations.person_called("Joan Fairley", "joan.fairley@hartbridge.example"),
        programme=teller.programme,
        role=Role.EXEC_SPONSOR,
        place=hosts["DEMO-HARTBRIDGE"],
        by=teller.person(cast.LEAD),
        at=timezone.now(),
        on=teller.today,
    )


def _tell_one(teller: Teller, story: Story) -> None:
    manager = teller.person(story.manager)
    theme = teller.programme.themes.get(name=story.theme)
    if story.adopted:
        residency = _adopt(teller, story)
        live_it(teller, story, residency)
        return
    residency = founding.save_idea(
        programme=teller.programme,
        title=story.title,
        host=teller.organisations[story.host],
        by=manager,
        on=teller.day(story.registered),
        site=story.site,
        theme=theme,
    )
    if story.goes_to == "idea":
        return
    _fill_in(teller, story, residency, manager)
    sent = teller.day(story.registered + 6)
    registration.submit(residency=residency, by=manager, on=sent, at=teller.at(sent))
    if story.goes_to == "scoping":
        return
    _decide(teller, story, residency)
    if story.goes_to in ("returned", "declined", "approved"):
        return
    if story.goes_to in ("recruiting", "onboarding"):
        describe_post(teller, story, residency, manager)
    take_step(residency, "recruit", by=manager, on=teller.day(story.registered + 30))
    if story.goes_to == "recruiting":
        return
    placement = _appoint(teller, story, residency, manager)
    settle_access(teller, story, placement, manager)
    if story.goes_to == "onboarding":
        return
    onboarding.start(
        residency=residency,
        by=manager,
        on=teller.day(story.start),
        reasons={placement.pk: "The letter was signed and in the post"},
        may_override=True,
    )
    live_it(teller, story, residency)
    end_it(teller, story, residency, manager)


def _fill_in(teller: Teller, story: Story, residency: Residency, manager: Person) -> None:
    pages: dict[str, dict[str, Any]] = {
        "purpose": {
            "problem": story.problem,
            "decision": story.decision,
            "decision_by": teller.day(story.decision_by),
        },
        "difference": {"difference": story.difference, "how_known": story.how_known},
        "dates": {
            "planned_start": teller.day(story.start),
            "planned_end": teller.day(story.end),
            "days_a_week": Decimal(story.days_a_week),
        },
        "people": {
            "host_manager_name": manager.display_name,
            "host_manager_email": manager.email,
            "academic_supervisor_name": cast.SUPERVISOR.name,
            "academic_supervisor_email": cast.SUPERVISOR.email,
            "researcher_name": story.researcher.name if story.researcher else "",
        },
        "home": {"academic_home": teller.organisations[story.home]},
        "money": {
            "money_who_pays": story.money,
            "money_confirmed": "" if story.money == "Not known yet" else "yes",
        },
        "topics": {"fairer_for": story.fairer_for, "topics": list(story.topics)},
    }
    for page, answers in pages.items():
        registration.save_page(
            residency=residency, page=page, answers=answers, version=residency.version, by=manager
        )


def _decide(teller: Teller, story: Story, residency: Residency) -> None:
    lead, supervisor = teller.person(cast.LEAD), teller.person(cast.SUPERVISOR)
    on = teller.day(story.registered + 16)
    if story.goes_to == "returned":
        decisions.send_back(residency=residency, by=lead, on=on, why=story.why)
    elif story.goes_to == "declined":
        decisions.decline(residency=residency, by=lead, on=on, why=story.why)
    else:
        asked = [
            decisions.NewCondition(what, owner, teller.day(due)) for what, owner, due, _ in story.conditions
        ]
        decisions.approve(residency=residency, by=lead, on=on, at=teller.at(on), conditions=asked)
        _accept(supervisor, residency, teller.at(on), Role.ACADEMIC_SUPERVISOR)
        met = {what for what, _, _, is_met in story.conditions if is_met}
        for condition in residency.conditions.filter(what__in=met):
            decisions.meet_condition(
                condition=condition, by=lead, on=condition.due - datetime.timedelta(days=3)
            )


def _appoint(teller: Teller, story: Story, residency: Residency, manager: Person) -> Placement:
    actor = story.researcher
    if actor is None:
        raise ValueError(f"{story.title} goes on without a researcher")
    person, on = teller.person(actor), teller.day(story.start - 50)
    placement = onboarding.appoint(
        residency=residency,
        post=Post(
            name=actor.name,
            email=actor.email,
            start=teller.day(story.start),
            end=teller.day(story.end),
            wte=Decimal(story.days_a_week) / 5,
            employer=teller.organisations[story.home],
            role=actor.job,
        ),
        by=manager,
        on=on,
        at=teller.at(on),
    )
    _accept(person, residency, teller.at(on))
    onboarding.accept_post(placement=placement, by=person, on=on + datetime.timedelta(days=2))
    return placement


def _accept(person: Person, residency: Residency, at: datetime.datetime, role: str = Role.RESEARCHER) -> None:
    membership = Membership.objects.get(person=person, residency=residency, role=role)
    invitations.accept(membership.invitations.get(), user=person.user, at=at)  # type: ignore[arg-type]


def _adopt(teller: Teller, story: Story) -> Residency:
    """A residency that was running before it came here."""
    officer, actor = teller.person(cast.OFFICER), story.researcher
    if actor is None:
        raise ValueError(f"{story.title} goes on without a researcher")
    person, on = teller.person(actor), teller.day(story.registered)
    residency = adopting.adopt(
        programme=teller.programme,
        running=adopting.Running(
            title=story.title,
            host=teller.organisations[story.host],
            stage="running",
            start=teller.day(story.start),
            end=teller.day(story.end),
            researcher_name=actor.name,
            researcher_email=actor.email,
            days_a_week=Decimal(story.days_a_week),
            academic_home=teller.organisations[story.home],
            approved=adopting.EarlierStep(teller.day(story.start - 60), "Council file PH/24/7"),
            researcher_role=actor.job,
            host_manager=adopting.Named(story.manager.name, story.manager.email),
            academic_supervisor=adopting.Named(cast.SUPERVISOR.name, cast.SUPERVISOR.email),
        ),
        by=officer,
        on=on,
        at=teller.at(on),
        theme=teller.programme.themes.get(name=story.theme),
    )
    _accept(person, residency, teller.at(on))
    onboarding.accept_post(placement=residency.placements.get(), by=person, on=on)
    return residency
