"""The letters of registering: to those who decide, to a named manager, to those who wait for the decision."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.urls import reverse

from embedded import links, post
from embedded.accounts.models import Person
from programmes.models import Condition, Membership, Residency, Role, StageChange

CONFIRM: Final = "registration_confirm"


def whole_address(name: str, *args: object) -> str:
    return settings.BASE_URL + reverse(name, args=args)


def approvers_of(residency: Residency) -> list[Person]:
    """The programme's leads, and the lead of its theme."""
    leads = Membership.objects.filter(programme=residency.programme, end=None, accepted_at__isnull=False)
    found = leads.filter(role=Role.PROGRAMME_LEAD) | leads.filter(
        role=Role.THEME_LEAD, theme__isnull=False, theme=residency.theme_id
    )
    people = {membership.person_id: membership.person for membership in found.select_related("person")}
    return list(people.values())


def tell_approvers(residency: Residency, change: StageChange) -> None:
    slug = residency.programme.slug
    for person in approvers_of(residency):
        if person.email:
            post.write(
                to=person.email,
                subject=f"{residency.title}: waiting for your approval",
                template="registration_waiting",
                context={
                    "person": person.display_name,
                    "residency": residency,
                    "host": residency.lead_host,
                    "change": change,
                    "address": whole_address("approval", slug, residency.code),
                },
                key=f"registration_waiting/{change.pk}/{person.pk}",
            )


def asked_of(residency: Residency) -> str:
    """What a link to confirm is about: the residency and the manager named in it, so that it ends with another name."""
    address = residency.host_manager_email.casefold()
    return f"{residency.pk}:{hashlib.sha256(address.encode()).hexdigest()[:32]}"


def ask_manager(residency: Residency, manager: Person, by: Person) -> None:
    """A link with which the named manager confirms by one press, without an account."""
    link, token = links.issue(CONFIRM, asked_of(residency), by=by)
    post.write(
        to=residency.host_manager_email,
        subject=f"Please confirm: {residency.title}",
        template="registration_confirm",
        context={
            "person": manager.display_name,
            "officer": by.display_name,
            "residency": residency,
            "host": residency.lead_host,
            "address": whole_address("registration_confirm", token),
        },
        key=f"registration_confirm/{link.pk}",
    )


def tell_decided(residency: Residency, change: StageChange, conditions: Iterable[Condition] = ()) -> None:
    """To whoever saved the idea and to the named manager, once to an address."""
    people = {residency.created_by.email: residency.created_by.display_name}
    people.setdefault(residency.host_manager_email, residency.host_manager_name)
    for email, name in people.items():
        if email:
            post.write(
                to=email,
                subject=f"{residency.title}: {DECIDED[change.to_stage]}",
                template="registration_decided",
                context={
                    "person": name,
                    "residency": residency,
                    "decision": DECIDED[change.to_stage],
                    "change": change,
                    "conditions": list(conditions),
                    "address": whole_address("registration", residency.programme.slug, residency.code),
                },
                key=f"registration_decided/{change.pk}/{email}",
            )


DECIDED: Final = {"approved": "approved", "idea": "returned to you", "declined": "declined"}
