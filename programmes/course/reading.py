"""What the pages of the course fetch: posts and parts, the closing list, looking back."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Final

from django.http import Http404

from programmes.course import actions
from programmes.invitations import supervisors_to_invite
from programmes.lifecycle import LOOK_BACK_AFTER
from programmes.models import (
    ClosingKind,
    ClosingTask,
    LookingBack,
    Part,
    PartChange,
    Placement,
    PostChange,
    Residency,
    Role,
)

SUPERVISING: Final = [part for part, role in actions.ROLES.items() if role == Role.ACADEMIC_SUPERVISOR]
REGISTERED: Final = (Part.HOST_MANAGER, Part.ACADEMIC_SUPERVISOR)


@dataclass(frozen=True)
class PostLine:
    """A post: who, how much, from when to when, whether it can still change, and who took it over."""

    pk: int
    person: str
    role: str
    employer: str
    share: str
    dates: tuple[datetime.date, datetime.date | None]
    is_over: bool
    is_withdrawn: bool
    accepted: bool
    handed_to: str
    changes: int


@dataclass(frozen=True)
class PartLine:
    """A part, who has it, since when where that is known, and who had it until when. `invites`: it comes with an
    account. `asks_address`: they are invited, or can be asked by link. `in_registration`: until it has started, it is
    filled in there. `to_invite`: an academic supervisor with an address whom nobody has invited."""

    part: str
    called: str
    name: str
    since: datetime.date | None
    earlier: list[tuple[str, datetime.date]]
    invites: bool
    asks_address: bool
    in_registration: bool
    to_invite: bool = False


@dataclass(frozen=True)
class TaskLine:
    """A line of the closing list; `version` is 0 while nobody recorded anything."""

    kind: str
    words: str
    owner: str
    due: datetime.date | None
    done_on: datetime.date | None
    version: int


@dataclass(frozen=True)
class LookLine:
    """One of the two days on which we look back."""

    months: int
    due: datetime.date
    row: LookingBack | None
    letter_problem: str = ""

    @property
    def open(self) -> bool:
        """Nobody has answered yet."""
        return self.row is None or self.row.answered_at is None


def post_lines(residency: Residency, today: datetime.date) -> list[PostLine]:
    rows = residency.placements.select_related("person", "employer").prefetch_related(
        "changes__successor__person"
    )
    return [_post_line(row, list(row.changes.all()), today) for row in rows]


def _post_line(row: Placement, changes: list[PostChange], today: datetime.date) -> PostLine:
    handed = next((one.successor for one in changes if one.successor), None)
    return PostLine(
        pk=row.pk,
        person=str(row.person),
        role=row.role,
        employer=str(row.employer) if row.employer else "",
        share=f"{row.wte:.2f} of full time",
        dates=(row.start, row.end),
        is_over=row.is_withdrawn or (row.end is not None and row.end <= today),
        is_withdrawn=row.is_withdrawn,
        accepted=row.accepted_on is not None,
        handed_to=str(handed.person) if handed else "",
        changes=len([one for one in changes if one.successor is None]),
    )


def post_of(residency: Residency, pk: int) -> Placement | None:
    found = residency.placements.select_related("person", "employer", "residency__programme")
    return found.filter(pk=pk).first()


def part_lines(residency: Residency) -> list[PartLine]:
    changes, waiting = list(residency.part_changes.all()), supervisors_to_invite(residency)
    found = [_part_line(residency, part, changes) for part in Part]
    names = [name for name, _ in waiting]
    found = [replace(one, to_invite=one.name in names and one.part in SUPERVISING) for one in found]
    return [
        one for one in found if one.part != Part.SECOND_SUPERVISOR or one.name or _has_two_homes(residency)
    ]


def _has_two_homes(residency: Residency) -> bool:
    """A second academic supervisor is asked for where there is a second academic home."""
    return len(residency.academic_homes) > 1


def part_line(residency: Residency, part: str) -> PartLine:
    """404 for a part that there is not."""
    if part not in Part.values:
        raise Http404("No such part")
    return _part_line(residency, Part(part), list(residency.part_changes.filter(part=part)))


def _part_line(residency: Residency, part: Part, changes: list[PartChange]) -> PartLine:
    mine, name = [one for one in changes if one.part == part], getattr(residency, actions.FIELDS[part])
    return PartLine(
        part=part.value,
        called=str(part.label),
        name=name,
        since=mine[-1].on if mine and mine[-1].new_name == name else None,
        earlier=[(one.old_name, one.on) for one in mine if one.old_name],
        invites=part in actions.ROLES,
        asks_address=part in actions.ROLES or part in actions.ADDRESSES,
        in_registration=part in REGISTERED and residency.started_on is None,
    )


def task_lines(residency: Residency) -> list[TaskLine]:
    rows = {row.kind: row for row in residency.closing_tasks.all()}
    return [_task_line(kind, rows.get(kind)) for kind in ClosingKind]


def task_line(residency: Residency, kind: str) -> TaskLine:
    """404 for a line that there is not."""
    if kind not in ClosingKind.values:
        raise Http404("No such line")
    return _task_line(ClosingKind(kind), residency.closing_tasks.filter(kind=kind).first())


def _task_line(kind: ClosingKind, row: ClosingTask | None) -> TaskLine:
    if row is None:
        return TaskLine(kind.value, str(kind.label), "", None, None, 0)
    return TaskLine(kind.value, str(kind.label), row.owner_name, row.due, row.done_on, row.version)


def look_lines(residency: Residency) -> list[LookLine]:
    """Both days; none while it has not ended."""
    rows = {row.months: row for row in residency.looking_back.all()}
    found = []
    for months in LOOK_BACK_AFTER:
        due = actions.due_on(residency, months)
        if due and residency.stage in actions.OVER:
            row = rows.get(months)
            found.append(LookLine(months, due, row, actions.letter_problem(row) if row else ""))
    return found
