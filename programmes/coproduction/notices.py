"""The letter of co-production: the kind of work of a project under way has changed (V-41)."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.urls import reverse

from embedded import post
from embedded.accounts.models import Person
from programmes.models import ClassificationChange, Membership, Residency, Role


def tell_research_office(change: ClassificationChange) -> None:
    """One letter to each person of the hosts' research offices."""
    residency = change.project.residency
    args = [residency.programme.slug, residency.code, change.project_id]
    for person in research_office(residency, change.on):
        post.write(
            to=person.email,
            subject=f"{residency.code}: the kind of work of a project has changed",
            template="classification_changed",
            context={
                "person": person,
                "change": change,
                "residency": residency,
                "address": settings.BASE_URL + reverse("project", args=args),
            },
            key=f"classification_changed/{change.pk}/{person.pk}",
        )


def research_office(residency: Residency, on: datetime.date) -> list[Person]:
    """Whoever reads for the research offices of the hosts in this programme and has an address."""
    held = Membership.objects.filter(
        programme_id=residency.programme_id, role=Role.RD_OFFICE, organisation__in=residency.hosts
    )
    people = (m.person for m in held.live_on(on).select_related("person").order_by("pk"))
    return list({person.pk: person for person in people if person.email}.values())
