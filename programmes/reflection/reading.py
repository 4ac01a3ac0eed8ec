"""What the pages of the three questions fetch: one's own answers opened, what was shared, whom one can ring."""

from __future__ import annotations

import datetime
import json
from dataclasses import dataclass
from typing import Final

from django.http import Http404

from embedded.accounts.models import Person
from embedded.vault import CannotBeRead, Sealer
from programmes.entries.circle import circle
from programmes.models import MonthlyPulse, PulseAnswer, Residency
from programmes.reflection.strategies import CHALLENGES, KEYS, Challenge

MOST_SHOWN: Final = 36  # months
_WORDS: Final = {answer.value: str(answer.label) for answer in PulseAnswer}


@dataclass(frozen=True)
class Month:
    """One month's answers by question, empty where their key is gone."""

    pulse: MonthlyPulse
    answers: dict[str, str]

    @property
    def words(self) -> list[tuple[str, str]]:
        """(question, answer) in words."""
        return [
            (challenge.question, _WORDS.get(self.answers.get(challenge.key, ""), "Cannot be read any more"))
            for challenge in CHALLENGES
        ]

    @property
    def stuck(self) -> list[Challenge]:
        return [one for one in CHALLENGES if self.answers.get(one.key) == PulseAnswer.STUCK]


def own_months(residency: Residency, person: Person) -> list[Month]:
    """The person's own, the latest first, opened with one key."""
    opener = Sealer(person)
    rows = MonthlyPulse.objects.filter(residency=residency, person=person)[:MOST_SHOWN]
    return [Month(pulse, _opened(pulse, opener)) for pulse in rows]


def own_month(residency: Residency, person: Person, month: datetime.date) -> Month:
    """Their own of that month; 404 where there is none, whatever anybody else has."""
    own = MonthlyPulse.objects.filter(residency=residency, person=person, month=month)
    pulse = own.select_related("residency__programme").first()
    if pulse is None:
        raise Http404("No answers of yours for that month")
    return Month(pulse, _opened(pulse, Sealer(person)))


def _opened(pulse: MonthlyPulse, opener: Sealer) -> dict[str, str]:
    try:
        kept = json.loads(opener.open(pulse.answers))
    except (CannotBeRead, ValueError):
        return {}
    return {key: kept[key] for key in KEYS if kept.get(key) in _WORDS} if isinstance(kept, dict) else {}


def shared_months(residency: Residency) -> list[Month]:
    """What was shared and not taken back, by whomever, the latest first."""
    rows = MonthlyPulse.objects.filter(residency=residency, shared_on__isnull=False)
    return [
        Month(pulse, {key: getattr(pulse, key) for key in KEYS})
        for pulse in rows.select_related("person").order_by("-month", "person__display_name")[:MOST_SHOWN]
    ]


def supervisors(residency: Residency, person: Person, today: datetime.date) -> list[Person]:
    """The academic supervisors of the residency who have an account here: those who can read what is shared."""
    return circle(residency, person, today).supervisors


@dataclass(frozen=True)
class ToRing:
    """Somebody to talk to, and how to reach them as far as it is known."""

    name: str
    part: str
    phone: str = ""
    email: str = ""


def to_ring(residency: Residency, supervising: list[Person]) -> list[ToRing]:
    """Navigator, mentor, then the academic supervisors; the host manager last, as one may be stuck because of them."""
    found = [
        ToRing(residency.navigator_name, "your navigator"),
        ToRing(residency.mentor_name, "your mentor"),
    ]
    known = {person.display_name: person for person in supervising}
    for name, email in (
        (residency.academic_supervisor_name, residency.academic_supervisor_email),
        (residency.second_supervisor_name, residency.second_supervisor_email),
    ):
        person = known.pop(name, None)
        found.append(ToRing(name, "academic supervisor", person.phone if person else "", email))
    found += [
        ToRing(str(person), "academic supervisor", person.phone, person.email) for person in known.values()
    ]
    found.append(ToRing(residency.host_manager_name, "host manager", "", residency.host_manager_email))
    return [one for one in found if one.name]
