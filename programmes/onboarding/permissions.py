"""Fetches the hosts, and the posts at them, for which somebody may read or say which permission is needed."""

from __future__ import annotations

from django.http import Http404

from programmes.access import ROLES, Scope
from programmes.models import (
    Organisation,
    OrganisationPart,
    Placement,
    Programme,
    Residency,
    ResidencyOrganisation,
)

HOSTING = (OrganisationPart.LEAD_HOST, OrganisationPart.HOST)


def hosts_in(scope: Scope, programme: Programme, permission: str = "see_access") -> list[Organisation]:
    """The hosts in the programme for which somebody may do that: their own, or, for whoever is there for a theme, a
    residency or the whole programme, every host of the residencies in reach."""
    held = [
        m
        for m in scope.memberships
        if m.programme_id == programme.pk and permission in ROLES[m.role].permissions
    ]
    found = {m.organisation_id for m in held if m.organisation_id}
    if any(m.organisation_id is None for m in held):
        reached = scope.residencies(programme, permission).order_by().values("pk")
        parts = ResidencyOrganisation.objects.filter(residency__in=reached, part__in=HOSTING)
        found |= set(parts.values_list("organisation_id", flat=True))
    return list(Organisation.objects.filter(pk__in=found).order_by("display_name", "pk"))


def host_in(scope: Scope, programme: Programme, pk: int, permission: str = "see_access") -> Organisation:
    found = next((host for host in hosts_in(scope, programme, permission) if host.pk == pk), None)
    if found is None:
        raise Http404("No such host in reach")
    return found


def post_and_host(
    scope: Scope, residency: Residency, pk: int, host_pk: int
) -> tuple[Placement, Organisation]:
    """A post of this residency and a host of it for which somebody may speak; 404 else."""
    placement = residency.placements.select_related("person", "employer", "residency").filter(pk=pk).first()
    mine = {one.pk for one in hosts_in(scope, residency.programme, "state_rule")}
    host = next((one for one in residency.hosts if one.pk == host_pk and one.pk in mine), None)
    if placement is None or host is None:
        raise Http404("No such post and host in reach")
    return placement, host
