"""What recorded agreements ask somebody to see to: an end that comes too soon, a day to look again, a clause on
publishing (V-21)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from embedded.nhsuk.words import day, start_low
from programmes import contracts
from programmes.models import Agreement, FollowsAs, Residency

SOON: Final = datetime.timedelta(days=60)  # time for a contracts office to write another
LOOK_AHEAD: Final = datetime.timedelta(days=14)
END, REVIEW, PUBLISHING = "end", "review", "publishing"


@dataclass(frozen=True)
class Concern:
    """What to do, as a sentence without its stop, and by when; a clause on publishing has no day."""

    agreement: Agreement
    about: str
    words: str
    due: datetime.date | None = None

    @property
    def with_day(self) -> str:
        """Its words, with its day where they do not say it."""
        return f"{self.words}, by {day(self.due)}" if self.about == REVIEW else self.words


def concerns_of(residency: Residency, all_of_them: Sequence[Agreement], on: datetime.date) -> list[Concern]:
    """What has a day first, the nearest before the others. `all_of_them`: the residency's agreements."""
    word = residency.programme.residency_word
    found = [
        Concern(one, END, f"Renew the {_called(one)}: it ends on {day(end)}, before the {word} does", end)
        for one, end in ends_too_soon(residency, all_of_them, on)
    ]
    live = [one for one in all_of_them if contracts.is_live(one, all_of_them, on)]
    for one in live:
        if one.review_on is not None and one.review_on <= on + LOOK_AHEAD:
            found.append(Concern(one, REVIEW, f"Look again at the {_called(one)}", one.review_on))
    found.sort(key=lambda one: (one.due or on, one.agreement.pk))
    return found + [
        Concern(one, PUBLISHING, f"The {_called(one)} lets the host decide what is published")
        for one in live
        if contracts.asks_for_care(one)
    ]


def ends_too_soon(
    residency: Residency, all_of_them: Sequence[Agreement], on: datetime.date
) -> list[tuple[Agreement, datetime.date]]:
    """With its last day each that ends within 60 days, before the residency does, with no newer paper recorded."""
    found = []
    for one in all_of_them:
        end = contracts.last_day(one, all_of_them, on)
        if end is None or one.follows_as == FollowsAs.AMENDMENT or end - on > SOON:
            continue
        is_first = residency.end is None or end < residency.end
        is_followed = any(
            other.follows_id == one.pk and contracts.begins(other) > on for other in all_of_them
        )
        if is_first and not is_followed and contracts.is_live(one, all_of_them, on):
            found.append((one, end))
    return found


def _called(agreement: Agreement) -> str:
    return f"{start_low(str(agreement.get_kind_display()))} signed on {day(agreement.signed_on)}"
