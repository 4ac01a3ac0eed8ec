"""The letters of getting started: the post was accepted; whoever sees to an access item is asked how it stands."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from embedded import post
from embedded.accounts.models import Person
from programmes.models import AccessItem, Placement


def tell_accepted(placement: Placement) -> None:
    """To the named manager and to whoever saved the idea, once to an address."""
    residency = placement.residency
    people = {residency.created_by.email: residency.created_by.display_name}
    people.setdefault(residency.host_manager_email, residency.host_manager_name)
    address = settings.BASE_URL + reverse("access", args=[residency.programme.slug, residency.code])
    for email, name in people.items():
        if email:
            post.write(
                to=email,
                subject=f"{placement.person} has accepted the post",
                template="post_accepted",
                context={"person": name, "placement": placement, "residency": residency, "address": address},
                key=f"post_accepted/{placement.pk}/{email}",
            )


def ask_owner(item: AccessItem, link: int, token: str, by: Person) -> None:
    """`link` is the signed link's id, which makes the letter's key."""
    post.write(
        to=item.owner_email,
        subject=f"{item.get_kind_display()} for {item.placement.person}",
        template="access_asked",
        context={
            "item": item,
            "asker": by.display_name,
            "address": settings.BASE_URL + reverse("access_answer", args=[token]),
        },
        key=f"access_asked/{link}",
    )


def problem_of_asking(link: int) -> str:
    """Why the letter with this link could not be sent, in a sentence; "" while all is well."""
    return post.problem_of(f"access_asked/{link}")
