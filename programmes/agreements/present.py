"""What the pages of agreements say that the records do not: whether one lives, how far the agreeing is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from embedded.jobs.models import JobState
from embedded.nhsuk.words import counted, day, start_low
from programmes import concerns, contracts
from programmes.models import (
    Agreement,
    AgreementCover,
    FollowsAs,
    Residency,
    Stage,
    WorkingAgreement,
    WorkingAgreementPerson,
)

OVER: Final = (Stage.ENDED, Stage.LEGACY, Stage.TERMINATED_EARLY, Stage.WITHDRAWN, Stage.DECLINED)


@dataclass(frozen=True)
class Line:
    """One recorded contract in the list and on its page."""

    agreement: Agreement
    state: str
    colour: str
    parties: str
    covers: str
    last_day: str
    publishing: str
    asks_for_care: bool


def line(agreement: Agreement, all_of_them: Sequence[Agreement], today: datetime.date) -> Line:
    state, colour = _state(agreement, all_of_them, today)
    parties = [party.organisation.display_name for party in agreement.parties.all()]
    parties += [one.strip() for one in agreement.other_parties.split(",") if one.strip()]
    return Line(
        agreement=agreement,
        state=state,
        colour=colour,
        parties="; ".join(parties) or "Not recorded yet",
        covers=covers_words(agreement.covers) or _nothing(agreement),
        last_day=day(contracts.last_day(agreement, all_of_them, today)) or "No end recorded",
        publishing=publishing(agreement),
        asks_for_care=contracts.asks_for_care(agreement),
    )


def covers_words(covers: Sequence[str]) -> str:
    """ "Supervision, data, publication"."""
    words = [label for value, label in AgreementCover.choices if value in covers]
    return ", ".join([*words[:1], *(start_low(word) for word in words[1:])])


def _nothing(agreement: Agreement) -> str:
    return "Nothing more" if agreement.follows_as == FollowsAs.AMENDMENT else "Not recorded yet"


def publishing(agreement: Agreement) -> str:
    """V-21 in words."""
    if agreement.publication_notice_days:
        return f"Yes, after telling the host {counted(agreement.publication_notice_days, 'day')} beforehand"
    return agreement.get_publication_display() or "Not recorded yet"


def _state(agreement: Agreement, all_of_them: Sequence[Agreement], today: datetime.date) -> tuple[str, str]:
    if contracts.is_live(agreement, all_of_them, today):
        left = _days_left(agreement, all_of_them, today)
        if left is None:
            return "Live", "green"
        return (f"Ends in {counted(left, 'day')}" if left else "Ends today"), "orange"
    if contracts.is_replaced(agreement, all_of_them, today):
        return "Replaced", "grey"
    return ("Not begun", "blue") if contracts.begins(agreement) > today else ("Over", "orange")


def _days_left(agreement: Agreement, all_of_them: Sequence[Agreement], today: datetime.date) -> int | None:
    """How many days one that lives has left, where its end is near; None where it is not, or there is none."""
    end = contracts.last_day(agreement, all_of_them, today)
    return (end - today).days if end is not None and end - today <= concerns.SOON else None


def ending_soon(residency: Residency, all_of_them: Sequence[Agreement], today: datetime.date) -> list[str]:
    """A sentence for each agreement that ends soon, before the residency does, with no newer paper recorded."""
    if residency.stage in OVER:
        return []
    return [
        f"The {start_low(one.get_kind_display())} signed on {day(one.signed_on)} ends on {day(end)}, "
        f"{_in_days((end - today).days)}."
        for one, end in concerns.ends_too_soon(residency, all_of_them, today)
    ]


def to_see_to(
    residency: Residency, all_of_them: Sequence[Agreement], today: datetime.date, about: str
) -> list[str]:
    """A sentence for each that is to be looked at again soon, or that lets the host decide what is published (V-21)."""
    found = concerns.concerns_of(residency, all_of_them, today) if residency.stage not in OVER else []
    return [f"{one.with_day}." for one in found if one.about == about]


def _in_days(left: int) -> str:
    return f"in {counted(left, 'day')}" if left else "today"


def still_to_cover(residency: Residency, all_of_them: Sequence[Agreement], today: datetime.date) -> str:
    """V-20 as a sentence, while it is being set up or running; "" when all is covered or it is over."""
    return "" if residency.stage in OVER else contracts.said_not_covered(all_of_them, today)


@dataclass(frozen=True)
class Standing:
    """How far a version is."""

    words: str
    colour: str
    agreed: int
    asked: int


def standing(version: WorkingAgreement, people: Sequence[WorkingAgreementPerson]) -> Standing:
    agreed = sum(one.agreed_at is not None for one in people)
    if version.asked_at is None:
        return Standing("Draft", "grey", agreed, len(people))
    if people and agreed == len(people):
        return Standing("Everybody has agreed", "green", agreed, len(people))
    return Standing(f"{agreed} of {len(people)} have agreed", "blue", agreed, len(people))


def pdf_words(version: WorkingAgreement) -> str:
    """What to say where there is no PDF to download."""
    if version.asked_at is None:
        return "The PDF is made when people are asked to agree. The Word file is here already."
    if version.job is not None and version.job.state == JobState.FAILED:
        return f"The PDF could not be made. {version.job.error}".strip()
    return "The PDF is being made. Open this page again in a minute."


def pdf_failed(version: WorkingAgreement) -> bool:
    return version.pdf_id is None and version.job is not None and version.job.state == JobState.FAILED
