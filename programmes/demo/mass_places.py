"""The hosts of the mass and the people in it: all invented, as in the story, and every address ends in .example."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from embedded.accounts.models import Person, User
from programmes.models import Membership, Organisation, Programme, Role, Scheme

MOST_HOSTS: Final = 200
OPENINGS: Final = (
    "Abber Brind Corvel Dunmar Elsing Farrow Gildern Hexmor Ister Jarrel Kelling Lorven Mallor Norrick Ostrel Penmar "
    "Quarn Rothel Sundle Tarrow"
).split()
ENDINGS: Final = "mere wick stead combe dale hurst ness fold brook cross".split()
KINDS: Final = (
    ("{} Hospitals NHS Foundation Trust", "nhs_foundation_trust", 7),
    ("{} and District NHS Trust", "nhs_trust", 5),
    ("{} Mental Health NHS Trust", "mental_health_trust", 3),
    ("NHS {} Integrated Care Board", "icb", 2),
    ("{} Borough Council", "local_authority", 3),
)
FIRST_NAMES: Final = (
    "Aisha Alun Amina Beth Callum Chidi Dafydd Daniel Ebele Ewan Farah Fergus Gita Grace Hamza Hannah Imran Isla Jamal "
    "Joan Kamal Kirsty Leah Lucia Mei Morag Nasreen Niamh Olu Owen Pavel Rhian Rosa Samir Sinead Tamsin Tariq Uma Vera "
    "Zofia"
).split()
FAMILY_NAMES: Final = (
    "Achebe Adair Banerjee Barlow Carrick Chowdhury Denby Doyle Eccles Farooq Fenwick Garvey Ghosh Hadley Hussain "
    "Ibbot Jardine Kaur Kowal Lisle Lomax Mbeki Mistry Nowak Oduya Pardoe Pryce Quayle Rahim Rowntree Sandhu Selby "
    "Tandy Usher Varma Wardle Yarrow Zaman"
).split()


@dataclass(frozen=True)
class Host:
    """A made-up host and whoever manages residencies there."""

    organisation: Organisation
    manager: Person


def make_hosts(
    chance: random.Random, residencies: int, programme: Programme, on: datetime.date
) -> list[Host]:
    """One host for every ten residencies, 200 at the most, each with a manager."""
    places = [opening + ending for opening in OPENINGS for ending in ENDINGS]
    chance.shuffle(places)
    towns = places[: min(MOST_HOSTS, max(5, residencies // 10))]
    organisations = Organisation.objects.bulk_create(_organisation(chance, town) for town in towns)
    managers = make_people(chance, "Head of research and improvement", len(towns), "hosts.example")
    at = timezone.make_aware(datetime.datetime.combine(on, datetime.time(10)))
    Membership.objects.bulk_create(
        Membership(
            person=manager,
            programme=programme,
            organisation=organisation,
            role=Role.HOST_MANAGER,
            start=on,
            accepted_at=at,
        )
        for manager, organisation in zip(managers, organisations, strict=True)
    )
    return [Host(*both) for both in zip(organisations, managers, strict=True)]


def _organisation(chance: random.Random, town: str) -> Organisation:
    name, kind, _ = chance.choices(KINDS, [weight for _, _, weight in KINDS])[0]
    return Organisation(
        scheme=Scheme.OWN,
        code=f"DEMO-{town.upper()}",
        legal_name=name.format(town),
        display_name=name.format(town),
        kind=kind,
        nation="england",
        address=town,
        town=town,
        is_made_up=True,
    )


def make_people(chance: random.Random, job: str, count: int, domain: str) -> list[Person]:
    """People with accounts that nobody can sign in to by password."""
    names = [f"{chance.choice(FIRST_NAMES)} {chance.choice(FAMILY_NAMES)}" for _ in range(count)]
    emails = [f"{name.lower().replace(' ', '.')}.{number}@{domain}" for number, name in enumerate(names, 1)]
    users = User.objects.bulk_create(
        [User(email=email, password="!", is_demonstration=True) for email in emails],  # noqa: S106
        batch_size=1000,
    )
    return Person.objects.bulk_create(
        [
            Person(user=user, display_name=name, email=user.email, job_title=job, is_demonstration=True)
            for user, name in zip(users, names, strict=True)
        ],
        batch_size=1000,
    )
