"""More of everything: for tests that ask whether a page with thirty things asks more than a page with one."""

from __future__ import annotations

import datetime

from django.utils import timezone

from embedded.files import keep
from programmes import invitations
from programmes.entries.words import Words
from programmes.entries.writing import Entry, log_activity
from programmes.models import (
    AccessItem,
    Away,
    ClassificationChange,
    Condition,
    Contribution,
    Correction,
    EndChange,
    Membership,
    PartChange,
    Partner,
    PermissionAnswer,
    Placement,
    PostChange,
    Project,
    Report,
    Residency,
    StageChange,
    Theme,
    UseInDecision,
)
from tests.dashboards.pages import busy_residency
from tests.house.addresses import Things, interest_in, planned_in
from tests.house.agreed import contract_in
from tests.house.described import described_in
from tests.house.handed import handed_in
from tests.house.registry import GROWERS
from tests.world import TODAY, World, join, make_organisation, make_person

AGO = datetime.timedelta(days=40)
KINDS = ["letter_of_access", "badge", "it_account"]


def one_more_of_everything(things: Things, sent: Residency) -> None:
    """Another residency of the programme, and one more of each thing within the residency of the test."""
    world = things.world
    busy_residency(world)
    for residency in (world.residency, sent):
        _steps(residency, world)
        _post(residency, world)
        _shelf(residency, world)
    _work(things)
    _people(world)
    _reports(world)
    handed_in(world, f"One more {Membership.objects.count()}")
    _agreed(things)
    described_in(things.world, "One more")
    interest_in(things.world, "One more")
    _plan(things)
    for grow in GROWERS:
        grow(things)


def _steps(residency: Residency, world: World) -> None:
    lead = world.people["programme_lead"]
    day = TODAY() - AGO
    StageChange.objects.create(residency=residency, from_stage="", to_stage="idea", on=day, by=lead)
    EndChange.objects.create(
        residency=residency, old_end=day, new_end=TODAY(), on=day, by=lead, why="So it is"
    )
    Condition.objects.create(residency=residency, what="A desk", owner_name="Sam", due=day, set_by=lead)
    PartChange.objects.create(
        residency=residency, part="sponsor", old_name="Sam", new_name="Ada", on=day, by=lead
    )
    Correction.objects.create(residency=residency, new_days="2.5", why="So it is", on=day, by=lead)


def _shelf(residency: Residency, world: World) -> None:
    """Another link on the shelf, and another host and home."""
    lead, number = world.people["programme_lead"], residency.shelf.count()
    residency.shelf.create(title="One more", address=f"https://more.example/{number}", added_by=lead)
    for part in ("host", "academic_home"):
        other = make_organisation(f"One more {part} {residency.pk} {number}")
        residency.organisations.create(organisation=other, part=part)


def _post(residency: Residency, world: World) -> None:
    post = Placement.objects.create(
        residency=residency, person=make_person(), wte="0.10", start=TODAY() - AGO, accepted_on=TODAY() - AGO
    )
    for kind in KINDS:
        AccessItem.objects.create(placement=post, host=world.host, kind=kind, owner_name="Sam")
    said_by = world.people["hr"]
    PermissionAnswer.objects.create(placement=post, host=world.host, words="x", by=said_by, on=TODAY())
    PostChange.objects.create(
        placement=post,
        old_wte="0.20",
        new_wte=post.wte,
        old_start=post.start,
        new_start=post.start,
        on=TODAY(),
        by=world.people["programme_lead"],
    )


def _work(things: Things) -> None:
    world, writer = things.world, things.world.people["researcher"]
    project = Project.objects.create(
        residency=world.residency, title="One more", started_on=TODAY(), added_by=writer
    )
    for holder in (project, things.project):
        ClassificationChange.objects.create(
            project=holder, old="research", new="clinical_audit", on=TODAY(), by=writer
        )
        partner = Partner.objects.create(programme=world.programme, name="One more", kind="carer")
        holder.partners.create(partner=partner, since=TODAY())
        Contribution.objects.create(
            project=holder,
            partner=partner,
            stage="design",
            mode="consulted",
            on=TODAY(),
            description="Said so",
            recorded_by=writer,
        )
    UseInDecision.objects.create(
        residency=world.residency,
        project=project,
        what="One more",
        decision="x",
        decided_by="y",
        decided_on=TODAY(),
        recorded_by=writer,
        recorded_at=timezone.now(),
    )
    for words in (Words("For all of us", "residency"), Words("For me alone")):
        entry = Entry(date=TODAY(), minutes=5, kind="relational", words=words)
        log_activity(residency=world.residency, entry=entry, by=writer)
    Away.objects.create(person=writer, start=TODAY(), end=TODAY())


def _plan(things: Things) -> None:
    """Another visit at the table, somebody else asked, and another round apart."""
    planned_in(things.world, "One more")


def _people(world: World) -> None:
    """An invitation writes a letter too."""
    Theme.objects.create(programme=world.programme, name=f"Theme {Theme.objects.count()}")
    make_organisation(f"One more {Membership.objects.count()}")
    for role, place in (("hr", world.host), ("academic_supervisor", world.residency)):
        join(make_person(), role, world.programme, place)
    invitations.offer(
        person=make_person(),
        programme=world.programme,
        role="hr",
        place=world.host,
        by=world.people["programme_lead"],
        at=timezone.now(),
        on=TODAY(),
    )


def _reports(world: World) -> None:
    Report.objects.create(
        programme=world.programme,
        start=TODAY() - AGO,
        end=TODAY(),
        asked_by=world.people["programme_lead"],
        asked_at=timezone.now(),
        made_at=timezone.now(),
        figures={},
        pdf=keep(b"%PDF-1.7", "one-more.pdf", "application/pdf"),
    )


def _agreed(things: Things) -> None:
    """Another contract, and somebody more who is asked to agree to how people work together."""
    contract_in(things.world, "One more")
    things.named.agreement.people.create(name="One more", email="one@more.example", sent_at=timezone.now())
