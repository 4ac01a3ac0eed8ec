"""What the pages of the team fetch, and which roles somebody may give away."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.http import Http404

from embedded.nhsuk.addresses import is_number
from programmes import invitations
from programmes.access import Scope
from programmes.models import (
    ORGANISATION_ROLES,
    PROGRAMME_ROLES,
    RESIDENCY_ROLES,
    THEME_ROLES,
    Invitation,
    Membership,
    Programme,
    ResidencyQuerySet,
    Role,
)

SHARED = {"host_manager": "organisation", "exec_sponsor": "organisation"}


@dataclass(frozen=True)
class Line:
    """A part that somebody plays, and how the invitation to it stands."""

    membership: Membership
    state: str
    invitation: Invitation | None


def team_of(scope: Scope, programme: Programme, today: datetime.date, now: datetime.datetime) -> list[Line]:
    """Everyone with a part that has not ended: all of it for those who invite to the whole programme, otherwise
    the parts in the residencies in reach."""
    found = (
        Membership.objects.filter(programme=programme, end=None)
        .select_related("person", "theme", "organisation", "residency", "programme")
        .prefetch_related("invitations__link")
        .order_by("person__display_name", "pk")
    )
    if not scope.leads_whole("invite", programme):
        found = found.filter(residency__in=scope.residencies(programme, permission="invite").values("pk"))
    return [_line(membership, now) for membership in found]


def _line(membership: Membership, now: datetime.datetime) -> Line:
    latest = next(iter(membership.invitations.all()), None)
    if membership.accepted_at:
        return Line(membership, "Takes part", latest)
    return Line(membership, invitations.state_of(latest, now) if latest else "Not invited yet", latest)


def roles_to_give(scope: Scope, programme: Programme) -> list[str]:
    """Leads give every role; officers all but those that lead; others the roles in a residency of theirs."""
    if not scope.leads_whole("invite", programme):
        return [role for role in RESIDENCY_ROLES if role not in SHARED]
    roles = [*PROGRAMME_ROLES, *THEME_ROLES, *ORGANISATION_ROLES]
    roles += [role for role in RESIDENCY_ROLES if role not in ORGANISATION_ROLES]
    if not scope.leads_whole("approve", programme):
        roles = [role for role in roles if role not in (Role.PROGRAMME_LEAD, Role.THEME_LEAD)]
    return [role.value for role in roles]


def role_called(role: str) -> Role:
    return Role(role)


def named_already(residencies: ResidencyQuerySet, role: str, number: str) -> dict[str, str]:
    """For the form: the academic supervisor whom a residency names and nobody has invited."""
    found = residencies.filter(pk=int(number)).first() if is_number(number) else None
    if found is None or role != Role.ACADEMIC_SUPERVISOR:
        return {}
    name, email = next(iter(invitations.supervisors_to_invite(found)), ("", ""))
    return {"name": name, "email": email, "residency": str(found.pk)}


def place_of(role: str) -> str:
    """Where a role belongs: "", "theme", "organisation" or "residency"."""
    if role in PROGRAMME_ROLES:
        return ""
    if role in THEME_ROLES:
        return "theme"
    return "organisation" if role in ORGANISATION_ROLES else "residency"


def membership_of(scope: Scope, programme: Programme, pk: int) -> Membership:
    """A part in reach that has not ended; roles that the person may not give, they may not end either."""
    found = Membership.objects.filter(
        programme=programme, pk=pk, end=None, role__in=roles_to_give(scope, programme)
    ).select_related("person", "theme", "organisation", "residency", "programme")
    if not scope.leads_whole("invite", programme):
        found = found.filter(residency__in=scope.residencies(programme, permission="invite").values("pk"))
    membership = found.first()
    if membership is None:
        raise Http404("No such part in reach")
    return membership


def invitation_of(scope: Scope, programme: Programme, pk: int) -> Invitation:
    """An invitation in reach; any other is a 404."""
    found = Invitation.objects.filter(membership__programme=programme, pk=pk).select_related(
        "link", "membership__person", "membership__programme", "membership__theme"
    )
    if not scope.leads_whole("invite", programme):
        reach = scope.residencies(programme, permission="invite").values("pk")
        found = found.filter(membership__residency__in=reach)
    invitation = found.first()
    if invitation is None:
        raise Http404("No invitation of that number in reach")
    return invitation


def own_invitation(scope: Scope, pk: int) -> Invitation:
    """An invitation of the person who looks, not yet answered."""
    invitation = (
        Invitation.objects.filter(pk=pk, membership__person=scope.person)
        .select_related("membership__programme", "membership__residency", "membership__person")
        .first()
    )
    if invitation is None:
        raise Http404("No invitation of that number is yours")
    return invitation
