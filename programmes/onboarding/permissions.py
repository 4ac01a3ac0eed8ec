"""Fetches what hosts have said about permissions, and the questions that are open, for whoever may see them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from django.http import Http404

from programmes.access import ROLES, Scope
from programmes.models import (
    Activity,
    HostRule,
    Organisation,
    OrganisationPart,
    PermissionAnswer,
    PermissionCase,
    Placement,
    Programme,
    Residency,
    ResidencyOrganisation,
    Role,
)
from programmes.onboarding.fitting import FIRST_TO_THEM, Question, question_for

HOSTING = (OrganisationPart.LEAD_HOST, OrganisationPart.HOST)
OF_THE_HOST = (Role.HOST_MANAGER, Role.RD_OFFICE, Role.HR, Role.IG_LEAD)
Rules = dict[int, dict[str, HostRule]]
Pair = tuple[int, int]


def hosts_in(scope: Scope, programme: Programme, permission: str = "see_access") -> list[Organisation]:
    """The hosts in the programme for which somebody may do that: their own, or, for whoever is there for a theme, a
    residency or the whole programme, every host of the residencies in reach."""
    held = [
        m
        for m in scope.memberships
        if m.programme_id == programme.pk and permission in ROLES[m.role].permissions
    ]
    found = {m.organisation_id for m in held if m.organisation_id}
    if any(m.organisation_id is None for m in held):
        reached = scope.residencies(programme, permission).order_by().values("pk")
        parts = ResidencyOrganisation.objects.filter(residency__in=reached, part__in=HOSTING)
        found |= set(parts.values_list("organisation_id", flat=True))
    return list(Organisation.objects.filter(pk__in=found).order_by("display_name", "pk"))


def host_in(scope: Scope, programme: Programme, pk: int, permission: str = "see_access") -> Organisation:
    found = next((host for host in hosts_in(scope, programme, permission) if host.pk == pk), None)
    if found is None:
        raise Http404("No such host in reach")
    return found


def rules_of(programme: Programme, hosts: Iterable[Organisation]) -> Rules:
    """What each host says, by the number of the host and then by case."""
    said: Rules = {host.pk: {} for host in hosts}
    for rule in HostRule.objects.filter(programme=programme, host__in=list(said)).select_related(
        "recorded_by"
    ):
        said[rule.host_id][rule.case] = rule
    return said


def post_and_host(
    scope: Scope, residency: Residency, pk: int, host_pk: int
) -> tuple[Placement, Organisation]:
    """A post of this residency and a host of it for which somebody may speak; 404 else."""
    placement = residency.placements.select_related("person", "employer", "residency").filter(pk=pk).first()
    mine = {one.pk for one in hosts_in(scope, residency.programme, "state_rule")}
    host = next((one for one in residency.hosts if one.pk == host_pk and one.pk in mine), None)
    if placement is None or host is None:
        raise Http404("No such post and host in reach")
    return placement, host


def answers_in(residency: Residency) -> dict[Pair, PermissionAnswer]:
    """What hosts have said on the permissions of the posts, by post and host."""
    rows = PermissionAnswer.objects.filter(placement__residency=residency).select_related("by")
    return {(row.placement_id, row.host_id): row for row in rows}


def open_questions(
    residency: Residency,
    placements: Sequence[Placement],
    hosts: Sequence[Organisation],
    rules: Rules,
    today: datetime.date,
) -> dict[Pair, Question]:
    """The questions that nobody has answered, by post and host (V-32); `placements` with their items."""
    projects, answered = list(residency.projects.all()), set(answers_in(residency))
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
            if question and key not in answered:
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
