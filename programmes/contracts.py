"""What the recorded agreements of a residency come to on a day: which live, what they cover, what they say on
publishing (V-20, V-21)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

from embedded.nhsuk.words import start_low
from programmes.models import Agreement, AgreementCover, FollowsAs, PublicationClause

NEEDED: Final = (
    AgreementCover.SUPERVISION,
    AgreementCover.PUBLICATION,
    AgreementCover.DATA,
    AgreementCover.TERMINATION,
)  # V-20


def begins(agreement: Agreement) -> datetime.date:
    """The later of the day it was signed and the day from which it counts."""
    return max(agreement.signed_on, agreement.effective_from or agreement.signed_on)


def last_day(
    agreement: Agreement, all_of_them: Sequence[Agreement], on: datetime.date
) -> datetime.date | None:
    """Its last day, or the one that the latest amendment gives it; None for no end."""
    later = [
        one.effective_to
        for one in _followers(agreement, all_of_them, FollowsAs.AMENDMENT, on)
        if one.effective_to is not None
    ]
    return later[-1] if later else agreement.effective_to


def is_replaced(agreement: Agreement, all_of_them: Sequence[Agreement], on: datetime.date) -> bool:
    """Another one has taken its place by that day, or the place of what it amends."""
    by_number = {one.pk: one for one in all_of_them}
    current: Agreement | None = agreement
    seen: set[int] = set()
    while current is not None and current.pk not in seen:
        if _followers(current, all_of_them, FollowsAs.SUCCESSOR, on):
            return True
        seen.add(current.pk)
        amends = current.follows_as == FollowsAs.AMENDMENT
        current = by_number.get(current.follows_id or 0) if amends else None
    return False


def is_live(agreement: Agreement, all_of_them: Sequence[Agreement], on: datetime.date) -> bool:
    """Signed and begun, its last day not over, and nothing in its place. `all_of_them`: the residency's."""
    end = last_day(agreement, all_of_them, on)
    if begins(agreement) > on or (end is not None and end < on):
        return False
    return not is_replaced(agreement, all_of_them, on)


def not_covered(all_of_them: Sequence[Agreement], on: datetime.date) -> list[AgreementCover]:
    """V-20: what no live agreement speaks of. Several may cover it together: a memorandum and a data sharing
    agreement are often two papers."""
    covered = {part for one in all_of_them if is_live(one, all_of_them, on) for part in one.covers}
    return [part for part in NEEDED if part not in covered]


def said_not_covered(all_of_them: Sequence[Agreement], on: datetime.date) -> str:
    """The same as a sentence; "" when all is covered."""
    lacking = [start_low(part.label) for part in not_covered(all_of_them, on)]
    if not lacking:
        return ""
    listed = lacking[0] if len(lacking) == 1 else f"{', '.join(lacking[:-1])} and {lacking[-1]}"
    return f"No agreement that lives today covers {listed}."


def asks_for_care(agreement: Agreement) -> bool:
    """V-21: publishing needs the host's approval, which puts independence at risk."""
    return agreement.publication == PublicationClause.HOST_APPROVAL


def _followers(
    agreement: Agreement, all_of_them: Sequence[Agreement], follows_as: FollowsAs, on: datetime.date
) -> list[Agreement]:
    """Those that follow it in that way and have begun, in the order of their beginning."""
    found = [one for one in all_of_them if one.follows_id == agreement.pk and one.follows_as == follows_as]
    return sorted((one for one in found if begins(one) <= on), key=lambda one: (begins(one), one.pk))
