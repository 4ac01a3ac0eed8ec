"""What the log's pages fetch: the kind used last, the sum of the week, names, dates away."""

from __future__ import annotations

import datetime

from django.db.models import Sum
from django.http import Http404

from embedded.accounts.models import Person
from embedded.nhsuk.addresses import is_number
from programmes.access import ROLES, Scope
from programmes.entries.people_met import FROM_LETTERS, MOST_SHOWN, find, folded
from programmes.models import (
    Activity,
    Away,
    Contact,
    Membership,
    PlannedEntry,
    PlannedOrigin,
    PlannedState,
    Residency,
)

RECENT = 20


def last_kind(residency: Residency, person: Person) -> str:
    latest = Activity.objects.of(person).filter(residency=residency).order_by("-id").first()
    return latest.kind if latest else ""


def minutes_of_week(person: Person, today: datetime.date) -> int:
    """Minutes since Monday, over all the person's residencies."""
    monday = today - datetime.timedelta(days=today.weekday())
    week = Activity.objects.of(person).between(monday, monday + datetime.timedelta(days=7))
    return week.aggregate(total=Sum("minutes"))["total"] or 0


def just_made(residency: Residency, person: Person, pk: str, since: datetime.datetime) -> Activity | None:
    """The entry of that number, where it is the person's own and was made since."""
    if not is_number(pk):
        return None
    return Activity.objects.of(person).filter(residency=residency, pk=int(pk), made_at__gte=since).first()


def latest_in(scope: Scope) -> Residency | None:
    """The residency of the person's last entry among those in which they may log; the first of them where there is
    none."""
    within = scope.residencies(permission="log").select_related("programme")
    last = Activity.objects.of(scope.person).filter(residency__in=within).order_by("-date", "-id").first()
    return within.get(pk=last.residency_id) if last else within.order_by("programme__name", "code").first()


def ever_logged(person: Person) -> bool:
    return Activity.objects.of(person).exists()


def elsewhere(scope: Scope, residency: Residency) -> list[Residency]:
    """The other residencies in which the person may log; none are asked for where they hold one post alone."""
    held = [m for m in scope.memberships if "log" in ROLES[m.role].permissions]
    if len(held) < 2 and all(m.residency_id for m in held):
        return []
    others = scope.residencies(permission="log").exclude(pk=residency.pk)
    return list(others.select_related("programme").order_by("programme__name", "code"))


def has_entries(person: Person, monday: datetime.date) -> bool:
    """Whether the week of that Monday holds anything."""
    return Activity.objects.of(person).between(monday, monday + datetime.timedelta(days=7)).exists()


def names_found(scope: Scope, letters: str) -> list[str]:
    """Names in which these letters stand: of the person's own list first, then of the people of their residencies."""
    wanted = folded(letters)
    if len(wanted) < FROM_LETTERS:
        return []
    own = [name for _, name in find(scope.person, letters)]
    within = scope.residencies(permission="log")
    around = Membership.objects.filter(residency__in=within, person__display_name__icontains=wanted)
    others = around.live_on(scope.today).exclude(person=scope.person)
    names = others.order_by("person__display_name").values_list("person__display_name", flat=True).distinct()
    known = {folded(name) for name in own}
    return [*own, *(name for name in names if folded(name) not in known)][:MOST_SHOWN]


def own_contact(person: Person, pk: int) -> Contact:
    """A name of the person's own list; anybody else's is a 404."""
    contact = Contact.objects.filter(person=person, pk=pk).first()
    if contact is None:
        raise Http404("No name of yours has that number")
    return contact


def aways(person: Person, today: datetime.date) -> list[Away]:
    """Dates away that are not over yet."""
    return list(Away.objects.filter(person=person, end__gte=today).order_by("start"))


def plans_on(person: Person, aways: list[Away]) -> dict[int, list[datetime.date]]:
    """The days of what was planned, by the number of the dates away on which it waits; the earliest first."""
    if not aways:
        return {}
    waiting = PlannedEntry.objects.filter(
        person=person, state=PlannedState.WAITING, origin=PlannedOrigin.TYPED
    )
    within = waiting.filter(on__gte=aways[0].start, on__lte=max(one.end for one in aways))
    days = list(within.values_list("on", flat=True))
    return {one.pk: [day for day in days if one.start <= day <= one.end] for one in aways}


def own_away(person: Person, pk: str) -> Away:
    """Dates away of the person's own; anybody else's are a 404."""
    away = Away.objects.filter(person=person, pk=int(pk)).first() if is_number(pk) else None
    if away is None:
        raise Http404("No dates of yours have that number")
    return away
