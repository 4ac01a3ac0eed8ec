"""The only queries by which figures are made of one person's entries; whoever calls them asks about themselves."""

from __future__ import annotations

import datetime
from collections import Counter

from django.db.models import Count, Q, Sum

from embedded.accounts.models import Person
from programmes.measures.own import Spent
from programmes.models import Activity, AgreedShare, Request, Residency, UseInDecision


def spent(person: Person, residency: Residency, since: datetime.date | None) -> list[Spent]:
    """What the person logged there, from a day on or from the beginning, summed by kind, place and project."""
    found = Activity.objects.of(person).filter(residency=residency).order_by()
    if since is not None:
        found = found.filter(date__gte=since)
    columns = ("kind", "place", "project_id", "project__title")
    rows = found.values_list(*columns).annotate(total=Sum("minutes"))
    return [Spent(kind, place, project or "", total) for kind, place, _, project, total in rows]


def shares_on(residency: Residency, on: datetime.date) -> list[AgreedShare]:
    """What the time is for as agreed last: those of the latest day that is not after `on`, the largest first. A kind
    without one was given up."""
    rows = list(AgreedShare.objects.filter(residency=residency, since__lte=on))
    latest = max((row.since for row in rows), default=None)
    return sorted((row for row in rows if row.since == latest), key=lambda row: (-row.percent, row.kind))


def requests(person: Person, residency: Residency, since: datetime.date | None) -> Counter[str]:
    """How often each answer was given to what the person was asked for."""
    found = Request.objects.filter(person=person, residency=residency).order_by()
    if since is not None:
        found = found.filter(asked_on__gte=since)
    return Counter(dict(found.values_list("answer").annotate(times=Count("id"))))


def uses(
    person: Person, residency: Residency, since: datetime.date | None, *, belongs: bool
) -> list[UseInDecision]:
    """What was used in decisions, the latest first: all of the residency's for who belongs to it, else what the person
    recorded."""
    mine = Q(residency=residency) if belongs else Q(residency=residency, recorded_by=person)
    found = UseInDecision.objects.filter(mine)
    if since is not None:
        found = found.filter(decided_on__gte=since)
    return list(found.order_by("-decided_on", "-id"))
