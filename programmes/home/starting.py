"""What somebody's front page offers: invitations, the parts they play, and where each of them starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.urls import reverse

from embedded.nhsuk.words import counted
from programmes.access import Scope
from programmes.home.following import Next, concerns_for, next_step, sooner
from programmes.home.lines import Line, line
from programmes.lifecycle import stages_of
from programmes.models import Activity, Invitation, Membership, Placement, Programme, Residency

MOST: Final = 10


@dataclass(frozen=True)
class Place:
    """A residency on the front page, and what is next there if it is the reader's to do."""

    line: Line
    next: Next | None
    log: str


@dataclass(frozen=True)
class Hat:
    """A programme, the parts that the person plays in it, what they do there and which residencies they reach;
    `ended` are those of their own that are over, with their addresses."""

    programme: Programme
    parts: list[str]
    places: list[Place]
    ended: list[tuple[str, str]]
    register: str
    starts: list[tuple[str, str]]


def hats(scope: Scope) -> list[Hat]:
    return [_hat(scope, programme) for programme in scope.programmes()]


def _hat(scope: Scope, programme: Programme) -> Hat:
    held = [m for m in scope.held if m.programme_id == programme.pk]
    may_register = scope.can_in_programme("register", programme)
    return Hat(
        programme=programme,
        parts=_parts(held, programme),
        places=_places(scope, programme),
        ended=_ended(held, programme),
        register=reverse("idea_new", args=[programme.slug]) if may_register else "",
        starts=_starts(scope, programme),
    )


def _parts(held: list[Membership], programme: Programme) -> list[str]:
    """The same part in several residencies is said once."""
    roles: dict[str, list[Membership]] = {}
    for one in held:
        roles.setdefault(one.role if one.residency_id else f"{one.role} {one.pk}", []).append(one)
    found = []
    for those in roles.values():
        number = len({one.residency_id for one in those})
        many = counted(number, programme.residency_word, programme.residencies_word)
        found.append(f"{those[0].get_role_display()} of {many}" if number > 1 else _part(those[0]))
    return found


def _ended(held: list[Membership], programme: Programme) -> list[tuple[str, str]]:
    over = {one.residency for one in held if one.residency and one.residency.stage in stages_of("ended")}
    there = sorted(over, key=lambda residency: residency.code)
    return [(one.title, reverse("residency", args=[programme.slug, one.code])) for one in there]


def _part(membership: Membership) -> str:
    label = membership.get_role_display()
    return label if membership.place == membership.programme else f"{label}, {membership.place}"


def _places(scope: Scope, programme: Programme) -> list[Place]:
    """At most ten that have not ended, those with something for the reader to do first."""
    found = scope.residencies(programme).exclude(stage__in=stages_of("ended"))
    found = found.with_places().prefetch_related("conditions", "agreements")
    found = found.order_by("code").distinct()[:MOST]
    places = [_place(scope, residency) for residency in found]
    return sorted(places, key=lambda place: place.next is None)


def _place(scope: Scope, residency: Residency) -> Place:
    own = next_step(scope, residency)
    may_log = scope.can("log", residency) and own is None
    following = sooner(scope, residency, own, residency.conditions.all(), concerns_for(scope, residency))
    return Place(
        line=line(residency, scope.today),
        next=following if following and following.url else None,
        log=reverse("log", args=[residency.programme.slug, residency.code]) if may_log else "",
    )


def _starts(scope: Scope, programme: Programme) -> list[tuple[str, str]]:
    offered = [
        ("see_dashboard", "Dashboard", "dashboard"),
        ("see_programme", f"All {programme.residencies_word}", "residencies"),
        ("edit_access", "Our people on site", "people_on_site"),
        ("ask_report", "Reports", "reports"),
    ]
    return [
        (text, reverse(name, args=[programme.slug]))
        for permission, text, name in offered
        if scope.can_in_programme(permission, programme)
    ]


def waiting_invitations(scope: Scope) -> list[Invitation]:
    """Invitations of the person that wait for an answer."""
    unanswered = {"accepted_at": None, "declined_at": None, "withdrawn_at": None}
    found = Invitation.objects.filter(membership__person=scope.person, membership__end=None, **unanswered)
    found = found.select_related(
        "membership__programme", "membership__theme", "membership__organisation", "membership__residency"
    )
    return list({invitation.membership_id: invitation for invitation in found}.values())


def had_log(scope: Scope) -> bool:
    """Whether the person ever held a post or logged: what they have of it stays theirs."""
    posts = Placement.objects.filter(person=scope.person)
    return posts.exists() or Activity.objects.of(scope.person).exists()


def has_held_a_post(scope: Scope) -> bool:
    """Whether a post of the person is over; its log stays theirs."""
    return Placement.objects.filter(person=scope.person, end__lte=scope.today).exists()
