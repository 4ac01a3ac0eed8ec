"""What the log's pages fetch: a person's own entries, the notes shared with them, the people who can be named."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q, Sum
from django.http import Http404

from embedded import vault
from embedded.accounts.models import Person
from embedded.database.prepared import Prepared
from programmes.models import (
    Activity,
    ActivityQuerySet,
    Away,
    Membership,
    Note,
    Placement,
    Readers,
    Residency,
    Role,
)

RECENT = 20


@dataclass(frozen=True)
class Circle:
    """The people of a residency who can be named as readers, and which of them supervise."""

    supervisors: list[Person]
    everyone: list[Person]


_OTHERS_IN: Final = Prepared(
    lambda residency, person, today: (
        Membership.objects.filter(residency_id=residency)
        .live_on(today)
        .exclude(person_id=person)
        .select_related("person")
        .order_by("person__display_name")
    ),
    {"residency": 2_000_000_011, "person": 2_000_000_033, "today": datetime.date(1948, 7, 5)},
)


def circle(residency: Residency, person: Person, today: datetime.date) -> Circle:
    """Everyone with a live membership of this residency, the writer left out."""
    held = _OTHERS_IN(residency=residency.pk, person=person.pk, today=today)
    everyone = {membership.person_id: membership.person for membership in held}
    supervisors = {m.person_id: m.person for m in held if m.role == Role.ACADEMIC_SUPERVISOR}
    return Circle(list(supervisors.values()), list(everyone.values()))


def own_entries(residency: Residency, person: Person) -> ActivityQuerySet:
    return (
        Activity.objects.of(person)
        .filter(residency=residency)
        .select_related("project", "note", "residency__programme")
        .prefetch_related("note__named_readers")
    )


def own_entry(residency: Residency, person: Person, pk: int) -> Activity:
    """An entry of the person's own log; anybody else's is a 404."""
    activity = own_entries(residency, person).filter(pk=pk).first()
    if activity is None:
        raise Http404("No entry of yours has that number")
    return activity


def last_kind(residency: Residency, person: Person) -> str:
    latest = Activity.objects.of(person).filter(residency=residency).order_by("-id").first()
    return latest.kind if latest else ""


def minutes_of_week(person: Person, today: datetime.date) -> int:
    """Minutes since Monday, over all the person's residencies."""
    monday = today - datetime.timedelta(days=today.weekday())
    week = Activity.objects.of(person).between(monday, monday + datetime.timedelta(days=7))
    return week.aggregate(total=Sum("minutes"))["total"] or 0


def minutes_of_day(person: Person, day: datetime.date, without: Activity | None) -> int:
    entries = Activity.objects.of(person).filter(date=day)
    if without is not None:
        entries = entries.exclude(pk=without.pk)
    return entries.aggregate(total=Sum("minutes"))["total"] or 0


def aways(person: Person, today: datetime.date) -> list[Away]:
    """Dates away that are not over yet."""
    return list(Away.objects.filter(person=person, end__gte=today).order_by("start"))


def own_away(person: Person, pk: str) -> Away:
    """Dates away of the person's own; anybody else's are a 404."""
    is_number = pk.isdecimal() and len(pk) < 19
    away = Away.objects.filter(person=person, pk=int(pk)).first() if is_number else None
    if away is None:
        raise Http404("No dates of yours have that number")
    return away


def note_values(activity: Activity, person: Person) -> dict[str, Any]:
    """The note as the form shows it to its writer."""
    note = getattr(activity, "note", None)
    if note is None:
        return {"readers": Readers.ONLY_ME.value}
    text = vault.open_sealed(person, bytes(note.sealed)) if note.readers == Readers.ONLY_ME else note.text
    named = [str(reader.pk) for reader in note.named_readers.all()]
    return {"note": text, "readers": note.readers, "named": named}


def notes_shared_with(residency: Residency, person: Person, today: datetime.date) -> list[Note]:
    """Notes that name the person, or that everyone in the residency may read; for who is one of them still (V-6)."""
    if not Membership.objects.filter(residency=residency, person=person).live_on(today).exists():
        return []
    readable = Q(readers=Readers.PEOPLE, named_readers=person) | Q(readers=Readers.RESIDENCY)
    return list(
        Note.objects.filter(readable, activity__residency=residency)
        .exclude(activity__person=person)
        .select_related("activity__person")
        .order_by("-activity__date", "-id")
        .distinct()[:200]
    )


def posts_held(person: Person) -> list[Placement]:
    """The person's posts, now and before, the latest first."""
    found = Placement.objects.filter(person=person)
    return list(found.select_related("residency__programme").order_by("-start", "-id"))


def post_held(person: Person, pk: int) -> Placement:
    """One of them; anybody else's is a 404."""
    post = next((post for post in posts_held(person) if post.pk == pk), None)
    if post is None:
        raise Http404("No post of yours has that number")
    return post
