"""Who may do what, as prose that a governance lead can read, and a person's scope, where every page starts."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.core.exceptions import PermissionDenied
from django.db.models import Q, prefetch_related_objects
from django.http import Http404, HttpRequest
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.database.prepared import Prepared, keep
from programmes.models import (
    Membership,
    Organisation,
    OrganisationPart,
    Placement,
    Programme,
    Residency,
    ResidencyOrganisation,
    ResidencyQuerySet,
    Role,
)

PERMISSIONS: Final = {
    "see_programme": "Open the programme's front page and the list of the residencies in reach",
    "see_residency": "Open a residency's page",
    "see_dashboard": "Read the dashboard: closed months, kinds and totals",
    "lead_programme": "Change the programme, its themes and its words",
    "invite": "Invite people, see how an invitation stands, withdraw it",
    "register": "Save an idea for a residency",
    "edit_registration": "Fill in and change the registration",
    "submit": "Send a registration for approval",
    "approve": "Approve, approve with conditions, return or decline",
    "adopt": "Bring in a residency that is already running, at its true stage",
    "see_plan": "Read what was planned together and what each said on their own",
    "plan": "Plan together: write down what was said at the table, ask people, type in what they tell",
    "set_up": "Name the person, start the residency",
    "steer": "Pause, go on, end",
    "withdraw": "Withdraw a residency that has not started",
    "write_job_description": "Write the job description, change it, or hand in HR's own form",
    "approve_job_description": "Approve a version of the job description",
    "see_access": "See which permissions and practical things are in place or missing",
    "edit_access": "Record what has been asked for and what is in place",
    "state_rule": "Say which permission the host asks for, and whether one that is in place covers the work",
    "override_start": "Let somebody start without the legal permission to be on site, with a reason",
    "accept": "Accept the post",
    "log": "Log activity and keep a diary",
    "see_log_months": "See closed months of activity by kind",
    "comment": "Comment on closed months, and on words that are shared with you",
    "see_focus": "Read the scope, what gave way for what, and what the time was agreed to be for",
    "edit_focus": "Record a change of scope and what the time is for",
    "see_supervision": "Read when supervision took place and what was agreed",
    "record_supervision": "Record a meeting of supervision",
    "see_pulse": "Read what a researcher shares of how it is going",
    "see_peer_sets": "Read which learning sets and peer groups there are, how many came, what they let out",
    "keep_peer_sets": "Make a learning set or a peer group, and say who belongs to it",
    "edit_projects": "Add projects and partners, and links to the shelf",
    "see_agreements": "See the contracts that are recorded, and the working agreement",
    "edit_agreements": "Record contracts and keep their files",
    "edit_working_agreement": "Write the working agreement and ask people to agree to it",
    "record_use": "Record what was used in a decision and ask the host to confirm it",
    "write_case": "Write a case study, say who can be recognised in it, send it to be checked, withdraw it",
    "check_case": "Check a case study for the host: agree to it or return it",
    "publish_case": "Publish a case study that the host and everybody in it agree to",
    "ask_report": "Ask for a report and read it",
    "act_for_others": "Fill in for somebody else, recorded as such",
}


@dataclass(frozen=True)
class RoleInWords:
    """What a role is, in a sentence, and what it may do within its reach."""

    role: Role
    description: str
    permissions: frozenset[str]


def _role(role: Role, description: str, *permissions: str) -> tuple[str, RoleInWords]:
    if unknown := set(permissions) - set(PERMISSIONS):
        raise ValueError(f"{role} names permissions that do not exist: {unknown}")
    return role.value, RoleInWords(role, description, frozenset(permissions))


_LEADS = (
    "see_programme see_residency see_dashboard invite register edit_registration submit approve adopt set_up steer "
    "withdraw see_access edit_access state_rule override_start see_log_months edit_projects record_use ask_report "
    "see_plan plan see_agreements edit_agreements edit_working_agreement "
    "write_job_description approve_job_description comment see_focus edit_focus see_peer_sets keep_peer_sets "
    "write_case publish_case"
).split()

ROLES: Final = dict(
    (
        _role(
            Role.PROGRAMME_LEAD,
            "Leads the programme: sees every residency in it, approves, invites, reads the dashboard and asks for "
            "reports. Never reads a private note, and never sees hours of a single day.",
            *_LEADS,
            "lead_programme",
            "act_for_others",
        ),
        _role(
            Role.PROGRAMME_OFFICER,
            "Keeps the programme's records complete and may fill in for anybody, recorded as such. Does not approve.",
            *[
                p
                for p in _LEADS
                if p not in ("approve", "approve_job_description", "override_start", "publish_case")
            ],
            "act_for_others",
        ),
        _role(
            Role.FUNDER,
            "Reads the programme's dashboard and nothing else.",
            "see_programme",
            "see_dashboard",
        ),
        _role(
            Role.THEME_LEAD,
            "Leads one theme: the same as the programme lead, for the residencies of that theme.",
            *_LEADS,
        ),
        _role(
            Role.HOST_MANAGER,
            "Manages residencies on the host's side: registers them, sees to access, sees closed months of activity, "
            "confirms what was used in a decision.",
            *(
                "see_programme see_residency register edit_registration submit set_up withdraw see_access "
                "edit_access state_rule override_start see_log_months edit_projects record_use see_plan plan "
                "see_agreements edit_agreements edit_working_agreement write_job_description "
                "comment see_focus edit_focus see_supervision record_supervision check_case"
            ).split(),
        ),
        _role(
            Role.EXEC_SPONSOR,
            "Stands behind the residency at board level and reads how it is going.",
            *"see_programme see_residency see_access see_log_months see_plan see_agreements comment see_focus".split(),
        ),
        _role(
            Role.RD_OFFICE,
            "The host's research office: reads who is on site and under which permission, and records permissions.",
            *(
                "see_programme see_residency see_access edit_access state_rule override_start see_agreements "
                "edit_agreements see_focus"
            ).split(),
        ),
        _role(
            Role.HR,
            "The host's workforce team: reads who is on site, records checks, approves job descriptions.",
            *(
                "see_programme see_residency see_access edit_access state_rule see_agreements "
                "write_job_description approve_job_description see_focus"
            ).split(),
        ),
        _role(
            Role.IG_LEAD,
            "The host's information governance lead: reads who is on site and records training and data agreements.",
            *"see_programme see_residency see_access edit_access see_agreements see_focus".split(),
        ),
        _role(
            Role.RESEARCHER,
            "Holds the post: accepts it, logs activity, keeps a diary, adds projects and partners, records use.",
            *(
                "see_programme see_residency accept see_access log see_log_months edit_projects record_use "
                "see_plan plan see_agreements edit_working_agreement "
                "comment see_focus edit_focus see_supervision record_supervision see_peer_sets write_case"
            ).split(),
        ),
        _role(
            Role.ACADEMIC_SUPERVISOR,
            "Supervises on the university's side: reads how the residency is going and the words shared by name.",
            *(
                "see_programme see_residency see_access see_log_months see_plan plan see_agreements "
                "edit_working_agreement write_job_description "
                "comment see_focus see_supervision record_supervision see_pulse see_peer_sets"
            ).split(),
        ),
        _role(
            Role.PUBLIC_PARTNER,
            "A member of the public who takes part: reads about the residency that they help to guide.",
            *"see_residency see_plan comment see_focus".split(),
        ),
    )
)

OWN_DATA_ONLY: Final = (Role.RESEARCHER, Role.PUBLIC_PARTNER)
_HOSTING: Final = (OrganisationPart.LEAD_HOST, OrganisationPart.HOST)


_LIVE_MEMBERSHIPS: Final = Prepared(
    lambda person, today: (
        Membership.objects.filter(person_id=person).live_on(today).select_related("programme")
    ),
    {"person": 2_000_000_011, "today": datetime.date(1948, 7, 5)},
)

_RESIDENCY_AT: Final = Prepared(
    lambda slug, code: Residency.objects.filter(programme__slug=slug, code=code).select_related(
        "programme", "theme"
    ),
    {"slug": "the-example", "code": "EXAM-0000-000"},
)
_ORGANISATIONS_OF: Final = Prepared(
    lambda residency: ResidencyOrganisation.objects.filter(residency_id=residency).select_related(
        "organisation"
    ),
    {"residency": 2_000_000_011},
)
_PLACEMENTS_OF: Final = Prepared(
    lambda residency: Placement.objects.filter(residency_id=residency).select_related("person"),
    {"residency": 2_000_000_011},
)


# offices of one organisation: they see and record what concerns their own site, and nothing of another's
OFFICES: Final = (Role.RD_OFFICE, Role.HR, Role.IG_LEAD)


class Scope:
    """What one person reaches on one day. Fetching through it is the permission check: what is out of reach is
    a 404, what is in reach and not allowed is a 403."""

    def __init__(
        self, person: Person, today: datetime.date, memberships: list[Membership] | None = None
    ) -> None:
        """`memberships` where they are not those of the person: see `seen_as`."""
        self.person = person
        self.today = today
        self.memberships: list[Membership] = (
            list(_LIVE_MEMBERSHIPS(person=person.pk, today=today)) if memberships is None else memberships
        )

    @cached_property
    def held(self) -> list[Membership]:
        """The same with the theme, organisation or residency of each: fetched for pages that name them, because every
        page asks for `memberships` and most need only their numbers."""
        prefetch_related_objects(self.memberships, "theme", "organisation", "residency")
        return self.memberships

    @property
    def has_log(self) -> bool:
        """Whether the person has a log of their own anywhere."""
        return any("log" in ROLES[membership.role].permissions for membership in self.memberships)

    # programmes

    def programmes(self) -> list[Programme]:
        """Those in which the person holds any membership, by name."""
        found = {m.programme_id: m.programme for m in self.memberships}
        return sorted(found.values(), key=lambda programme: programme.name)

    def programme(self, slug: str, permission: str = "see_programme") -> Programme:
        programme = next((p for p in self.programmes() if p.slug == slug), None)
        if programme is None:
            raise Http404("No programme of that name in reach")
        self._need(self.can_in_programme(permission, programme))
        return programme

    def can_in_programme(self, permission: str, programme: Programme) -> bool:
        """Whether any membership in the programme allows it, wherever in the programme it reaches."""
        return any(
            permission in ROLES[m.role].permissions
            for m in self.memberships
            if m.programme_id == programme.pk
        )

    def leads_whole(self, permission: str, programme: Programme) -> bool:
        """Whether the permission is held for the whole programme, not only for a theme, host or residency."""
        return any(
            m.programme_id == programme.pk
            and m.theme_id is m.organisation_id is m.residency_id is None
            and permission in ROLES[m.role].permissions
            for m in self.memberships
        )

    # residencies

    def residencies(
        self, programme: Programme | None = None, permission: str = "see_residency"
    ) -> ResidencyQuerySet:
        """All residencies that the person reaches with that permission."""
        reach = Q(pk__in=[])
        for membership in self.memberships:
            if permission in ROLES[membership.role].permissions:
                reach |= _reach(membership)
        found = Residency.objects.filter(reach)
        if programme is not None:
            found = found.filter(programme=programme)
        return found

    def residency(self, slug: str, code: str, permission: str = "see_residency") -> Residency:
        """The residency of that address, with what every page of it shows."""
        if "\x00" in code:  # which PostgreSQL refuses to compare
            raise Http404("No residency of that code in reach")
        for residency in _RESIDENCY_AT(slug=slug, code=code):
            keep(residency, "organisations", _ORGANISATIONS_OF(residency=residency.pk))
            if self.can("see_residency", residency):
                self._need(self.can(permission, residency))
                keep(residency, "placements", _PLACEMENTS_OF(residency=residency.pk))
                return residency
        raise Http404("No residency of that code in reach")

    def own_log(self, slug: str, code: str, permission: str = "log") -> Residency:
        """The same; and where the person once held the post: what is their own there stays theirs to read, and to take
        back. Whether they write there today is `can("log", residency)`."""
        try:
            return self.residency(slug, code, permission)
        except (Http404, PermissionDenied):
            person = self.person.pk
            part = Q(memberships__role=Role.RESEARCHER, memberships__accepted_at__isnull=False)
            held = Q(placements__person=person) | (part & Q(memberships__person=person))
            there = Residency.objects.filter(held, programme__slug=slug, code=code.replace("\x00", ""))
            if own := there.select_related("programme").first():
                return own
            raise

    def can(self, permission: str, residency: Residency) -> bool:
        return any(permission in ROLES[m.role].permissions for m in self.reaching(residency))

    def reaching(self, residency: Residency) -> list[Membership]:
        """The memberships through which the person reaches a residency."""
        hosts = {row.organisation_id for row in residency.organisations.all() if row.part in _HOSTING}
        return [m for m in self.memberships if _covers(m, residency, hosts)]

    def hosts_seen(self, residency: Residency, permission: str = "see_access") -> list[Organisation]:
        """The hosts whose access the person may see or record; an office sees its own organisation alone."""
        held = [m for m in self.reaching(residency) if permission in ROLES[m.role].permissions]
        if any(m.role not in OFFICES for m in held):
            return residency.hosts
        own = {m.organisation_id for m in held}
        return [host for host in residency.hosts if host.pk in own]

    def roles_in(self, residency: Residency) -> set[str]:
        return {m.role for m in self.reaching(residency)}

    def organisations_for(self, permission: str, programme: Programme) -> list[Organisation]:
        """The organisations of which the person's membership grants that permission in the programme."""
        return [
            m.organisation
            for m in self.held
            if m.organisation is not None
            and m.programme_id == programme.pk
            and permission in ROLES[m.role].permissions
        ]

    @staticmethod
    def _need(allowed: bool) -> None:
        if not allowed:
            raise PermissionDenied


