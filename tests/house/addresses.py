"""Every address of the product by name, and one of each that leads to something in a test's world."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from programmes import invitations
from programmes.entries.words import Words
from programmes.entries.writing import Entry, log_activity
from programmes.models import (
    AccessItem,
    Activity,
    Agreement,
    Condition,
    Contribution,
    Interest,
    JobDescription,
    Partner,
    Plan,
    PlanRound,
    PlanSay,
    PlanVoice,
    Project,
    Report,
    ResidencyFile,
    ShelfLink,
    UseInDecision,
    WorkingAgreementPerson,
)
from programmes.planning import actions as planning
from tests.house import things as rooms_of_the_log
from tests.house.agreed import contract_in, named_in
from tests.house.described import described_in
from tests.house.handed import handed_in
from tests.house.registry import MAKERS, WORDS
from tests.house.registry import NUMBERED as NUMBERED_OF_ROOMS
from tests.world import World, join, make_person

ALLAUTH = ("account_", "mfa_")
OF_DRAFTS = {"continue", "draft_save"}
OWN_ACCOUNT = {"account_details", "account_sign_in_end", "account_sign_ins", "account_sign_out_elsewhere"}


def patterns(resolver: Any = None) -> Iterator[URLPattern]:
    """Every URL pattern, those included from other files too."""
    for one in (resolver or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one)
        else:
            yield one


def all_names() -> list[str]:
    return sorted({pattern.name or "" for pattern in patterns()})


def is_allauths(name: str) -> bool:
    return name.startswith(ALLAUTH) and name not in OWN_ACCOUNT


def our_names() -> list[str]:
    return [name for name in all_names() if not is_allauths(name)]


@dataclass
class Things:
    """One of everything in a world, with words in it that nobody else may read."""

    world: World
    canary: str
    project: Project
    partner: Partner
    contribution: Contribution
    activity: Activity
    use: UseInDecision
    access_item: AccessItem
    condition: Condition
    report: Report
    membership: Any
    invitation: Any
    plan_voice: PlanVoice
    plan_round: PlanRound
    plan_own: PlanVoice
    residency_file: ResidencyFile
    agreement: Agreement
    named: WorkingAgreementPerson
    job_description: JobDescription
    shelf_link: ShelfLink
    interest: Interest
    more: dict[str, Any] = field(default_factory=dict)

    def number_of(self, name: str) -> int:
        """That of the thing of this name, of our own fields or of a room's registry."""
        found = self.more[name] if name in self.more else getattr(self, name)
        return int(found.pk)


def things_in(world: World, canary: str = "canary") -> Things:
    """Fills a world with one of everything; free text and names carry the canary."""
    today, now = timezone.localdate(), timezone.now()
    residency, researcher = world.residency, world.people["researcher"]
    residency.title = f"{canary} residency"
    residency.problem = f"{canary} problem"
    residency.save()
    project = Project.objects.create(
        residency=residency, title=f"{canary} project", started_on=today, added_by=researcher
    )
    partner = Partner.objects.create(programme=world.programme, name=f"{canary} partner", kind="carer")
    project.partners.create(partner=partner, since=today)
    contribution = Contribution.objects.create(
        project=project,
        partner=partner,
        stage="design",
        mode="consulted",
        on=today,
        description=f"{canary} contribution",
        recorded_by=researcher,
    )
    entry = Entry(date=today, minutes=60, kind="relational", words=Words(f"{canary} what"))
    activity = log_activity(residency=residency, entry=entry, by=researcher)
    use = UseInDecision.objects.create(
        residency=residency,
        what=f"{canary} use",
        decision="x",
        decided_by="y",
        decided_on=today,
        recorded_by=researcher,
        recorded_at=now,
    )
    item = AccessItem.objects.create(
        placement=world.placement, host=world.host, kind="badge", owner_name=f"{canary} owner"
    )
    condition = Condition.objects.create(
        residency=residency,
        what=f"{canary} condition",
        owner_name="x",
        due=today,
        set_by=world.people["programme_lead"],
    )
    report = Report.objects.create(
        programme=world.programme,
        start=today.replace(day=1),
        end=today.replace(day=2),
        asked_by=world.people["programme_lead"],
        asked_at=now,
        prepared_for=f"{canary} report",
    )
    membership = join(make_person(f"{canary} funder"), "funder", world.programme)
    invitation = invitations.offer(
        person=make_person(f"{canary} invited"),
        programme=world.programme,
        role="hr",
        place=world.host,
        by=world.people["programme_lead"],
        at=now,
        on=today,
    )
    things = Things(
        world,
        canary,
        project,
        partner,
        contribution,
        activity,
        use,
        item,
        condition,
        report,
        membership,
        invitation,
        *planned_in(world, canary),
        handed_in(world, canary),
        contract_in(world, canary),
        named_in(world, canary),
        described_in(world, canary),
        shelf_link_in(world, canary),
        interest_in(world, canary),
    )
    assert rooms_of_the_log
    for name, make in MAKERS.items():
        things.more[name] = make(things)
    return things


def interest_in(world: World, canary: str) -> Interest:
    """Interest that waits for an answer, in a programme that takes it."""
    world.programme.takes_interest = True
    world.programme.save(update_fields=["takes_interest"])
    return Interest.objects.create(
        programme=world.programme,
        organisation_name=f"{canary} trust",
        problem=f"{canary} problem",
        name=f"{canary} name",
        email="interested@trust.example",
        registered_on=timezone.localdate(),
    )


