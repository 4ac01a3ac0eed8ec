"""Tells the story through the real deeds, in the order in which it happened; the same for the same seed and day."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from embedded.accounts.models import Person, User
from programmes import invitations
from programmes.coproduction import actions as coproduction
from programmes.demo import cast
from programmes.demo.rhythm import moments
from programmes.demo.story import STORIES, THEMES, TOPICS, ProjectStory, Story, UseStory
from programmes.evidence import actions as evidence
from programmes.lifecycle import take_step
from programmes.logbook import actions as logbook
from programmes.models import (
    AccessState,
    Membership,
    Organisation,
    Partner,
    Placement,
    Programme,
    Project,
    Residency,
    Role,
)
from programmes.onboarding import actions as onboarding
from programmes.onboarding import clearing
from programmes.registers.adding import add_by_hand
from programmes.registration import actions as registration
from programmes.registration import adopting, decisions
from programmes.team import actions as team
from programmes.team.actions import ProgrammeWords

NAME = "Closer Together"
ISSUERS = {"letter_of_access": "R&D office", "research_passport": "R&D office"}


@dataclass
class Teller:
    """What the telling knows so far. `today` is the day of telling."""

    today: datetime.date
    chance: random.Random
    programme: Programme
    organisations: dict[str, Organisation]
    people: dict[str, Person] = field(default_factory=dict)

    def day(self, number: int) -> datetime.date:
        return self.today + datetime.timedelta(days=number)

    def at(self, day: datetime.date) -> datetime.datetime:
        """Ten in the morning of that day."""
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time(10)))

    def person(self, actor: cast.Actor) -> Person:
        if actor.email not in self.people:
            self.people[actor.email] = make_person(actor)
        return self.people[actor.email]


def make_person(actor: cast.Actor) -> Person:
    """A person with an account that nobody can sign in to by password: the sign-in page lets one choose them."""
    user = User.objects.create_user(actor.email, None, is_demonstration=True)
    return Person.objects.create(
        user=user,
        display_name=actor.name,
        email=actor.email,
        job_title=actor.job,
        phone="01632 960 123",
        is_demonstration=True,
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
    for story in STORIES:
        _tell_one(teller, story)
    return programme


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
        _bring_in(teller, actor, role, place, teller.day(-795))
    invitations.offer(
        person=invitations.person_called("Joan Fairley", "joan.fairley@hartbridge.example"),
        programme=teller.programme,
        role=Role.EXEC_SPONSOR,
        place=hosts["DEMO-HARTBRIDGE"],
        by=teller.person(cast.LEAD),
        at=timezone.now(),
        on=teller.today,
    )


def _bring_in(teller: Teller, actor: cast.Actor, role: str, place: object, on: datetime.date) -> None:
    """Invites somebody and lets them accept, on the same day."""
    person = teller.person(actor)
    invitation = invitations.offer(
        person=person,
        programme=teller.programme,
        role=role,
        place=place,  # type: ignore[arg-type]
        by=teller.person(cast.LEAD),
        at=teller.at(on),
        on=on,
    )
    invitations.accept(invitation, user=person.user, at=teller.at(on))  # type: ignore[arg-type]


def _tell_one(teller: Teller, story: Story) -> None:
    manager = teller.person(story.manager)
    theme = teller.programme.themes.get(name=story.theme)
    if story.adopted:
        residency = _adopt(teller, story)
        _live_it(teller, story, residency)
        return
    residency = registration.save_idea(
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
    take_step(residency, "recruit", by=manager, on=teller.day(story.registered + 30))
    if story.goes_to == "recruiting":
        return
    placement = _appoint(teller, story, residency, manager)
    _settle_access(teller, story, placement, manager)
    if story.goes_to == "onboarding":
        return
    onboarding.start(
        residency=residency,
        by=manager,
        on=teller.day(story.start),
        reasons={placement.pk: "The letter was signed and in the post"},
        may_override=True,
    )
    _live_it(teller, story, residency)
    _end_it(teller, story, residency, manager)


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
    lead, on = teller.person(cast.LEAD), teller.day(story.registered + 16)
    if story.goes_to == "returned":
        decisions.send_back(residency=residency, by=lead, on=on, why=story.why)
    elif story.goes_to == "declined":
        decisions.decline(residency=residency, by=lead, on=on, why=story.why)
    else:
        asked = [
            decisions.NewCondition(what, owner, teller.day(due)) for what, owner, due, _ in story.conditions
        ]
        decisions.approve(residency=residency, by=lead, on=on, conditions=asked)
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
        post=onboarding.Post(
            name=actor.name,
            email=actor.email,
            start=teller.day(story.start),
            end=teller.day(story.end),
            wte=Decimal(story.days_a_week) / 5,
            employer=teller.organisations[story.home],
        ),
        by=manager,
        on=on,
        at=teller.at(on),
    )
    _accept(person, residency, teller.at(on))
    onboarding.accept_post(placement=placement, by=person, on=on + datetime.timedelta(days=2))
    return placement


def _accept(person: Person, residency: Residency, at: datetime.datetime) -> None:
    membership = Membership.objects.get(person=person, residency=residency, role=Role.RESEARCHER)
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
        ),
        by=officer,
        on=on,
        at=teller.at(on),
        theme=teller.programme.themes.get(name=story.theme),
    )
    _accept(person, residency, teller.at(on))
    onboarding.accept_post(placement=residency.placements.get(), by=person, on=on)
    return residency


def _settle_access(teller: Teller, story: Story, placement: Placement, manager: Person) -> None:
    """Each access item as the story says it stands."""
    stands = dict(story.stands)
    for item in placement.access_items.all():
        how = stands.get(item.kind)
        if item.kind not in stands or how == "missing":
            continue
        issued = placement.start - datetime.timedelta(days=20)
        standing = clearing.Standing(AccessState.REQUESTED)
        if how != "asked":
            standing = clearing.Standing(
                AccessState.IN_PLACE,
                issued_on=min(issued, teller.today),
                issuer=ISSUERS.get(item.kind, ""),
                reference=f"D-{placement.pk:03}-{item.pk:04}" if item.kind in ISSUERS else "",
                expires_on=teller.day(how) if isinstance(how, int) else None,
            )
        owner = cast.RD_OFFICER.name if item.kind in ISSUERS else "IT and estates"
        clearing.record_item(
            item=item,
            standing=standing,
            by=manager,
            version=item.version,
            owner_name=owner,
            owner_email=cast.RD_OFFICER.email,
            due=placement.start,
        )


def _live_it(teller: Teller, story: Story, residency: Residency) -> None:
    """What is done while it runs: people join, projects, the log, uses."""
    researcher = teller.person(story.researcher)  # type: ignore[arg-type]
    if story.researcher == cast.RESEARCHER:
        for actor, role in ((cast.SUPERVISOR, Role.ACADEMIC_SUPERVISOR), (cast.PARTNER, Role.PUBLIC_PARTNER)):
            _bring_in(teller, actor, role, residency, teller.day(story.start))
    projects = {one.title: _add_project(teller, residency, one, researcher) for one in story.projects}
    _log(teller, story, residency, researcher, list(projects.values()))
    for use in story.uses:
        _record_use(teller, residency, use, researcher, projects.get(use.project))


def _add_project(teller: Teller, residency: Residency, story: ProjectStory, by: Person) -> Project:
    on = teller.day(story.started)
    known = story.classification != "not_yet_classified"
    project = coproduction.add_project(
        residency=residency,
        words=coproduction.ProjectWords(
            title=story.title,
            question=story.question,
            stage=story.stage,
            started_on=on,
            classification=story.classification,
            classified_by_name=f"{cast.RD_OFFICER.name}, R&D office" if known else "",
        ),
        by=by,
        on=on,
    )
    partners = {name: _add_partner(teller, project, name, kind, by, on) for name, kind in story.partners}
    for partner, stage, mode, said, day, changed in story.contributions:
        coproduction.add_contribution(
            project=project,
            partner=partners[partner],
            stage=stage,
            mode=mode,
            on=teller.day(day),
            description=said,
            what_changed=changed,
            by=by,
        )
    return project


def _add_partner(
    teller: Teller, project: Project, name: str, kind: str, by: Person, on: datetime.date
) -> Partner:
    known = Partner.objects.filter(programme=teller.programme, name=name).first()
    return coproduction.add_partner(
        project=project, partner=known or coproduction.PartnerWords(name, kind, "Telephone"), by=by, on=on
    )


def _log(teller: Teller, story: Story, residency: Residency, by: Person, projects: list[Project]) -> None:
    until = teller.day(story.logs_until or -1)
    start, end = teller.day(story.start), teller.day(story.end)
    days = float(story.days_a_week)
    for moment in moments(teller.chance, start, until, end, days, story.rhythm):
        began = [project for project in projects if project.started_on <= moment.day]
        late = moment.day < teller.today - datetime.timedelta(days=31)
        logbook.log_activity(
            residency=residency,
            entry=logbook.Entry(
                what=moment.what,
                date=moment.day,
                minutes=moment.minutes,
                kind=moment.kind,
                place=moment.place,
                host=residency.lead_host,
                project=teller.chance.choice(began) if moment.on_project and began else None,
                late_reason="Brought over from my own sheet" if late else "",
                note=logbook.NoteWords(moment.note),
            ),
            by=by,
        )


def _record_use(
    teller: Teller, residency: Residency, story: UseStory, by: Person, project: Project | None
) -> None:
    decided = teller.day(story.day)
    use = evidence.record_use(
        residency=residency,
        words=evidence.UseWords(
            what=story.what,
            outcome=story.outcome,
            decision=story.decision,
            decided_by=story.decided_by,
            decided_on=decided,
            written_where=story.written,
            project=project,
        ),
        by=by,
        at=teller.at(decided + datetime.timedelta(days=4)),
    )
    if story.confirmed_by:
        confirmed = min(decided + datetime.timedelta(days=12), teller.today)
        evidence.confirm(use=use, name=story.confirmed_by, at=teller.at(confirmed))


def _end_it(teller: Teller, story: Story, residency: Residency, manager: Person) -> None:
    if story.goes_to == "paused":
        take_step(residency, "pause", by=manager, on=teller.day(-70), why=story.why)
    if story.goes_to in ("closing", "ended"):
        take_step(residency, "begin_ending", by=manager, on=teller.day(story.end - 60))
    if story.goes_to == "ended":
        take_step(residency, "end", by=manager, on=teller.day(story.end))
