"""What the pages of the three questions fetch: one's own answers opened, what was shared, whom one can ring."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Q
from django.http import Http404

from embedded.accounts.models import Person
from embedded.vault import CannotBeRead, Sealer
from programmes.models import Membership, MonthlyPulse, PulseAnswer, Residency
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


def of_month(months: Iterable[Month], month: datetime.date) -> Month | None:
    """The one of that month among them."""
    return next((one for one in months if one.pulse.month == month), None)


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


@dataclass(frozen=True)
class ToRing:
    """Somebody to talk to, and how to reach them as far as it is known."""

    name: str
    part: str
    phone: str = ""
    email: str = ""


def to_ring(residency: Residency, supervisors: list[Person], today: datetime.date) -> list[ToRing]:
    """Navigator, mentor, then the academic supervisors; the host manager last, as one may be stuck because of them.
    Whoever of the residency or its hosts has an account by that name can be reached as it says."""
    named = [
        ToRing(residency.navigator_name, "your navigator"),
        ToRing(residency.mentor_name, "your mentor"),
        ToRing(
            residency.academic_supervisor_name, "academic supervisor", "", residency.academic_supervisor_email
        ),
        ToRing(
            residency.second_supervisor_name, "academic supervisor", "", residency.second_supervisor_email
        ),
    ]
    names = {one.name for one in named}
    named += [
        ToRing(str(person), "academic supervisor") for person in supervisors if str(person) not in names
    ]
    named.append(ToRing(residency.host_manager_name, "host manager", "", residency.host_manager_email))
    known = _with_an_account(residency, {one.name for one in named}, today)
    return [_reached(one, known.get(one.name)) for one in named if one.name]


def _with_an_account(residency: Residency, names: set[str], today: datetime.date) -> dict[str, Person]:
    here = Q(residency=residency) | Q(organisation__in=[host.pk for host in residency.hosts])
    held = Membership.objects.live_on(today).filter(
        here, programme=residency.programme_id, person__display_name__in=names
    )
    return {str(one.person): one.person for one in held.select_related("person")}


def _reached(one: ToRing, person: Person | None) -> ToRing:
    return replace(one, phone=person.phone, email=one.email or person.email) if person else one
