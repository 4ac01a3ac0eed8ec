"""Whether what a post needs is in order on a day, and the words in which every page says so."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Final

from django.db.models import Q

from embedded.nhsuk.words import day, start_low
from programmes.clearance import GENERAL_PRACTICE, NHS_BODIES, has_expired
from programmes.measures.attention import GRACE_AFTER_ADOPTION
from programmes.models import (
    LEGAL_PERMISSIONS,
    AccessItem,
    AccessState,
    Organisation,
    OrganisationKind,
    Placement,
    Residency,
)

SETTLED: Final = (AccessState.IN_PLACE, AccessState.NOT_REQUIRED)


def not_in_order(on: datetime.date) -> Q:
    """Of access items in the database: what `clearance.missing` finds in posts that are not over on that day."""
    lapsed = Q(expires_on__lt=on) | Q(issued_on__gt=on)
    goes_on = Q(placement__end__isnull=True) | Q(placement__end__gt=on)
    return goes_on & (~Q(state__in=SETTLED) | (Q(state=AccessState.IN_PLACE) & lapsed))


def begins_later(item: AccessItem, on: datetime.date) -> bool:
    return item.state == AccessState.IN_PLACE and item.issued_on is not None and item.issued_on > on


def state_words(item: AccessItem, on: datetime.date) -> str:
    """ "Ran out", "Not begun", else what its state is called."""
    if has_expired(item, on):
        return "Ran out"
    return "Not begun" if begins_later(item, on) else str(item.get_state_display())


def said_missing(item: AccessItem, residency: Residency, on: datetime.date) -> str:
    """A sentence without its stop on something that is not in order; calm while it only has to be confirmed."""
    kind = str(item.get_kind_display())
    if is_to_confirm(item, residency, on):
        return f"{kind}: to be confirmed by {day(confirm_by(residency, on))}"
    why = ""
    if has_expired(item, on):
        why = f": it ran out on {day(item.expires_on)}"
    elif begins_later(item, on):
        why = f": it begins on {day(item.issued_on)}"
    elif item.state == AccessState.REVOKED:
        why = ": it has been ended"
    return f"{kind} is not in place{why}"


def confirm_by(residency: Residency, on: datetime.date) -> datetime.date | None:
    """The last of the 60 days after a running residency was brought in; None for every other, and after it. Until then
    what nobody has entered waits to be confirmed, and is not missing (users.md decision 1)."""
    if residency.adopted_on is None or on >= residency.adopted_on + GRACE_AFTER_ADOPTION:
        return None
    return residency.adopted_on + GRACE_AFTER_ADOPTION - datetime.timedelta(days=1)


def is_to_confirm(item: AccessItem, residency: Residency, on: datetime.date) -> bool:
    return item.state == AccessState.REQUIRED and confirm_by(residency, on) is not None


def permission_waits(
    residency: Residency, host: Organisation, items: Iterable[AccessItem], on: datetime.date
) -> bool:
    """Nobody has entered how the permission in law at a host stands, and nobody needs to have by then."""
    here = [item for item in items if item.host_id == host.pk and item.kind in LEGAL_PERMISSIONS]
    waits = all(item.state == AccessState.REQUIRED for item in here)
    return waits and confirm_by(residency, on) is not None


def why_none_needed(placement: Placement, host: Organisation, items: Iterable[AccessItem]) -> str:
    """Why no letter of access or honorary contract is asked for at a host, to go after "because"; "" where one is."""
    if placement.employer_id == host.pk:
        return f"{host} employs them"
    if host.kind == OrganisationKind.HEI:
        return f"letters of access are for coming into the NHS. {host} may give a visiting appointment"
    if host.kind in GENERAL_PRACTICE:
        return f"{host} decides for itself whom it lets in. Ask the practice manager"
    if host.kind not in NHS_BODIES:
        return f"letters of access exist in the NHS alone. {host} says what it asks of visitors and secondees"
    here = [item for item in items if item.host_id == host.pk and item.kind in LEGAL_PERMISSIONS]
    if here and all(item.state == AccessState.NOT_REQUIRED for item in here):
        return start_low("; ".join(dict.fromkeys(item.reason for item in here)))
    return ""
