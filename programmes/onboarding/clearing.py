"""The deeds of access: add a thing, record how it stands, keep what its owner answers."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from embedded.accounts.models import Person
from embedded.drafts import check_version
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
from programmes.onboarding.asking import asked_of, end_links, record

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
        record(item, "access.item_added", by)
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
    """Records how it stands, and who sees to it where that is given. Changed if somebody saved since `version`;
    StepRefused for what V-30 and V-31 forbid."""
    check_standing(item, standing)
    check_version(item, version)
    was, period = item.state, [item.issued_on, item.expires_on]
    for name, value in vars(standing).items():
        setattr(item, name, value)
    if owner_name is not None:
        _name_owner(item, owner_name, owner_email or "")
        item.due = due
    item.save()
    told: dict[str, object] = {"was": was}
    if period != [item.issued_on, item.expires_on]:
        told |= {"period_was": period, "period": [item.issued_on, item.expires_on]}
    record(item, f"access.{standing.state}", by, told)
    return item


def _name_owner(item: AccessItem, name: str, email: str) -> None:
    """Links that went to another address end."""
    asked = asked_of(item)
    item.owner_name, item.owner_email = name, email
    if asked_of(item) != asked:
        end_links(asked)
        item.asked_on = None


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
def answer(*, item: AccessItem, standing: Standing, version: int) -> AccessItem:
    """What whoever sees to it answers by link. Of a problem that is new, somebody is told at once."""
    known = (item.state, item.reason)
    record_item(item=item, standing=standing, by=None, version=version)
    if item.state == AccessState.PROBLEM and (item.state, item.reason) != known:
        notices.tell_problem(item)
    return item
