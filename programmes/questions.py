"""Fetches what hosts have said about permissions, and the questions that are open, for whoever may see them (V-32)."""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Sequence

from programmes.access import ROLES, Scope
from programmes.fitting import FIRST_TO_THEM, Question, question_for
from programmes.models import (
    Activity,
    HostRule,
    Organisation,
    PermissionAnswer,
    PermissionCase,
    Placement,
    Programme,
    Residency,
    Role,
)

OF_THE_HOST = (Role.HOST_MANAGER, Role.RD_OFFICE, Role.HR, Role.IG_LEAD)
Rules = dict[int, dict[str, HostRule]]
Pair = tuple[int, int]


def shown_questions(
    scope: Scope,
    residency: Residency,
    placements: Sequence[Placement],
    hosts: Sequence[Organisation],
    rules: Rules,
    answers: Container[Pair],
) -> dict[Pair, Question]:
    """Those of the open questions that the reader is shown; `placements` with their items."""
    found = open_questions(residency, placements, hosts, rules, answers, scope.today)
    return {key: one for key, one in found.items() if is_shown(scope, residency, one, scope.today)}


def rules_of(programme: Programme, hosts: Iterable[Organisation]) -> Rules:
    """What each host says, by the number of the host and then by case."""
    said: Rules = {host.pk: {} for host in hosts}
    for rule in HostRule.objects.filter(programme=programme, host__in=list(said)).select_related(
        "recorded_by"
    ):
        said[rule.host_id][rule.case] = rule
    return said


def answers_in(residency: Residency) -> dict[Pair, PermissionAnswer]:
    """What hosts have said on the permissions of the posts, by post and host."""
    rows = PermissionAnswer.objects.filter(placement__residency=residency).select_related("by")
    return {(row.placement_id, row.host_id): row for row in rows}


def open_questions(
    residency: Residency,
    placements: Sequence[Placement],
    hosts: Sequence[Organisation],
    rules: Rules,
    answers: Container[Pair],
    today: datetime.date,
) -> dict[Pair, Question]:
    """The questions that nobody has answered, by post and host (V-32); `placements` with their items, `answers` as
    `answers_in` gives them."""
    projects = list(residency.projects.all())
    worked = _worked_at(residency, today) if len(residency.hosts) > 1 else None
    found = {}
    for placement in placements:
        if placement.start > today or (placement.end is not None and placement.end <= today):
            continue
        for host in hosts:
            key = (placement.pk, host.pk)
            here = [
                one for one in projects if worked is None or (placement.person_id, host.pk, one.pk) in worked
            ]
            question = question_for(
                placement,
                host,
                items=list(placement.access_items.all()),
                projects=here,
                rule=rules.get(host.pk, {}).get(PermissionCase.NOT_RESEARCH),
                on=today,
            )
            if question and key not in answers:
                found[key] = question
    return found


def is_shown(scope: Scope, residency: Residency, question: Question, today: datetime.date) -> bool:
    """First to the researcher and the host; to those who keep the list too, once it has waited for four weeks."""
    if question.placement.person_id == scope.person.pk:
        return True
    reaching = scope.reaching(residency)
    if any(m.role in OF_THE_HOST and m.organisation_id == question.host.pk for m in reaching):
        return True
    keeps = any(m.organisation_id is None and "edit_access" in ROLES[m.role].permissions for m in reaching)
    return keeps and today >= question.since + FIRST_TO_THEM


def _worked_at(residency: Residency, today: datetime.date) -> set[tuple[int, int | None, int | None]]:
    """Where there are several hosts: who worked at which of them on which project, in closed months alone (users.md
    decision 8)."""
    closed = Activity.objects.filter(
        residency=residency, project__isnull=False, host__isnull=False, date__lt=today.replace(day=1)
    )
    return set(closed.order_by().values_list("person_id", "host_id", "project_id").distinct())