def _reach(membership: Membership) -> Q:
    within = Q(programme_id=membership.programme_id)
    if membership.residency_id:
        return within & Q(pk=membership.residency_id)
    if membership.theme_id:
        return within & Q(theme_id=membership.theme_id)
    if membership.organisation_id:
        hosted = Residency.objects.filter(
            organisations__organisation_id=membership.organisation_id, organisations__part__in=_HOSTING
        )
        return within & Q(pk__in=hosted.values("pk"))
    return within


def _covers(membership: Membership, residency: Residency, hosts: Iterable[int]) -> bool:
    if membership.programme_id != residency.programme_id:
        return False
    if membership.residency_id:
        return membership.residency_id == residency.pk
    if membership.theme_id:
        return membership.theme_id == residency.theme_id
    if membership.organisation_id:
        return membership.organisation_id in hosts
    return True


def scope_of(request: HttpRequest) -> Scope:
    """The scope of the signed-in person, made once a request."""
    if not hasattr(request, "_scope"):
        request._scope = Scope(request.person, timezone.localdate())  # type: ignore[attr-defined]
    return request._scope  # type: ignore[attr-defined]


def seen_as(role: str, residency: Residency, today: datetime.date) -> Scope:
    """What somebody in that role reaches of this one residency, for "see what my host sees". It is nobody's scope:
    render one page about one residency from it, and nothing else."""
    part = Membership(role=role, programme=residency.programme, residency=residency, start=today)
    return Scope(Person(), today, [part])


