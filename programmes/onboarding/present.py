"""What the pages of getting started show: access by person and host, with its states in words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from embedded.nhsuk.words import day
from programmes.clearance import MOST_LISTED, Advice, advice_for, lacks_permission
from programmes.fitting import Question
from programmes.in_order import confirm_by, permission_waits, why_none_needed
from programmes.models import (
    AccessKind,
    HostRule,
    Organisation,
    PermissionAnswer,
    Placement,
    Residency,
)
from programmes.onboarding.deciding import answers_known
from programmes.onboarding.item_line import Line, line


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
            over = placement.is_withdrawn or (placement.end is not None and placement.end <= today)
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
