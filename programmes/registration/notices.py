"""The letters of registering: to those who decide, to a named manager, to those who wait for the decision."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.conf import settings
from django.urls import reverse

from embedded import links, post
from embedded.accounts.models import Person
from embedded.links.models import SignedLink
from programmes.access import leads_of
from programmes.models import Condition, Residency, StageChange

CONFIRM: Final = "registration_confirm"


def whole_address(name: str, *args: object) -> str:
    return settings.BASE_URL + reverse(name, args=args)


def tell_approvers(residency: Residency, change: StageChange) -> None:
    slug = residency.programme.slug
    for person in leads_of(residency):
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
    return links.subject_for(residency.pk, residency.host_manager_email)


def ask_manager(residency: Residency, by: Person | None) -> None:
    """A link with which the named manager confirms by one press, without an account; those sent before end. Without
    `by` its reader asked for a new one."""
    links.end_all(CONFIRM, asked_of(residency))
    link, token = links.issue(CONFIRM, asked_of(residency), by=by)
    post.write(
        to=residency.host_manager_email,
        subject=f"Please confirm: {residency.title}",
        template="registration_confirm",
        context={
            "person": residency.host_manager_name or residency.host_manager_email,
            "officer": by or residency.created_by,
            "again": by is None,
            "residency": residency,
            "host": residency.lead_host,
            "address": whole_address("registration_confirm", token),
        },
        key=f"registration_confirm/{link.pk}",
    )


def last_asked(residency: Residency) -> SignedLink | None:
    """The newest link to confirm that went to the manager who is named now: when it was sent, and who sent it."""
    return (
        SignedLink.objects.about(CONFIRM, asked_of(residency)).select_related("made_by").order_by("pk").last()
    )


def letter_problem(asked: SignedLink) -> str:
    """Why the letter with that link could not be sent, in a sentence; "" while all is well."""
    return post.problem_of(f"registration_confirm/{asked.pk}")


def tell_decided(residency: Residency, change: StageChange, conditions: Iterable[Condition] = ()) -> None:
    """To whoever saved the idea and to the named manager, once to an address."""
    people = {residency.created_by.email: residency.created_by.display_name}
    people.setdefault(residency.host_manager_email, residency.host_manager_name)
    decision = DECIDED[change.to_stage] + (" with conditions" if change.with_conditions else "")
    for email, name in people.items():
        if email:
            post.write(
                to=email,
                subject=f"{residency.title}: {decision}",
                template="registration_decided",
                context={
                    "person": name,
                    "residency": residency,
                    "decision": decision,
                    "change": change,
                    "conditions": list(conditions),
                    "address": whole_address("registration", residency.programme.slug, residency.code),
                },
                key=f"registration_decided/{change.pk}/{email}",
            )


DECIDED: Final = {"approved": "approved", "idea": "returned to you", "declined": "declined"}
