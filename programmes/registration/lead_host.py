"""What another lead host means for people who hold a post: the access it asks for, and what stays at the one before."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from programmes.clearance import kinds_for, list_needs
from programmes.founding import forget_organisations, set_organisation
from programmes.models import (
    AccessItem,
    AccessKind,
    AccessState,
    Organisation,
    OrganisationPart,
    Placement,
    Residency,
)


@dataclass(frozen=True)
class Means:
    """What is asked for at `host`, as (person, what) pairs, and whether `before` stays on the list as a host, because
    something about access is recorded there."""

    host: Organisation
    before: Organisation
    asked: list[tuple[str, str]]
    stays: bool


def what_it_means(residency: Residency, host: Organisation, on: datetime.date | None) -> Means | None:
    """None while it is the same host, or nobody holds a post that is not over on that day."""
    before, posts = residency.lead_host, _posts(residency, on)
    if before is None or before.pk == host.pk or not posts:
        return None
    listed = set(_items(residency, host).values_list("placement_id", "kind"))
    asked = [
        (str(post.person), str(AccessKind(kind).label))
        for post in posts
        for kind in kinds_for(post.employer, host)
        if (post.pk, kind) not in listed
    ]
    recorded = _items(residency, before).exclude(state=AccessState.REQUIRED, asked_on=None, version=1)
    return Means(host, before, asked, recorded.exists())


def change_lead_host(residency: Residency, host: Organisation, on: datetime.date | None) -> None:
    """Puts it in the first place and lists what its posts need there. What was only listed as needed at the one before
    goes; where more is recorded, that one stays as a host. Part of a deed that has claimed the residency."""
    means = what_it_means(residency, host, on)
    first = residency.organisations.filter(part=OrganisationPart.LEAD_HOST).first()
    reference = first.own_reference if first else ""
    set_organisation(residency, OrganisationPart.LEAD_HOST, host)
    if means is None:
        return
    if means.stays:
        residency.organisations.create(
            part=OrganisationPart.HOST, organisation=means.before, own_reference=reference
        )
    else:
        _items(residency, means.before).delete()
    for post in _posts(residency, on):
        list_needs(post, [host])
    forget_organisations(residency)


def _posts(residency: Residency, on: datetime.date | None) -> list[Placement]:
    rows = residency.placements.select_related("person", "employer").order_by("start", "pk")
    return list(rows.filter(Q(end=None) | Q(end__gt=on)) if on else rows)


def _items(residency: Residency, host: Organisation) -> QuerySet[AccessItem]:
    return AccessItem.objects.filter(placement__residency=residency, host=host)
