"""The deeds of access: add a thing, record how it stands, ask its owner by link, keep the owner's answer."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from embedded import audit, links
from embedded.accounts.models import Person
from embedded.drafts import check_version
from embedded.links.models import SignedLink
from programmes.founding import place_of
from programmes.lifecycle import StepRefused
from programmes.models import (
    LEGAL_PERMISSIONS,
    AccessItem,
    AccessKind,
    AccessState,
    Organisation,
    Placement,
)
from programmes.onboarding import notices

ANSWER: Final = "access_answer"
# V-31: of these only that they were seen is kept, so nothing may be written about them
NO_WORDS: Final = (AccessKind.CRIMINAL_RECORD, AccessKind.WORK_HEALTH)


@dataclass(frozen=True)
class Standing:
    """How an access item stands. Issuer, reference and date belong to a permission in law; a desk is a tick."""

    state: str
    issued_on: datetime.date | None = None
    issuer: str = ""
    reference: str = ""
    expires_on: datetime.date | None = None
    reason: str = ""
    kept_at: str = ""
    is_clinical: bool | None = None


@transaction.atomic
def add_item(
    *, placement: Placement, host: Organisation, kind: str, by: Person, due: datetime.date | None = None
) -> AccessItem:
    """One more thing that the post needs at a host; one that is listed already is given back."""
    item, is_new = AccessItem.objects.get_or_create(
        placement=placement, host=host, kind=kind, defaults={"due": due or placement.start}
    )
    if is_new:
        _record(item, "access.item_added", by)
    return item


@transaction.atomic
def record_item(
    *,
    item: AccessItem,
    standing: Standing,
    by: Person | None,
    version: int,
    owner_name: str | None = None,
    owner_email: str | None = None,
    due: datetime.date | None = None,
) -> AccessItem:
    """Records how it stands. Changed if somebody saved since `version`; StepRefused for what V-30 and V-31 forbid."""
    check_standing(item, standing)
    check_version(item, version)
    was = item.state
    for name, value in vars(standing).items():
        setattr(item, name, value)
    if owner_name is not None:
        item.owner_name, item.owner_email, item.due = owner_name, owner_email or "", due
    item.save()
    _record(item, f"access.{standing.state}", by, {"was": was})
    return item


def check_standing(item: AccessItem, standing: Standing) -> None:
    """V-30 for permissions in law, the order of the dates, a reason where one is owed, no words on a check (V-31)."""
    permitted = standing.issued_on and standing.issuer and standing.reference
    if standing.state == AccessState.IN_PLACE and item.kind in LEGAL_PERMISSIONS and not permitted:
        raise StepRefused("Enter who issued it, its reference and its date")
    if standing.issued_on and standing.expires_on and standing.expires_on <= standing.issued_on:
        raise StepRefused("Enter an expiry date after the date it was issued")
    if standing.state == AccessState.NOT_REQUIRED and not standing.reason:
        raise StepRefused("Enter why it is not needed")
    if standing.reason and item.kind in NO_WORDS and standing.state != AccessState.NOT_REQUIRED:
        raise StepRefused("Write nothing about this check here. Speak to whoever sees to it.")


@transaction.atomic
def ask_owner(*, item: AccessItem, by: Person, on: datetime.date, at: datetime.datetime) -> str:
    """Sends its owner a link with three answers, and gives the link's token to show once."""
    if not item.owner_email:
        raise StepRefused("Enter the email address of whoever sees to it")
    link, token = links.issue(ANSWER, str(item.pk), by=by)
    AccessItem.objects.filter(pk=item.pk).update(asked_on=on)
    item.asked_on = on
    _record(item, "access.owner_asked", by)
    notices.ask_owner(item, link.pk, token, by)
    return token


def letter_problem(item: AccessItem) -> str:
    """Why the newest letter in which somebody asked its owner could not be sent, in a sentence; "" while all is well.
    Links in the letters of a round have nobody who asked."""
    asked = SignedLink.objects.about(ANSWER, str(item.pk)).filter(made_by__isnull=False)
    newest = asked.order_by("pk").last()
    return notices.problem_of_asking(newest.pk) if newest else ""


def answered_by_link(token: str) -> AccessItem | None:
    """The item behind an owner's link; None alike for never existed, expired and revoked."""
    link = links.find(ANSWER, token)
    if link is None:
        return None
    return (
        AccessItem.objects.filter(pk=int(link.subject))
        .select_related("host", "placement__person", "placement__residency__programme")
        .first()
    )


def _record(item: AccessItem, deed: str, by: Person | None, more: dict[str, object] | None = None) -> None:
    residency = item.placement.residency
    audit.record(
        by,
        deed,
        f"{item.get_kind_display()} in {residency.code}",
        place_of(residency),
        details={"item": item.pk, "kind": item.kind, **(more or {})},
    )
