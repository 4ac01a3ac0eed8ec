"""Tells a published case through the real deeds, each on its day, and reads it back from the pages."""

from __future__ import annotations

import datetime
import html
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from embedded.accounts.models import Person
from programmes import adopting, invitations, posts
from programmes.coproduction import actions as coproduction
from programmes.course import actions as course
from programmes.models import Organisation, Placement, Programme, Project, Residency, Role
from programmes.onboarding import actions as onboarding
from programmes.registration import actions as registration
from programmes.registration import steps
from programmes.team import actions as team
from tests.world import client_of, make_organisation, make_person

Day = datetime.date
MONTH = datetime.timedelta(days=30)


def at(on: Day) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(on, datetime.time(9)))


class Telling:
    """A programme and whoever leads it; everything is told in their name. `wte` is a share of full time."""

    def __init__(self) -> None:
        self.lead: Person = make_person("Programme lead")
        self.programme: Programme = team.start_programme(
            words=team.ProgrammeWords(
                name="Published cases",
                aims="Twelve cases, from published sources",
                start=Day(2012, 1, 1),
                end=None,
                scheme="other",
                award_reference="",
                residency_word="residency",
                residencies_word="residencies",
                researcher_word="embedded researcher",
                researchers_word="embedded researchers",
            ),
            lead_organisation=make_organisation("A university", "hei"),
            themes=[],
            by=self.lead,
            at=at(Day(2012, 1, 1)),
            on=Day(2012, 1, 1),
        )

    def running(
        self,
        title: str,
        host: Organisation,
        home: Organisation,
        start: Day,
        end: Day | None,
        who: str,
        role: str = "",
        days: str = "5",
        further_hosts: Sequence[Organisation] = (),
    ) -> Residency:
        """Brought in a month after it began, with the first person of its team."""
        on = start + MONTH
        known = adopting.Running(
            title=title,
            host=host,
            stage="running",
            start=start,
            end=end,
            researcher_name=who,
            researcher_role=role,
            days_a_week=Decimal(days),
            academic_home=home,
            further_hosts=further_hosts,
            look_again_on=None if end else on + 12 * MONTH,
        )
        return adopting.adopt(programme=self.programme, running=known, by=self.lead, on=on, at=at(on))

    def answer(self, residency: Residency, page: str, **answers: Any) -> None:
        registration.save_page(
            residency=residency, page=page, answers=answers, version=residency.version, by=self.lead
        )

    def part(self, residency: Residency, part: str, name: str, on: Day) -> None:
        course.change_part(
            residency=residency,
            part=part,
            name=name,
            on=on,
            by=self.lead,
            today=on,
            at=at(on),
            version=residency.version,
        )

    def post(
        self,
        residency: Residency,
        who: str,
        role: str,
        start: Day,
        end: Day | None,
        wte: str,
        employer: Organisation | None = None,
    ) -> Placement:
        new = posts.Post(who, "", start, end, Decimal(wte), employer, role)
        return onboarding.appoint(residency=residency, post=new, by=self.lead, on=start, at=at(start))

    def change(self, placement: Placement, wte: str, on: Day, end: Day | None = None) -> None:
        posts.change_post(
            placement=placement,
            wte=Decimal(wte),
            start=placement.start,
            end=end or placement.end,
            by=self.lead,
            on=on,
            version=posts.version_of(placement),
        )

    def join(self, residency: Residency, who: str, role: str, on: Day) -> None:
        person = make_person(who)
        offer = invitations.offer(
            person=person,
            programme=self.programme,
            role=Role(role),
            place=residency,
            by=self.lead,
            at=at(on),
            on=on,
        )
        assert person.user
        invitations.accept(offer, user=person.user, at=at(on))

    def project(self, residency: Residency, title: str, start: Day, end: Day | None, **said: str) -> Project:
        words = coproduction.ProjectWords(
            title=title,
            question=said.get("question", "As published"),
            stage=said.get("stage", "evaluate"),
            started_on=start,
            ended_on=end,
            classification=said.get("classification", "not_yet_classified"),
            classified_by_name=said.get("by", ""),
            classification_kept_at=said.get("kept_at", ""),
        )
        return coproduction.add_project(residency=residency, words=words, by=self.lead, on=start)

    def contributed(self, project: Project, who: str, kind: str, stage: str, on: Day, what: str) -> None:
        partner = coproduction.add_partner(
            project=project, partner=coproduction.PartnerWords(who, kind), by=self.lead, on=on
        )
        coproduction.add_contribution(
            project=project,
            partner=partner,
            stage=stage,
            mode="collaborated",
            on=on,
            description=what,
            what_changed="",
            by=self.lead,
        )

    def ends(self, residency: Residency, on: Day) -> None:
        for step, day in (("begin_ending", on - MONTH), ("end", on)):
            steps.move_on(residency=residency, step=step, by=self.lead, on=day)

    def read(self, residency: Residency, tail: str = "") -> str:
        """A page as the lead reads it, as plain text."""
        browser: Client = client_of(self.lead)
        answer = browser.get(f"/p/{self.programme.slug}/r/{residency.code}/{tail}")
        assert answer.status_code == 200, (tail, answer.status_code)
        return " ".join(html.unescape(answer.content.decode()).split())

    def team_on(self, residency: Residency, day: Day) -> list[tuple[str, str]]:
        """(what they do, share of full time) of everybody who holds a post on that day, as it is recorded now."""
        held = Placement.objects.filter(residency=residency).on(day)
        return sorted((one.role, f"{one.wte:.2f}") for one in held)


@pytest.fixture
def told(db: None) -> Telling:
    return Telling()
