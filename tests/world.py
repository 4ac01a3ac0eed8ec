"""A small made-up programme for the tests: one host, one university, a running residency and a client per role."""

from __future__ import annotations

import datetime
import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from embedded.accounts.models import Person, User
from programmes.models import (
    Membership,
    Organisation,
    OrganisationPart,
    Placement,
    Programme,
    Residency,
    ResidencyOrganisation,
    Role,
    Stage,
    Theme,
)

NUMBERS = count(1)
TODAY = timezone.localdate


def make_person(name: str = "", **fields: Any) -> Person:
    """A person with an account; the name makes the address."""
    name = name or f"Person {next(NUMBERS)}"
    email = f"{name.lower().replace(' ', '.')}.{next(NUMBERS)}@people.example"
    user = User.objects.create(email=email, is_demonstration=False)
    return Person.objects.create(user=user, display_name=name, email=email, **fields)


def make_organisation(name: str = "", kind: str = "nhs_trust", **fields: Any) -> Organisation:
    name = name or f"Organisation {next(NUMBERS)}"
    number = next(NUMBERS)
    values = {
        "scheme": "own",
        "code": f"TEST{number:04}",
        "legal_name": name,
        "display_name": name,
        "kind": kind,
        "nation": "england",
    }
    return Organisation.objects.create(**(values | fields))


def make_programme(**fields: Any) -> Programme:
    number = next(NUMBERS)
    values = {
        "slug": f"programme-{number}",
        "code_prefix": "TST",
        "name": f"Programme {number}",
        "start": TODAY() - datetime.timedelta(days=800),
    }
    if "lead_organisation" not in fields:
        fields["lead_organisation"] = make_organisation(kind="hei")
    return Programme.objects.create(**(values | fields))


def make_residency(
    programme: Programme, host: Organisation | None = None, stage: str = Stage.ACTIVE, **fields: Any
) -> Residency:
    """A residency with a lead host; a running one started 200 days ago and ends in 500."""
    number = next(NUMBERS)
    begun = stage not in (Stage.IDEA, Stage.SCOPING, Stage.APPROVED, Stage.RECRUITING, Stage.ONBOARDING)
    values = {
        "code": f"{programme.code_prefix}-2026-{number % 900:03}",
        "title": f"Residency {number}",
        "stage": stage,
        "planned_start": TODAY() - datetime.timedelta(days=200),
        "planned_end": TODAY() + datetime.timedelta(days=500),
        "started_on": TODAY() - datetime.timedelta(days=200) if begun else None,
    }
    if "created_by" not in fields:
        fields["created_by"] = make_person()
    residency = Residency.objects.create(programme=programme, **(values | fields))
    ResidencyOrganisation.objects.create(
        residency=residency, organisation=host or make_organisation(), part=OrganisationPart.LEAD_HOST
    )
    return residency


def join(person: Person, role: str, programme: Programme, place: Any = None, **fields: Any) -> Membership:
    """A membership that was accepted a year ago."""
    begun = timezone.now() - datetime.timedelta(days=365)
    narrowed = {
        "theme": place if isinstance(place, Theme) else None,
        "organisation": place if isinstance(place, Organisation) else None,
        "residency": place if isinstance(place, Residency) else None,
    }
    values = {"start": begun.date(), "accepted_at": begun}
    return Membership.objects.create(
        person=person, role=role, programme=programme, **(narrowed | values | fields)
    )


def client_of(person: Person) -> Client:
    """A browser in which the person is signed in, with a second factor, and has just confirmed that it is them."""
    client = Client()
    client.force_login(person.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    give_second_factor(person)
    confirm(client, person)
    return client


def confirm(client: Client, person: Person) -> None:
    """What the page "Confirm that it is you" leaves in a session; it counts for five minutes (P19)."""
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(person.user.pk)
    session.save()


def give_second_factor(person: Person) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.get_or_create(
        user=person.user, type=Authenticator.Type.TOTP, defaults={"data": {"secret": "JBSWY3DPEHPK3PXP"}}
    )


@dataclass
class World:
    """One programme. `people` by role; `client(role)` gives a signed-in browser."""

    programme: Programme
    host: Organisation
    university: Organisation
    residency: Residency
    placement: Placement
    people: dict[str, Person] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        return client_of(self.people[role])

    def url(self, tail: str = "") -> str:
        return f"/p/{self.programme.slug}/r/{self.residency.code}/{tail}"


def make_world() -> World:
    """A world with one person in every role."""
    programme = make_programme()
    host, university = make_organisation("Made Up Trust"), make_organisation("Made Up University", "hei")
    residency = make_residency(programme, host)
    ResidencyOrganisation.objects.create(
        residency=residency, organisation=university, part=OrganisationPart.ACADEMIC_HOME
    )
    theme = Theme.objects.create(programme=programme, name="Ageing well")
    Residency.objects.filter(pk=residency.pk).update(theme=theme)
    places: dict[str, Any] = {
        Role.PROGRAMME_LEAD: None,
        Role.PROGRAMME_OFFICER: None,
        Role.FUNDER: None,
        Role.THEME_LEAD: theme,
        Role.HOST_MANAGER: host,
        Role.EXEC_SPONSOR: host,
        Role.RD_OFFICE: host,
        Role.HR: host,
        Role.IG_LEAD: host,
        Role.RESEARCHER: residency,
        Role.ACADEMIC_SUPERVISOR: residency,
        Role.PUBLIC_PARTNER: residency,
    }
    people = {}
    for role, place in places.items():
        people[role.value] = make_person(str(role.label))
        join(people[role.value], role, programme, place)
    placement = Placement.objects.create(
        residency=residency,
        person=people["researcher"],
        employer=university,
        wte="0.60",
        start=residency.started_on,
        accepted_on=residency.started_on,
    )
    residency.refresh_from_db()
    return World(programme, host, university, residency, placement, people)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def other_world(db: None, world: World) -> World:
    """A second programme that has nothing to do with the first."""
    return make_world()
