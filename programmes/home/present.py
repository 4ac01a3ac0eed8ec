"""What the front pages say that the records do not: hats, lines of the list, the top of a residency's page."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import reverse

from programmes.access import Scope
from programmes.lifecycle import STAGE_COLOURS, STAGE_WORDS, Step, stage_word, stages_of, steps_from
from programmes.models import (
    LEGAL_PERMISSIONS,
    AccessItem,
    AccessState,
    Invitation,
    Membership,
    Programme,
    Residency,
    ResidencyQuerySet,
    Stage,
)


@dataclass(frozen=True)
class Hat:
    """A programme, the parts that the person plays in it, and where each of them starts."""

    programme: Programme
    parts: list[str]
    starts: list[tuple[str, str]]


def hats(scope: Scope) -> list[Hat]:
    return [_hat(scope, programme) for programme in scope.programmes()]


def _hat(scope: Scope, programme: Programme) -> Hat:
    held = [m for m in scope.memberships if m.programme_id == programme.pk]
    starts = []
    if scope.can_in_programme("see_dashboard", programme):
        starts.append(("Dashboard", reverse("dashboard", args=[programme.slug])))
    for residency in scope.residencies(programme, permission="log")[:10]:
        starts.append((f"Log: {residency.title}", reverse("log", args=[programme.slug, residency.code])))
        starts.append((residency.title, residency.get_absolute_url()))
    if scope.can_in_programme("see_programme", programme):
        starts.append((f"All {programme.residencies_word}", reverse("residencies", args=[programme.slug])))
    for membership in held:
        if membership.residency and not scope.can_in_programme("see_programme", programme):
            starts.append((membership.residency.title, membership.residency.get_absolute_url()))
    return Hat(programme, [_part(membership) for membership in held], starts)


def _part(membership: Membership) -> str:
    label = membership.get_role_display()
    return label if membership.place == membership.programme else f"{label}, {membership.place}"


def waiting_invitations(scope: Scope) -> list[Invitation]:
    """Invitations of the person that wait for an answer."""
    unanswered = {"accepted_at": None, "declined_at": None, "withdrawn_at": None}
    found = Invitation.objects.filter(membership__person=scope.person, membership__end=None, **unanswered)
    found = found.select_related(
        "membership__programme", "membership__theme", "membership__organisation", "membership__residency"
    )
    return list({invitation.membership_id: invitation for invitation in found}.values())


@dataclass(frozen=True)
class Filter:
    """What the list is narrowed to; it stands in the address, so a view can be sent on (X-23)."""

    stage: str = ""
    words: str = ""
    stages: tuple[str, ...] = field(default=tuple(STAGE_WORDS))

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filter:
        stage = query.get("stage", "")
        return cls(
            stage if stage in STAGE_WORDS else "", query.get("q", "").replace("\x00", "").strip()[:100]
        )

    def apply(self, found: ResidencyQuerySet) -> ResidencyQuerySet:
        if self.stage:
            found = found.filter(stage__in=stages_of(self.stage))
        for word in self.words.split():
            found = found.filter(
                Q(title__icontains=word)
                | Q(code__icontains=word)
                | Q(organisations__organisation__display_name__icontains=word)
                | Q(placements__person__display_name__icontains=word)
            )
        return found.order_by("code").distinct()


@dataclass(frozen=True)
class Line:
    """One residency in the list."""

    code: str
    title: str
    url: str
    host: str
    people: str
    stage: str
    colour: str
    dates: str


def line(residency: Residency, today: datetime.date) -> Line:
    word = stage_word(residency.stage)
    return Line(
        code=residency.code,
        title=residency.title,
        url=residency.get_absolute_url(),
        host=residency.lead_host.display_name if residency.lead_host else "",
        people=", ".join(dict.fromkeys(str(placement.person) for placement in residency.placements.all())),
        stage=word,
        colour=STAGE_COLOURS[word],
        dates=_dates(residency, today),
    )


def _dates(residency: Residency, today: datetime.date) -> str:
    if residency.stage in (Stage.ACTIVE, Stage.PAUSED, Stage.CLOSING) and residency.end:
        left = (residency.end - today).days
        return f"{left} days left" if left >= 0 else f"{-left} days past its end"
    if residency.stage in (Stage.DECLINED, Stage.WITHDRAWN):
        return residency.get_stage_display()
    if residency.ended_on:
        return f"Ended {residency.ended_on.day} {residency.ended_on:%B %Y}"
    if residency.planned_start:
        return f"Starts {residency.planned_start.day} {residency.planned_start:%B %Y}"
    return "No dates yet"


@dataclass(frozen=True)
class Next:
    """The next thing to do, whose it is, and the page on which to do it if the person may."""

    words: str
    whose: str
    url: str = ""


@dataclass(frozen=True)
class ResidencyView:
    """The top of a residency's page and the ways on from it."""

    stage: str
    colour: str
    dates: str
    next: Next | None
    roles: list[str]
    missing: list[AccessItem]
    steps: list[Step]
    ways: list[tuple[str, str, str]]
    history: list[object]
    conditions: list[object]
    not_recorded: bool


