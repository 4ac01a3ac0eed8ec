"""The deeds of asking whoever sees to a thing by link: ask, send a fresh link, end links, find what a link is for."""

from __future__ import annotations

import datetime
from typing import Final

from django.db import transaction

from embedded import audit, links
from embedded.accounts.models import Person
from embedded.links.models import SignedLink
from programmes.founding import place_of
from programmes.lifecycle import StepRefused
from programmes.models import AccessItem, AccessState
from programmes.onboarding import notices

ANSWER: Final = "access_answer"


def asked_of(item: AccessItem) -> str:
    """What a link is about: the thing and the address of whoever sees to it, so that it ends with another address."""
    return links.subject_for(item.pk, item.owner_email)


def end_links(asked: str) -> None:
    links.end_all(ANSWER, asked)


@transaction.atomic
def ask_owner(*, item: AccessItem, by: Person, on: datetime.date) -> str:
    """Sends its owner a link with three answers, and gives the link's token to show once; those sent before end."""
    if not item.owner_email:
        raise StepRefused("Enter the email address of whoever sees to it")
    return _send(item, by, on, "access.owner_asked")


@transaction.atomic
def send_afresh(token: str, *, on: datetime.date) -> None:
    """A new link in place of one that has run out, to the address that had it, while that address still sees to
    something that is needed. Otherwise nothing."""
    link = links.lapsed(ANSWER, token)
    item = _item_of(link) if link else None
    if item is not None and item.state not in (AccessState.NOT_REQUIRED, AccessState.REVOKED):
        _send(item, None, on, "access.link_sent_again")


def _send(item: AccessItem, by: Person | None, on: datetime.date, deed: str) -> str:
    end_links(asked_of(item))
    link, token = links.issue(ANSWER, asked_of(item), by=by)
    AccessItem.objects.filter(pk=item.pk).update(asked_on=on)
    item.asked_on = on
    record(item, deed, by)
    notices.ask_owner(item, link.pk, token, by)
    return token


def letter_problem(item: AccessItem) -> str:
    """Why the newest letter in which somebody asked its owner could not be sent, in a sentence; "" while all is well.
    Links in the letters of a round have nobody who asked."""
    asked = SignedLink.objects.about(ANSWER, asked_of(item)).filter(made_by__isnull=False)
    newest = asked.order_by("pk").last()
    return notices.problem_of_asking(newest.pk) if newest else ""


def answered_by_link(token: str) -> AccessItem | None:
    """The item behind an owner's link; None alike for never existed, expired, ended and another owner by now."""
    link = links.find(ANSWER, token)
    return _item_of(link) if link else None


def _item_of(link: SignedLink) -> AccessItem | None:
    found = AccessItem.objects.select_related("host", "placement__person", "placement__residency__programme")
    item = found.filter(pk=links.number_in(link)).first()
    return item if item is not None and asked_of(item) == link.subject else None


def record(item: AccessItem, deed: str, by: Person | None, more: dict[str, object] | None = None) -> None:
    residency = item.placement.residency
    holder = {} if by else {"by_link": item.owner_name}
    audit.record(
        by,
        deed,
        f"{item.get_kind_display()} in {residency.code}",
        place_of(residency),
        details={"item": item.pk, "kind": item.kind, **holder, **(more or {})},
    )
