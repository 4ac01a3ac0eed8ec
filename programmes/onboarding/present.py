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
from programmes.measures.attention import GRACE_AFTER_ADOPTION
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
from programmes.onboarding.deciding import answers_known
from programmes.onboarding.fitting import Question

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
    """One access item as the list shows it: its state in words, never by colour alone."""

    pk: int
    name: str
    state: str
    note: str
    colour: str
    owner: str
    due: str
    missing: bool
    pressing: bool = False


@dataclass(frozen=True)
class Group:
    """What one person needs at one host."""

    placement: Placement
    host: Organisation
    lines: list[Line]
    lacks_permission: bool
    advice: list[Advice]
    more: list[AccessKind] = field(default_factory=list)
    said: Mapping[str, HostRule] = field(default_factory=dict)
    question: Question | None = None
    answer: PermissionAnswer | None = None
    which: str = ""

    @property
    def missing(self) -> int:
        return sum(line.missing for line in self.lines)

    @property
    def in_sight(self) -> list[Line]:
        """At most six (users.md §1): of more than that, those that wait go before those that are there."""
        if len(self.lines) <= MOST_LISTED:
            return self.lines
        first = sorted(self.lines, key=lambda line: (not (line.pressing or line.missing), line.pk))[
            :MOST_LISTED
        ]
        return [line for line in self.lines if line in first]

    @property
    def folded(self) -> list[Line]:
        return [line for line in self.lines if line not in self.in_sight]


def in_grace(residency: Residency, today: datetime.date) -> bool:
    """For 60 days after adoption what is not entered is grey, never red (users.md decision 1)."""
    return residency.adopted_on is not None and today < residency.adopted_on + GRACE_AFTER_ADOPTION


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
) -> list[Group]:
    """A group for each post and host that the person may see."""
    grace, projects = in_grace(residency, today), list(residency.projects.all())
    within = residency.programme.expiring_within_days
    found = []
    for placement in placements:
        for host in hosts:
            items = [item for item in placement.access_items.all() if item.host_id == host.pk]
            taken, key = {item.kind for item in items}, (placement.pk, host.pk)
            known = answers_known(placement.employer, host, projects) | {"at": str(host.pk)}
            found.append(
                Group(
                    placement=placement,
                    host=host,
                    lines=[line(item, today, within, grace) for item in items],
                    lacks_permission=not grace and lacks_permission(placement, host, items, today),
                    advice=advice_for(placement.employer, host),
                    more=[kind for kind in AccessKind if kind not in taken],
                    said=said.rules.get(host.pk, {}),
                    question=None if grace else said.questions.get(key),
                    answer=said.answers.get(key),
                    which=urlencode(known),
                )
            )
    return found


def line(item: AccessItem, today: datetime.date, within_days: int, grace: bool = False) -> Line:
    """V-34: what is about to run out, or has, says so in words."""
    words, colour = item.get_state_display(), COLOURS[AccessState(item.state)]
    live, note = is_live(item, today), ""
    if has_expired(item, today):
        words, colour, note = "Ran out", "red", f"on {day(item.expires_on)}"
    elif expires_soon(item, today, within_days):
        words, colour, note = "Runs out soon", "orange", f"on {day(item.expires_on)}"
    elif live and item.expires_on:
        note = f"until {day(item.expires_on)}"
    elif grace and item.state == AccessState.REQUIRED:
        words = "Not recorded yet"
    due = day(item.due)
    if item.due and item.due < today and not live and item.state != AccessState.NOT_REQUIRED and not grace:
        due = f"{due}, overdue"
    return Line(
        pk=item.pk,
        name=item.get_kind_display(),
        state=words,
        note=note,
        colour=colour,
        owner=item.owner_name or "Nobody named",
        due=due,
        missing=not live and item.state != AccessState.NOT_REQUIRED,
        pressing=expires_soon(item, today, within_days),
    )


def missing_words(number: int) -> str:
    """ "2 things missing", "Nothing missing"."""
    if not number:
        return "Nothing missing"
    return f"{number} {'thing' if number == 1 else 'things'} missing"
