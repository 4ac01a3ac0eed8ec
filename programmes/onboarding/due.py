"""What is due, runs out or ran out, and who is told of it: one letter's worth for each address."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.db.models import DateField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import Lower

from embedded.accounts.models import Person
from embedded.nhsuk.words import day, start_low
from programmes.measures.attention import GRACE_AFTER_ADOPTION
from programmes.models import AccessItem, AccessState, Residency, Stage

WAITING: Final = (AccessState.REQUIRED, AccessState.REQUESTED, AccessState.IN_PROGRESS, AccessState.PROBLEM)
UNDER_WAY: Final = (Stage.ONBOARDING, Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING)
DUE_WITHIN: Final = datetime.timedelta(days=14)
ALONE: Final = (0, 7)  # days before; then a letter does not wait for the weekly one (users.md decision 14)
Reader = tuple[str, str, bool]  # address, name, whether they see to it


@dataclass(frozen=True)
class Due:
    """Something with a day, in words, and who is told of it; `item` is None for an agreement."""

    day: datetime.date
    words: str
    residency: Residency
    readers: tuple[Reader, ...]
    item: AccessItem | None = None


@dataclass(frozen=True)
class Told:
    """One thing as one address is told of it; whoever sees to it gets a link with three answers."""

    due: Due
    is_owner: bool


@dataclass
class Batch:
    """What one address is told at once; `name` is "" where it is not known whose address it is."""

    email: str
    name: str
    told: list[Told] = field(default_factory=list)


def items_due(today: datetime.date) -> list[Due]:
    """Of running posts: what waits and is needed within a fortnight or is late; what is in place and runs out within
    the days that its programme has set (V-34), or has run out. What nobody has entered is left alone for 60 days after
    a residency was brought in (users.md decision 1)."""
    programme = "placement__residency__programme"
    warned = ExpressionWrapper(
        F("expires_on") - F(f"{programme}__expiring_within_days"), output_field=DateField()
    )
    not_entered = Q(
        state=AccessState.REQUIRED, placement__residency__adopted_on__gt=today - GRACE_AFTER_ADOPTION
    )
    found: QuerySet[AccessItem] = AccessItem.objects.annotate(warned_on=warned).filter(
        Q(placement__end__isnull=True) | Q(placement__end__gt=today),
        Q(state__in=WAITING, due__lte=today + DUE_WITHIN)
        | Q(state=AccessState.IN_PLACE, expires_on__isnull=False, warned_on__lte=today),
        placement__residency__stage__in=UNDER_WAY,
    )
    found = found.exclude(not_entered).select_related("host", "placement__person", programme)
    found = found.select_related("placement__residency__created_by").order_by("pk")
    return [
        Due(_day_of(item), _words(item, today), item.placement.residency, _readers(item), item)
        for item in found
    ]


def is_alone(due: Due, since: datetime.date, today: datetime.date) -> bool:
    """Seven days before its day, and on the day; also where that came after the day `since` of the last round, so that
    a round that was missed is made up for."""
    return any(since < due.day - datetime.timedelta(days=before) <= today for before in ALONE)


def batches(things: Iterable[Due]) -> list[Batch]:
    """By address, each told once of a thing, the nearest day first."""
    found: dict[str, Batch] = {}
    called: dict[str, set[str]] = {}
    for due in sorted(things, key=lambda one: one.day):
        known: set[str] = set()
        for email, name, is_owner in due.readers:
            address = email.strip().lower()
            if not address or address in known:
                continue
            known.add(address)
            called.setdefault(address, set()).add(name.strip())
            batch = found.setdefault(address, Batch(address, ""))
            batch.told.append(Told(due, is_owner))
    for address, name in _names(called).items():
        found[address].name = name
    return list(found.values())


def _names(called: dict[str, set[str]]) -> dict[str, str]:
    """By address: the one person who has it, else the one name under which it is written down."""
    people: dict[str, set[str]] = {}
    lowered = Person.objects.annotate(address=Lower("email")).filter(address__in=list(called))
    for address, name in lowered.values_list("address", "display_name"):
        people.setdefault(address, set()).add(name)
    known = {address: people.get(address) or names - {""} for address, names in called.items()}
    return {address: next(iter(names)) for address, names in known.items() if len(names) == 1}


def manager_of(residency: Residency) -> Reader:
    """The named host manager, or whoever saved the idea."""
    if residency.host_manager_email:
        return residency.host_manager_email, residency.host_manager_name, False
    return residency.created_by.email, residency.created_by.display_name, False


def _readers(item: AccessItem) -> tuple[Reader, ...]:
    """Whoever sees to it, the host manager, and for what runs out the person whose post it is."""
    person = item.placement.person
    readers = ((item.owner_email, item.owner_name, True), manager_of(item.placement.residency))
    if item.state == AccessState.IN_PLACE:
        return *readers, (person.email, person.display_name, False)
    return readers


def _day_of(item: AccessItem) -> datetime.date:
    """The day that counts: its last one where it is in place, else the one on which it is needed."""
    found = item.expires_on if item.state == AccessState.IN_PLACE else item.due
    if found is None:
        raise ValueError(f"{item} has no day")
    return found


def _words(item: AccessItem, today: datetime.date) -> str:
    on = _day_of(item)
    if item.state == AccessState.IN_PLACE:
        how = f"ran out on {day(on)}" if on < today else f"runs out on {day(on)}"
    else:
        state = start_low(str(item.get_state_display()))
        how = f"was needed by {day(on)}" if on < today else f"is needed by {day(on)}"
        how += "" if item.state == AccessState.REQUIRED else f" ({state})"
    return f"{item.get_kind_display()} for {item.placement.person} at {item.host} {how}"
