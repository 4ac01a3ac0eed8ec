"""What the pages of getting started show: access by person and host, with its states in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from embedded.nhsuk.words import day
from programmes.clearance import (
    MOST_LISTED,
    Advice,
    advice_for,
    expires_soon,
    has_expired,
    is_live,
    lacks_permission,
)
from programmes.fitting import Question
from programmes.in_order import (
    begins_later,
    confirm_by,
    is_to_confirm,
    permission_waits,
    state_words,
    why_none_needed,
)
from programmes.models import (
    AccessItem,
    AccessKind,
    AccessState,
    HostRule,
    Organisation,
    PermissionAnswer,
    Placement,
    Residency,
)
from programmes.onboarding.clearing import NO_WORDS
from programmes.onboarding.deciding import answers_known

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


@dataclass(frozen=True)
class Group:
    """What one person needs at one host."""

    placement: Placement
    host: Organisation
    lines: list[Line]
    lacks_permission: bool
    none_needed: str
    over: bool
    advice: list[Advice]
    more: list[AccessKind] = field(default_factory=list)
    said: Mapping[str, HostRule] = field(default_factory=dict)
    question: Question | None = None
    answer: PermissionAnswer | None = None
    which: str = ""

    @property
    def missing(self) -> int:
        """A post that is over misses nothing."""
        return 0 if self.over else sum(line.missing for line in self.lines)

    @property
    def to_confirm(self) -> int:
        return 0 if self.over else sum(line.to_confirm for line in self.lines)

    @property
    def in_sight(self) -> list[Line]:
        """At most six (users.md §1): of more than that, those that wait go before those that are there."""
        if len(self.lines) <= MOST_LISTED:
            return self.lines
        first = sorted(self.lines, key=_waits_first)[:MOST_LISTED]
        return [line for line in self.lines if line in first]

    @property
    def folded(self) -> list[Line]:
        return [line for line in self.lines if line not in self.in_sight]


def _waits_first(line: Line) -> tuple[bool, int]:
    return not (line.pressing or line.missing or line.to_confirm), line.pk


@dataclass(frozen=True)
class Said:
    """What is known beside the items: what hosts say, what is asked and answered, by post and host."""

    rules: Mapping[int, Mapping[str, HostRule]]
    questions: Mapping[tuple[int, int], Question]
    answers: Mapping[tuple[int, int], PermissionAnswer]


def groups(
    residency: Residency,
    placements: Iterable[Placement],
    hosts: list[Organisation],
    today: datetime.date,
    said: Said,
    may_record: bool = False,
) -> list[Group]:
    """A group for each post and host that the person may see."""
    grace, projects = confirm_by(residency, today) is not None, list(residency.projects.all())
    within = residency.programme.expiring_within_days
    found = []
    for placement in placements:
        for host in hosts:
            items = [item for item in placement.access_items.all() if item.host_id == host.pk]
            taken, key = {item.kind for item in items}, (placement.pk, host.pk)
            known = answers_known(placement.employer, host, projects) | {"at": str(host.pk)}
            over = placement.end is not None and placement.end <= today
            waits = over or permission_waits(residency, host, items, today)
            found.append(
                Group(
                    placement=placement,
                    host=host,
                    lines=[line(item, today, within, may_record) for item in items],
                    lacks_permission=not waits and lacks_permission(placement, host, items, today),
                    none_needed=why_none_needed(placement, host, items),
                    over=over,
                    advice=advice_for(placement.employer, host),
                    more=[kind for kind in AccessKind if kind not in taken],
                    said=said.rules.get(host.pk, {}),
                    question=None if grace else said.questions.get(key),
                    answer=said.answers.get(key),
                    which=urlencode(known),
                )
            )
    return found


def line(item: AccessItem, today: datetime.date, within_days: int, may_record: bool = True) -> Line:
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


def standing(shown: Iterable[Group], residency: Residency, today: datetime.date) -> str:
    """ "2 things missing", "Nothing missing, 5 to be confirmed by 21 January 2027"."""
    found = list(shown)
    words = missing_words(sum(group.missing for group in found))
    waiting = sum(group.to_confirm for group in found)
    return f"{words}, {waiting} to be confirmed by {day(confirm_by(residency, today))}" if waiting else words


def missing_words(number: int) -> str:
    """ "2 things missing", "Nothing missing"."""
    if not number:
        return "Nothing missing"
    return f"{number} {'thing' if number == 1 else 'things'} missing"