def leads_of(residency: Residency) -> list[Person]:
    """Who decides about a residency: the programme's leads, and the lead of its theme."""
    leads = Membership.objects.filter(
        Q(role=Role.PROGRAMME_LEAD) | Q(role=Role.THEME_LEAD, theme__isnull=False, theme=residency.theme_id),
        programme=residency.programme_id,
        end=None,
        accepted_at__isnull=False,
    )
    return list({held.person_id: held.person for held in leads.select_related("person")}.values())


def who_may(permission: str, residency: Residency, today: datetime.date) -> list[Person]:
    """Whose role grants that permission for this residency on that day."""
    roles = [role for role, words in ROLES.items() if permission in words.permissions]
    hosts = [host.pk for host in residency.hosts]
    held = Membership.objects.filter(programme=residency.programme_id, role__in=roles).live_on(today)
    found = [one for one in held.select_related("person").order_by("pk") if _covers(one, residency, hosts)]
    return list({one.person_id: one.person for one in found}.values())


def needs_second_factor(person: Person) -> bool:
    """Everyone with more than their own data (P12), and who changes what everybody reads; memberships not yet accepted
    count too."""
    return (
        person.may_start_programmes
        or person.edits_library
        or Membership.objects.filter(person=person).exclude(role__in=OWN_DATA_ONLY).exists()
    )


def reader_kind(person: Person) -> str:
    """The kind of organisation that somebody signed in belongs to, for counts without names (V-97)."""
    member = Membership.objects.filter(person=person, organisation__isnull=False).live_on(
        timezone.localdate()
    )
    held = member.select_related("organisation").first()
    return held.organisation.get_kind_display() if held and held.organisation else "no organisation"


def leads_a_programme(person: Person) -> bool:
    """Whether somebody leads any programme today: they see how often the guidance is read."""
    held = Membership.objects.filter(person=person, role=Role.PROGRAMME_LEAD)
    return held.live_on(timezone.localdate()).exists()
