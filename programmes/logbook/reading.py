"""What the log's pages fetch: the kind used last, the sum of the week, dates away."""

from __future__ import annotations

import datetime

from django.db.models import Sum
from django.http import Http404

from embedded.accounts.models import Person
from programmes.models import Activity, Away, Residency

RECENT = 20


def last_kind(residency: Residency, person: Person) -> str:
    latest = Activity.objects.of(person).filter(residency=residency).order_by("-id").first()
    return latest.kind if latest else ""


def minutes_of_week(person: Person, today: datetime.date) -> int:
    """Minutes since Monday, over all the person's residencies."""
    monday = today - datetime.timedelta(days=today.weekday())
    week = Activity.objects.of(person).between(monday, monday + datetime.timedelta(days=7))
    return week.aggregate(total=Sum("minutes"))["total"] or 0


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
