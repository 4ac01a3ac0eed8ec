"""The letter that asks somebody to agree to a working agreement."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from embedded import post
from embedded.accounts.models import Person
from programmes.models import WorkingAgreementPerson


def ask_to_agree(one: WorkingAgreementPerson, link: int, token: str, by: Person) -> None:
    residency = one.agreement.residency
    again = "changed " if one.agreement.number > 1 else ""
    post.write(
        to=one.email,
        subject=f"Please read the {again}working agreement: {residency.title}",
        template="working_agreement",
        context={"one": one, "residency": residency, "by": by, "address": address_of(token)},
        key=f"working-agreement-{link}",
    )


def address_of(token: str) -> str:
    return settings.BASE_URL + reverse("working_agreement_open", args=[token])


def letter_problem(one: WorkingAgreementPerson) -> str:
    """Why the letter could not be sent, in a sentence; "" while all is well."""
    return post.problem_of(f"working-agreement-{one.link_id}") if one.link_id and one.sent_at else ""
