"""What has happened before a journey begins, told through the real deeds: a programme, its people, a residency."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils import timezone

from embedded.accounts.models import Person
from programmes import founding, invitations
from programmes.lifecycle import take_step
from programmes.models import (
    AccessState,
    Invitation,
    Membership,
    Organisation,
    Programme,
    Residency,
    Role,
)
from programmes.onboarding import actions as onboarding
from programmes.onboarding import clearing
from programmes.posts import Post
from programmes.registration import actions as registration
from programmes.registration import decisions
from programmes.team import actions as team
from programmes.team.actions import ProgrammeWords
from tests.world import make_organisation, make_person

HOST: Final = "Marsh End Hospitals NHS Trust"
UNIVERSITY: Final = "University of Fenwick"
TITLE: Final = "Falls on the stairs"


def today() -> datetime.date:
    return timezone.localdate()


def day(number: int) -> datetime.date:
    """So many days from today."""
    return today() + datetime.timedelta(days=number)


def at(number: int) -> datetime.datetime:
    return timezone.make_aware(datetime.datetime.combine(day(number), datetime.time(10)))


@dataclass
class Earlier:
    """The people and places of a journey, as far as they are known when it begins."""

    lead: Person
    host: Organisation
    university: Organisation
    programme: Programme
    manager: Person
    residency: Any = None
    researcher: Any = None

    @property
    def home(self) -> str:
        return f"/p/{self.programme.slug}/"

    def url(self, tail: str = "") -> str:
        return f"{self.home}r/{self.residency.code}/{tail}"


def places() -> tuple[Organisation, Organisation]:
    """The host and the university that the journeys are about, known by their names and towns."""
    return (
        make_organisation(HOST, "nhs_trust", address="Quay Road\nMarsh End"),
        make_organisation(UNIVERSITY, "hei", address="Fenwick"),
    )


def programme_with_manager() -> Earlier:
    """A programme with two themes; its manager at the host has accepted."""
    host, university = places()
    lead, manager = make_person("Lena Lead"), make_person("Mira Manager")
    programme = team.start_programme(
        words=ProgrammeWords(
            name="Side by Side",
            aims="Researchers inside services",
            start=day(-400),
            end=day(1000),
            scheme="arc",
            award_reference="",
            residency_word="residency",
            residencies_word="residencies",
            researcher_word="embedded researcher",
            researchers_word="embedded researchers",
            topics=["Falls", "Frailty"],
        ),
        lead_organisation=university,
        themes=["Ageing well", "Starting well"],
        by=lead,
        at=at(-400),
        on=day(-400),
    )
    earlier = Earlier(lead, host, university, programme, manager)
    bring_in(earlier, manager, Role.HOST_MANAGER, host)
    return earlier


def bring_in(earlier: Earlier, person: Person, role: str, place: Any) -> Membership:
    """Invites somebody, who accepts at once."""
    offer = invitations.offer(
        person=person,
        programme=earlier.programme,
        role=role,
        place=place,
        by=earlier.lead,
        at=at(-390),
        on=day(-390),
    )
    return accept(offer, person)


def accept(offer: Invitation, person: Person) -> Membership:
    return invitations.accept(offer, user=person.user, at=timezone.now())  # type: ignore[arg-type]


def idea(earlier: Earlier, title: str = TITLE, on: int = -60) -> Residency:
    return founding.save_idea(
        programme=earlier.programme,
        title=title,
        host=earlier.host,
        by=earlier.manager,
        on=day(on),
        theme=earlier.programme.themes.get(name="Ageing well"),
    )


def sent(earlier: Earlier, on: int = -50, **other: Any) -> Residency:
    """An idea that was filled in and sent for approval."""
    residency = idea(earlier, on=on - 10, **other)
    pages: dict[str, dict[str, Any]] = {
        "purpose": {
            "problem": "People fall on the stairs of the old wing.",
            "decision": "Whether to close the old wing",
            "decision_by": day(200),
        },
        "difference": {"difference": "Nobody falls there.", "how_known": "The incident reports."},
        "dates": {"planned_start": day(10), "planned_end": day(700), "days_a_week": Decimal(3)},
        "people": {
            "host_manager_name": earlier.manager.display_name,
            "host_manager_email": earlier.manager.email,
            "academic_supervisor_name": "Professor Sol Supervisor",
            "researcher_name": "Rae Researcher",
        },
    }
    for page, answers in pages.items():
        registration.save_page(
            residency=residency, page=page, answers=answers, version=residency.version, by=earlier.manager
        )
    registration.submit(residency=residency, by=earlier.manager, on=day(on), at=at(on))
    return residency


def appointed(earlier: Earlier) -> Invitation:
    """An approved residency whose researcher has been named and invited, and has not answered."""
    residency = sent(earlier)
    decisions.approve(residency=residency, by=earlier.lead, on=day(-40), at=at(-40), conditions=[])
    take_step(residency, "recruit", by=earlier.manager, on=day(-35))
    person = make_person("Rae Researcher")
    onboarding.appoint(
        residency=residency,
        post=Post(
            name=person.display_name,
            email=person.email,
            start=day(10),
            end=day(700),
            wte=Decimal("0.6"),
            employer=earlier.university,
        ),
        by=earlier.manager,
        on=day(-20),
        at=at(-20),
    )
    residency.refresh_from_db()
    earlier.residency, earlier.researcher = residency, person
    return Membership.objects.get(person=person, residency=residency, role=Role.RESEARCHER).invitations.get()


def running(earlier: Earlier) -> Residency:
    """The researcher accepted, has a letter of access, and started; the badge and others are still missing."""
    offer = appointed(earlier)
    accept(offer, earlier.researcher)
    placement = earlier.residency.placements.get()
    onboarding.accept_post(placement=placement, by=earlier.researcher, on=day(-19))
    letter = placement.access_items.get(kind="letter_of_access")
    clearing.record_item(
        item=letter,
        standing=clearing.Standing(
            AccessState.IN_PLACE,
            issued_on=day(-15),
            issuer="R&D office",
            reference="LOA 7",
            expires_on=day(600),
        ),
        by=earlier.manager,
        version=letter.version,
        owner_name="Gil Gate",
        owner_email="",
        due=day(-10),
    )
    onboarding.start(
        residency=earlier.residency, by=earlier.manager, on=day(0), reasons={}, may_override=True
    )
    earlier.residency.refresh_from_db()
    return earlier.residency
