"""Fetches what the pages of getting started show, no more than the person's part lets them see."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.http import Http404

from embedded.nhsuk.addresses import is_number
from programmes.access import OFFICES, ROLES, Scope
from programmes.clearance import expires_soon, has_expired, is_live, lacks_permission, missing
from programmes.in_order import confirm_by, is_to_confirm, permission_waits, why_none_needed
from programmes.models import (
    CLOSED_AT_THE_END,
    LEGAL_PERMISSIONS,
    AccessItem,
    AccessKind,
    AccessState,
    Organisation,
    OrganisationPart,
    Placement,
    Programme,
    Residency,
    ResidencyOrganisation,
)
from programmes.models.placement import NOT_WITHDRAWN, PlacementQuerySet
from programmes.onboarding.letting_in import host_managers, way_to_name, who_lets_in

HOSTING: Final = (OrganisationPart.LEAD_HOST, OrganisationPart.HOST)
_KINDS: Final = {kind.value: str(kind.label) for kind in AccessKind}
LEAVERS: Final = datetime.timedelta(days=60)  # of the last and of the next


def own_placement(residency: Residency, scope: Scope) -> Placement:
    """The post of the person who looks; 404 for everybody else."""
    mine = residency.placements.select_related("person", "employer").filter(person=scope.person)
    found = mine.order_by("-start").first()
    if found is None:
        raise Http404("No post of yours here")
    return found


def placement_in(residency: Residency, pk: str) -> Placement | None:
    return residency.placements.filter(pk=int(pk)).first() if is_number(pk) else None


def placements_with_items(residency: Residency) -> list[Placement]:
    """All posts with their items, in a number of queries that does not grow."""
    items = AccessItem.objects.select_related("host").order_by("id")
    return list(
        residency.placements.select_related("person", "employer").prefetch_related(
            Prefetch("access_items", queryset=items)
        )
    )


def item_of(residency: Residency, pk: int, hosts: Iterable[Organisation]) -> AccessItem:
    """An access item of that residency at one of the hosts that the person sees; 404 else."""
    found = (
        AccessItem.objects.filter(placement__residency=residency, host__in=[host.pk for host in hosts], pk=pk)
        .select_related("host", "placement__person", "placement__employer", "placement__residency__programme")
        .first()
    )
    if found is None:
        raise Http404("No such item in reach")
    return found


@dataclass(frozen=True)
class OnSite:
    """One person at one host: under which permission, until when, and what is missing; `key` is the post."""

    key: int
    person: str
    employer: str
    programme: str
    residency: str
    host: str
    lets_in: str
    way_to_name: str
    url: str
    start: datetime.date
    end: datetime.date | None
    permission: str
    permission_until: datetime.date | None
    lacks: bool
    waits: bool
    confirm_by: datetime.date | None
    none_needed: str
    expiring: list[str]
    expired: list[str]
    missing: list[str]
    to_confirm: list[str]
    to_close: list[str]


def programmes_seen(scope: Scope) -> list[Programme]:
    """The programmes in which somebody sees access."""
    return [one for one in scope.programmes() if scope.can_in_programme("see_access", one)]


def posts_on_site(scope: Scope, programmes: Sequence[Programme], today: datetime.date) -> QuerySet[Placement]:
    """Posts at the sites that the person sees, begun and not over."""
    return _posts(scope, programmes, today).on(today).not_withdrawn()


def posts_leaving(scope: Scope, programmes: Sequence[Programme], today: datetime.date) -> QuerySet[Placement]:
    """Posts that ended within the last 60 days or will within the next; and those that ended before with something
    still in place where the person sees it."""
    part = ResidencyOrganisation.objects.filter(
        residency=OuterRef("placement__residency"), organisation=OuterRef("host"), part__in=HOSTING
    )
    items = AccessItem.objects.filter(Exists(part), placement=OuterRef("pk"), state=AccessState.IN_PLACE)
    items = items.filter(kind__in=CLOSED_AT_THE_END)
    numbers = {one.pk for one in programmes}
    held = [m for m in scope.memberships if m.programme_id in numbers]
    held = [m for m in held if "see_access" in ROLES[m.role].permissions]
    if all(m.role in OFFICES for m in held):
        items = items.filter(host__in=[m.organisation_id for m in held])
    lately = (Q(end__gte=today - LEAVERS) & NOT_WITHDRAWN) | Exists(items)
    return _posts(scope, programmes, today).filter(lately, end__lte=today + LEAVERS)


def _posts(scope: Scope, programmes: Sequence[Programme], today: datetime.date) -> PlacementQuerySet:
    within = scope.residencies(None, "see_access").filter(programme__in=[one.pk for one in programmes])
    within = within.exclude(stage__in=["withdrawn", "declined"])
    return Placement.objects.filter(
        Q(accepted_on__isnull=False) | Q(start__lte=today), residency__in=within.order_by().values("pk")
    ).order_by("person__display_name", "start", "pk")


def on_sites(
    scope: Scope, programmes: Sequence[Programme], posts: Iterable[Placement], today: datetime.date
) -> list[OnSite]:
    """A line for each of these posts and each of its hosts that the person sees."""
    placements = list(posts)
    prefetch_related_objects(
        placements,
        "person",
        "employer",
        "residency__organisations__organisation",
        Prefetch("access_items", queryset=AccessItem.objects.order_by("id")),
    )
    known = {one.pk: one for one in programmes}
    named = host_managers(programmes, today)
    lines = []
    for placement in placements:
        placement.residency.programme = known[placement.residency.programme_id]
        for host in scope.hosts_seen(placement.residency):
            line = _on_site(placement, placement.residency, host, today)
            lets_in = who_lets_in(placement.residency, host, named)
            way = "" if lets_in else way_to_name(scope, placement.residency, host)
            lines.append(replace(line, lets_in=lets_in, way_to_name=way))
    return lines


def leavers(lines: Iterable[OnSite], today: datetime.date) -> list[OnSite]:
    """Of these lines those that are about a leaver of the last or next 60 days, or have something to close."""
    return [one for one in lines if one.to_close or (one.end is not None and one.end >= today - LEAVERS)]


def _on_site(placement: Placement, residency: Residency, host: Organisation, today: datetime.date) -> OnSite:
    items = [item for item in placement.access_items.all() if item.host_id == host.pk]
    permissions = [item for item in items if item.kind in LEGAL_PERMISSIONS and is_live(item, today)]
    within = residency.programme.expiring_within_days
    lacking, lacks = missing(items, today), lacks_permission(placement, host, items, today)
    waiting = [item for item in lacking if is_to_confirm(item, residency, today)]
    waits = permission_waits(residency, host, items, today)
    named = [_KINDS[item.kind] for item in permissions]
    if placement.employer_id == host.pk:
        named = ["Employed here"]
    return OnSite(
        key=placement.pk,
        person=placement.person.display_name,
        employer=str(placement.employer or ""),
        programme=residency.programme.name,
        residency=f"{residency.code} {residency.title}",
        host=host.display_name,
        lets_in="",
        way_to_name="",
        url=residency.get_absolute_url(),
        start=placement.start,
        end=placement.end,
        permission=", ".join(named),
        permission_until=min((item.expires_on for item in permissions if item.expires_on), default=None),
        lacks=lacks and not waits,
        waits=lacks and waits,
        confirm_by=confirm_by(residency, today),
        none_needed="" if named else why_none_needed(placement, host, items),
        expiring=[_KINDS[item.kind] for item in items if expires_soon(item, today, within)],
        expired=[_KINDS[item.kind] for item in items if has_expired(item, today)],
        missing=[_KINDS[item.kind] for item in lacking if item not in waiting],
        to_confirm=[_KINDS[item.kind] for item in waiting],
        to_close=[
            _KINDS[item.kind]
            for item in items
            if item.kind in CLOSED_AT_THE_END and item.state == AccessState.IN_PLACE
        ],
    )