def residency_view(scope: Scope, residency: Residency, today: datetime.date) -> ResidencyView:
    word = stage_word(residency.stage)
    missing = _missing(residency) if scope.can("see_access", residency) else []
    return ResidencyView(
        stage=word,
        colour=STAGE_COLOURS[word],
        dates=_dates(residency, today),
        next=_next(scope, residency, missing),
        roles=sorted({m.get_role_display() for m in scope.reaching(residency)}),
        missing=missing,
        steps=[step for step in steps_from(residency.stage) if _is_own_page(step, scope, residency)],
        ways=_ways(scope, residency),
        history=list(residency.stage_changes.select_related("by", "on_behalf_of")),
        conditions=list(residency.conditions.select_related("met_by")),
        not_recorded=_recently_adopted(residency, today),
    )


def _missing(residency: Residency) -> list[AccessItem]:
    in_order = [AccessState.IN_PLACE, AccessState.NOT_REQUIRED, AccessState.REVOKED]
    items = AccessItem.objects.filter(placement__residency=residency).exclude(state__in=in_order)
    return sorted(
        items.select_related("placement__person", "host"), key=lambda i: i.kind not in LEGAL_PERMISSIONS
    )


def _is_own_page(step: Step, scope: Scope, residency: Residency) -> bool:
    """Steps that are taken on the page `step`; approving, naming and starting have pages of their own."""
    elsewhere = ("submit", "approve", "return", "decline", "appoint", "start")
    return step.name not in elsewhere and scope.can(step.permission, residency)


def _next(scope: Scope, residency: Residency, missing: list[AccessItem]) -> Next | None:
    """What is next, by stage; the address only for those who may do it."""
    args = [residency.programme.slug, residency.code]
    waiting = residency.placements.filter(accepted_on__isnull=True).select_related("person").first()

    def to(words: str, whose: str, name: str, permission: str) -> Next:
        return Next(words, whose, reverse(name, args=args) if scope.can(permission, residency) else "")

    if residency.stage == Stage.IDEA:
        return to("Fill in the registration and send it", "Host manager", "registration", "edit_registration")
    if residency.stage == Stage.SCOPING:
        return to("Approve it, or return it", "Programme lead", "approval", "approve")
    if residency.stage in (Stage.APPROVED, Stage.RECRUITING):
        return to("Name the person", "Host manager", "appoint", "set_up")
    if waiting:
        return to("Accept the post", str(waiting.person), "accept", "accept")
    if residency.stage == Stage.ONBOARDING:
        return to("Start", "Host manager", "start", "set_up")
    if missing:
        item = missing[0]
        words = f"{item.get_kind_display()} is not in place"
        return to(words, item.owner_name or "Host manager", "access", "see_access")
    return None


def _ways(scope: Scope, residency: Residency) -> list[tuple[str, str, str]]:
    """(text, address, hint) of the pages that the person may open from here."""
    offered = [
        ("log", "Log what you did", "log", "Fifteen seconds: what, how long, kind"),
        ("see_log_months", "Activity by month", "log_months", "Whole months, kinds and totals"),
        ("see_residency", "Projects and partners", "projects", "What is worked on, and with whom"),
        (
            "see_residency",
            "Used in decisions",
            "uses",
            "What was used, in which decision, confirmed by the host",
        ),
        ("edit_registration", "Registration", "registration", "The answers, the conditions, the next step"),
        ("see_access", "Access", "access", "Permission to be on site, and what is still missing"),
        ("set_up", "Who guides it, and how it will end", "steering", "Reminders look at this"),
        ("see_residency", "Notes shared with you", "notes", "Those that name you as a reader"),
    ]
    args = [residency.programme.slug, residency.code]
    return [
        (text, reverse(name, args=args), hint)
        for permission, text, name, hint in offered
        if scope.can(permission, residency)
    ]


def _recently_adopted(residency: Residency, today: datetime.date) -> bool:
    adopted = residency.adopted_on
    return adopted is not None and today < adopted + datetime.timedelta(days=60)
