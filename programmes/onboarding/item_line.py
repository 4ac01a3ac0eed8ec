"""One access item in words: how it stands, until when, what is recorded of it, who sees to it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from embedded.nhsuk.words import day
from programmes.clearance import expires_soon, has_expired, is_live
from programmes.in_order import begins_later, confirm_by, is_to_confirm, state_words
from programmes.models import AccessItem, AccessState
from programmes.onboarding.clearing import NO_WORDS

COLOURS: Final = {
    AccessState.REQUIRED: "grey",
    AccessState.REQUESTED: "blue",
    AccessState.IN_PROGRESS: "blue",
    AccessState.IN_PLACE: "green",
    AccessState.NOT_REQUIRED: "white",
    AccessState.PROBLEM: "red",
    AccessState.REFUSED: "red",
    AccessState.REVOKED: "grey",
}


@dataclass(frozen=True)
class Line:
    """One access item as the list shows it: its state in words, never by colour alone; and what somebody wrote of a
    problem."""

    pk: int
    name: str
    state: str
    note: str
    colour: str
    owner: str
    due: str
    missing: bool
    pressing: bool = False
    to_confirm: bool = False
    facts: str = ""
    words: str = ""


def line(item: AccessItem, today: datetime.date, within_days: int, may_record: bool) -> Line:
    """V-34: what is about to run out, or has, says so in words."""
    residency = item.placement.residency
    words, colour = state_words(item, today), COLOURS[AccessState(item.state)]
    live, waits, note = is_live(item, today), is_to_confirm(item, residency, today), ""
    soon = expires_soon(item, today, within_days)
    if has_expired(item, today):
        colour, note = "red", f"on {day(item.expires_on)}"
    elif begins_later(item, today):
        colour, note = "blue", f"It begins on {day(item.issued_on)}"
    elif soon:
        words, colour, note = "Runs out soon", "orange", f"on {day(item.expires_on)}"
    elif live and item.expires_on:
        note = f"until {day(item.expires_on)}"
    elif waits:
        words, note = "To be confirmed", f"by {day(confirm_by(residency, today))}"
    missing = not live and item.state != AccessState.NOT_REQUIRED and not waits
    late = item.due is not None and item.due < today and missing
    return Line(
        pk=item.pk,
        name=item.get_kind_display(),
        state=words,
        note=note,
        colour=colour,
        owner=item.owner_name or "Nobody named",
        due=f"{day(item.due)}, overdue" if late else day(item.due),
        missing=missing,
        pressing=soon,
        to_confirm=waits,
        facts=_facts(item, may_record),
        words=item.reason if item.state in (AccessState.PROBLEM, AccessState.REFUSED) else "",
    )


def _facts(item: AccessItem, may_record: bool) -> str:
    """What is recorded of a thing that is in place, or why it is not needed; of a check only the day on which it was
    seen, unless the reader records it (V-31)."""
    guarded = item.kind in NO_WORDS and not may_record
    if item.state == AccessState.NOT_REQUIRED:
        return "" if guarded else f"Because: {item.reason}"
    if item.state != AccessState.IN_PLACE:
        return ""
    seen = item.kind in NO_WORDS
    by = f" by {item.issuer}" if item.issuer and not guarded else ""
    told = [
        f"{'Seen' if seen else 'Issued'}{f' {day(item.issued_on)}' if item.issued_on else ''}{by}"
        if item.issued_on or by
        else "",
        f"Reference {item.reference}" if item.reference and not guarded else "",
        f"Kept at {item.kept_at}" if item.kept_at and not guarded else "",
    ]
    return ". ".join(filter(None, told))
