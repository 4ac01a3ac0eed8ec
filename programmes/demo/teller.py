"""Who tells: the day of telling, the people and organisations made so far, and how somebody is brought in."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass, field

from django.utils import timezone

from embedded.accounts.models import Person, User
from programmes import invitations
from programmes.demo import cast
from programmes.models import (
    Organisation,
    Programme,
)


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
        phone=f"01632 960 {(Person.objects.count() + 101) % 1000:03}",  # numbers kept for stories
        is_demonstration=True,
    )


def bring_in(teller: Teller, actor: cast.Actor, role: str, place: object, on: datetime.date) -> None:
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
