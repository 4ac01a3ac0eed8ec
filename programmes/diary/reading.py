"""What was shared with somebody: the words of entries, and passages of a diary."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from embedded.accounts.models import Person
from programmes.models import Activity, Membership, Passage, Readers, Residency

MOST: Final = 200


@dataclass(frozen=True)
class Shared:
    """Words, whose they are and of which month; a day is nobody else's to know."""

    author: Person
    month: datetime.date
    text: str


def shared_with(residency: Residency, person: Person, today: datetime.date) -> list[Shared]:
    """Those that name the person, or that everyone in the residency may read, the latest month first; for who is one of
    them still (V-6)."""
    if not Membership.objects.filter(residency=residency, person=person).live_on(today).exists():
        return []
    readable = Q(readers=Readers.PEOPLE, named_readers=person) | Q(readers=Readers.RESIDENCY)
    entries = Activity.objects.filter(readable, residency=residency).exclude(person=person)
    passages = Passage.objects.filter(readable, residency=residency, withdrawn_on=None).exclude(author=person)
    found = [
        Shared(one.person, one.date.replace(day=1), one.what)
        for one in entries.select_related("person").order_by("-date", "-id").distinct()[:MOST]
    ]
    found += [
        Shared(one.author, one.shared_on.replace(day=1), one.text)
        for one in passages.select_related("author").order_by("-shared_on", "-id").distinct()[:MOST]
    ]
    return sorted(found, key=lambda one: one.month, reverse=True)[:MOST]
