"""The letters of co-production: the kind of work of a project under way has changed (V-41)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from embedded import post
from embedded.accounts.models import Person
from programmes.access import leads_of
from programmes.models import ClassificationChange, Membership, Organisation, Residency, Role


def tell_research_office(change: ClassificationChange) -> None:
    """One letter to each person of the hosts' research offices; of a host that has none named, to whoever leads."""
    residency = change.project.residency
    offices = research_offices(residency, change.on)
    _tell(change, [person for people in offices.values() for person in people])
    if nobody := [str(host) for host, people in offices.items() if not people]:
        told = {person.pk for people in offices.values() for person in people}
        _tell(change, [lead for lead in leads_of(residency) if lead.pk not in told], " and ".join(nobody))


def _tell(change: ClassificationChange, people: Iterable[Person], instead_of: str = "") -> None:
    residency = change.project.residency
    args = [residency.programme.slug, residency.code, change.project_id]
    for person in {one.pk: one for one in people if one.email}.values():
        post.write(
            to=person.email,
            subject=f"{residency.code}: the kind of work of a project has changed",
            template="classification_changed",
            context={
                "person": person,
                "change": change,
                "residency": residency,
                "address": settings.BASE_URL + reverse("project", args=args),
                "instead_of": instead_of,
                "invite": settings.BASE_URL + reverse("invite", args=[residency.programme.slug]),
            },
            key=f"classification_changed/{change.pk}/{person.pk}",
        )


def research_offices(residency: Residency, on: datetime.date) -> dict[Organisation, list[Person]]:
    """By host, whoever reads for its research office in this programme and has an address."""
    held = Membership.objects.filter(
        programme_id=residency.programme_id, role=Role.RD_OFFICE, organisation__in=residency.hosts
    )
    readers = list(held.live_on(on).select_related("person").order_by("pk"))
    return {
        host: [one.person for one in readers if one.organisation_id == host.pk and one.person.email]
        for host in residency.hosts
    }


def hosts_without_office(residency: Residency, on: datetime.date) -> str:
    """Their names, for a page; "" where somebody is named for each."""
    return " and ".join(str(host) for host, people in research_offices(residency, on).items() if not people)