def shelf_link_in(world: World, canary: str) -> ShelfLink:
    return ShelfLink.objects.create(
        residency=world.residency,
        title=f"{canary} link",
        address=f"https://teams.example/{world.residency.shelf.count()}",
        added_by=world.people["host_manager"],
    )


def planned_in(world: World, canary: str) -> tuple[PlanVoice, PlanRound, PlanVoice]:
    """One visit at the table, a member of the public who was asked, and two people asked apart, of whom the second
    has an account and has not answered."""
    residency, by, at = world.residency, world.people["researcher"], timezone.now()
    said = {"outcomes": (f"{canary} outcome", "between"), "skills": (f"{canary} skill", "")}
    there = [planning.Somebody(f"{canary} present", "public")]
    visit = planning.VisitWords(on=timezone.localdate(), there=there, answers=said)
    version = Plan.objects.filter(residency=residency).values_list("version", flat=True).first() or 0
    planning.save_visit(residency=residency, visit=visit, version=version, by=by, at=at)
    voice = planning.ask_partner(residency=residency, name=f"{canary} voice", offered="x", by=by, at=at)
    asked = PlanRound.objects.create(residency=residency, themes=["power"], asked_by=by, asked_at=at)
    for name, person in (("one", None), ("other", by)):
        PlanVoice.objects.create(
            residency=residency,
            round=asked,
            name=f"{canary} {name}",
            part="host",
            person=person,
            asked_by=by,
            asked_at=at,
        )
    apart, own = asked.voices.all()
    PlanSay.objects.create(voice=apart, question="power", words=f"{canary} say", position="between")
    return voice, asked, own


# the thing that the number in an address counts, by the name of its field in Things
NUMBERED = {
    "access_ask": "access_item",
    "access_item": "access_item",
    "agreement": "agreement",
    "agreement_download": "agreement",
    "agreement_edit": "agreement",
    "agreement_file": "agreement",
    "condition_met": "condition",
    "contribution_add": "project",
    "contribution_agreed": "contribution",
    "interest_answer": "interest",
    "invitation": "invitation",
    "invitation_accept": "invitation",
    "job_description_approve": "job_description",
    "job_description_download": "job_description",
    "job_description_version": "job_description",
    "log_entry": "activity",
    "log_remove": "activity",
    "membership_end": "membership",
    "partner_add": "project",
    "planning_own": "plan_own",
    "planning_round": "plan_round",
    "planning_voice": "plan_voice",
    "project": "project",
    "project_edit": "project",
    "report": "report",
    "report_pdf": "report",
    "residency_file": "residency_file",
    "residency_file_bad": "residency_file",
    "shelf_remove": "shelf_link",
    "use": "use",
    "working_agreement_person": "named",
}


def address_of(name: str, things: Things, **other: Any) -> str:
    """An address of that name that leads to something in the world; `other` puts other parts into it."""
    world = things.world
    post = {"pk": world.placement.pk}
    words = {
        "closing_task": {"kind": "work"},
        "continue": {"parked_id": "00000000-0000-4000-8000-000000000000"},
        "figure_csv": {"key": "access"},
        "guidance_document": {"slug": "do-you-need-one"},
        "guidance_editions": {"slug": "do-you-need-one"},
        "guidance_pdf": {"slug": "do-you-need-one", "again": "do-you-need-one", "number": (1, 0, 0)},
        "guidance_sheet": {"slug": "costs-sheet", "again": "costs-sheet", "number": (1, 0, 0)},
        "guidance_word": {"slug": "exit-interview", "again": "exit-interview", "number": (1, 0, 0)},
        "job_description_download": {"kind": "pdf"},
        "job_description_page": {"page": "post"},
        "held_post": post,
        "host_rule": {"pk": world.host.pk, "case": "university"},
        "host_rules": {"pk": world.host.pk},
        "look_back": {"months": 6},
        "look_back_ask": {"months": 6},
        "organisation": {"scheme": world.host.scheme, "code": world.host.code},
        "permission_question": post | {"host": world.host.pk},
        "part_change": {"part": "academic_supervisor"},
        "post_change": post,
        "post_end": post,
        "post_hand_over": post,
        "registration_page": {"page": "purpose"},
        "residency_columns": {"kind": "csv"},
        "residency_organisation": {"pk": world.residency.organisations.all()[0].pk},
        "residency_file_bad": {"kind": "csv"},
        "residency_template": {"kind": "csv"},
        "sso_back": {"key": "orcid"},
        "sso_leave": {"key": "orcid"},
        "step": {"name": "pause"},
    }
    numbered = NUMBERED | NUMBERED_OF_ROOMS
    known = {
        "slug": world.programme.slug,
        "code": world.residency.code,
        "pk": things.number_of(numbered[name]) if name in numbered else 1,
        "number": 1,
        "token": "k1_never",
        "name": "pause",
    } | (WORDS[name](things) if name in WORDS else words.get(name, {}))
    parts = {part: (known | other)[part] for part in parts_of(name)}
    return reverse(f"drafts:{name}" if name in OF_DRAFTS else name, kwargs=parts)


@cache
def parts_of(name: str) -> set[str]:
    """What stands open in an address of that name: slug, code, pk …"""
    pattern = next(pattern for pattern in patterns() if pattern.name == name)
    return set(pattern.pattern.converters)
