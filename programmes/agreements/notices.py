"""The letter that asks somebody to agree to a working agreement."""

from __future__ import annotations

from collections.abc import Sequence

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


def letter_problems(people: Sequence[WorkingAgreementPerson]) -> dict[int, str]:
    """Why letters could not be sent, in a sentence each, by the number of the person; without those that are well."""
    keys = {f"working-agreement-{one.link_id}": one.pk for one in people if one.link_id and one.sent_at}
    return {keys[key]: problem for key, problem in post.problems_of(list(keys)).items()}
