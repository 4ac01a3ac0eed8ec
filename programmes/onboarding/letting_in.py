"""Who lets people in at each host, and where somebody is named for it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.urls import reverse

from programmes.access import Scope
from programmes.models import Membership, Organisation, Programme, Residency, Role

Named = Mapping[tuple[int, int], Sequence[str]]


def host_managers(programmes: Sequence[Programme], today: datetime.date) -> Named:
    """The names of those who manage for a whole organisation, by programme and organisation."""
    held = Membership.objects.filter(
        role=Role.HOST_MANAGER, organisation__isnull=False, programme__in=[one.pk for one in programmes]
    )
    found: dict[tuple[int, int], list[str]] = {}
    for one in held.live_on(today).select_related("person").order_by("person__display_name", "pk"):
        found.setdefault((one.programme_id, one.organisation_id or 0), []).append(one.person.display_name)
    return found


def who_lets_in(residency: Residency, host: Organisation, named: Named) -> str:
    """The host manager of the residency answers for its lead host; at every other, those of the host itself. "" while
    nobody is named for it."""
    if host == residency.lead_host and residency.host_manager_name:
        return residency.host_manager_name
    return ", ".join(named.get((residency.programme_id, host.pk), []))


def way_to_name(scope: Scope, residency: Residency, host: Organisation) -> str:
    """The address at which the reader may name them; "" for whoever may not."""
    if host == residency.lead_host and scope.can("set_up", residency):
        return reverse("part_change", args=[residency.programme.slug, residency.code, "host_manager"])
    if scope.can("invite", residency):
        return f"{reverse('invite', args=[residency.programme.slug])}?role={Role.HOST_MANAGER}"
    return ""
