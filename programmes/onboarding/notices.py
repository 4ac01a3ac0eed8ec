"""The letters of getting started: the post was accepted; whoever sees to an access item is asked how it stands, and a
problem that they answer is told at once."""

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


def ask_owner(item: AccessItem, link: int, token: str, by: Person | None) -> None:
    """`link` is the signed link's id, which makes the letter's key; without `by` its reader asked for a new one."""
    post.write(
        to=item.owner_email,
        subject=f"{item.get_kind_display()} for {item.placement.person}",
        template="access_asked",
        context={
            "item": item,
            "asker": by.display_name if by else "",
            "address": settings.BASE_URL + reverse("access_answer", args=[token]),
        },
        key=f"access_asked/{link}",
    )


def tell_problem(item: AccessItem) -> None:
    """One letter at once: to the named manager, else to whoever saved the idea, but not to whoever answered."""
    residency = item.placement.residency
    people = {residency.host_manager_email: residency.host_manager_name}
    people.setdefault(residency.created_by.email, residency.created_by.display_name)
    answered = item.owner_email.casefold()
    email = next((one for one in people if one and one.casefold() != answered), "")
    if email:
        slug = residency.programme.slug
        post.write(
            to=email,
            subject=f"A problem: {item.get_kind_display()} for {item.placement.person}",
            template="access_problem",
            context={
                "name": people[email],
                "item": item,
                "address": settings.BASE_URL + reverse("access_item", args=[slug, residency.code, item.pk]),
            },
            key=f"access_problem/{item.pk}/{item.version}",
        )


def problem_of_asking(link: int) -> str:
    """Why the letter with this link could not be sent, in a sentence; "" while all is well."""
    return post.problem_of(f"access_asked/{link}")
