"""V-32 as users.md decision 4 has it: what is held against the kind of the projects, asked once, as a question."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest
from django.utils import timezone

from embedded.audit.models import Event
from programmes.fitting import FIRST_TO_THEM, Question, question_for
from programmes.models import (
    AccessItem,
    Activity,
    HostRule,
    OrganisationPart,
    PermissionAnswer,
    Placement,
    Project,
    ResidencyOrganisation,
)
from tests.registration.filled import key
from tests.world import World, client_of, join, make_organisation, make_person

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
ISSUED = {"issuer": "R&D", "reference": "L 1", "issued_on": TODAY - 90 * DAY}
OTHER = ("service_evaluation_improvement", "clinical_audit", "health_surveillance")


def project(world: World, kind: str = "research", begun: int = 10, **fields: Any) -> Project:
    return Project.objects.create(
        residency=world.residency,
        title=f"A {kind}",
        classification=kind,
        classified_on=TODAY - begun * DAY,
        started_on=TODAY - begun * DAY,
        added_by=world.people["researcher"],
        **fields,
    )


def hold(world: World, kind: str, **fields: Any) -> AccessItem:
    values = {"state": "in_place"} | ISSUED | fields
    return AccessItem.objects.create(placement=world.placement, host=world.host, kind=kind, **values)


def rule(world: World, asks: str) -> HostRule:
    return HostRule.objects.create(
        programme=world.programme,
        host=world.host,
        case="not_research",
        words="So it is",
        asks=asks,
        said_by_name="Priya",
        said_on=TODAY,
        recorded_by=world.people["hr"],
    )


def ask(world: World, host: Any = None) -> Question | None:
    return question_for(
        world.placement,
        host or world.host,
        items=list(AccessItem.objects.all()),
        projects=Project.objects.all(),
        rule=HostRule.objects.first(),
        on=TODAY,
    )


# research


@pytest.mark.parametrize(
    ("kind", "fields", "is_asked"),
    [
        ("letter_of_access", {}, False),
        ("honorary_research_contract", {}, False),
        ("honorary_contract", {"is_clinical": True}, False),
        ("honorary_contract", {"is_clinical": None}, False),
        ("honorary_contract", {"is_clinical": False}, True),
        ("research_passport", {}, True),
        ("letter_of_access", {"expires_on": TODAY}, False),
        ("letter_of_access", {"expires_on": TODAY - DAY}, True),
        ("letter_of_access", {"state": "requested"}, True),
        ("letter_of_access", {"state": "not_required", "reason": "The contract covers it"}, False),
    ],
)
def test_research_needs_a_permission_that_covers_it(
    world: World, kind: str, fields: dict[str, Any], is_asked: bool
) -> None:
    """V-32, its research half, on both sides: live on its last day, over the day after."""
    project(world)
    hold(world, kind, **fields)
    assert (ask(world) is not None) is is_asked


@pytest.mark.parametrize(
    ("begun", "ended", "is_asked"), [(0, None, True), (-1, None, False), (9, 0, True), (9, 1, False)]
)
def test_only_open_projects_are_compared(world: World, begun: int, ended: int | None, is_asked: bool) -> None:
    """V-32: begun, and not over."""
    project(world, begun=begun, ended_on=None if ended is None else TODAY - ended * DAY)
    assert (ask(world) is not None) is is_asked


def test_kind_of_activity_is_never_compared(world: World) -> None:
    """V-32: a ward meeting without a project is no research, whatever is held."""
    Activity.objects.create(
        residency=world.residency,
        person=world.people["researcher"],
        date=TODAY,
        minutes=60,
        kind="knowledge_creation",
        host=world.host,
    )
    project(world, "not_yet_classified")
    rule(world, "honorary_contract")
    assert ask(world) is None


@pytest.mark.parametrize("kind", ["local_authority", "gp_practice", "hei", "vcse"])
def test_hosts_with_rows_of_their_own_are_not_compared(world: World, kind: str) -> None:
    project(world)
    assert ask(world, make_organisation(kind=kind)) is None
    assert ask(world, make_organisation(kind="icb")) is not None


def test_whom_the_host_employs_is_not_compared(world: World) -> None:
    project(world)
    world.placement.employer = world.host
    assert ask(world) is None


# work that is not research


@pytest.mark.parametrize("kind", OTHER)
def test_other_work_is_not_asked_about_until_the_host_has_stated_its_rule(world: World, kind: str) -> None:
    """V-32: the half on work that is not research is off, then on."""
    project(world, kind)
    hold(world, "letter_of_access")
    assert ask(world) is None
    rule(world, "honorary_contract")
    assert ask(world) is not None


@pytest.mark.parametrize(
    ("asks", "held", "fields", "is_asked"),
    [
        ("honorary_contract", "letter_of_access", {}, True),
        ("honorary_contract", "honorary_contract", {}, False),
        ("honorary_contract", "honorary_contract", {"expires_on": TODAY - DAY}, True),
        ("honorary_contract", "honorary_contract", {"state": "not_required", "reason": "Not here"}, False),
        ("any_permission", "letter_of_access", {}, False),
        ("any_permission", "letter_of_access", {"state": "requested"}, True),
        ("nothing", "letter_of_access", {"state": "requested"}, False),
        ("depends", "letter_of_access", {"state": "requested"}, False),
    ],
)
def test_other_work_is_compared_with_the_host_s_rule(
    world: World, asks: str, held: str, fields: dict[str, Any], is_asked: bool
) -> None:
    project(world, "clinical_audit")
    rule(world, asks)
    hold(world, held, **fields)
    assert (ask(world) is not None) is is_asked


def test_both_halves_make_one_question(world: World) -> None:
    project(world, begun=20)
    project(world, "clinical_audit", begun=30)
    project(world, "health_surveillance", begun=5)
    rule(world, "honorary_contract")
    found = ask(world)
    assert found and len(found.sentences) == 2 and all("?" in one for one in found.sentences)
    assert found.since == TODAY - 30 * DAY


# on the page


def shown(world: World, who: Any) -> bool:
    client = world.client(who) if isinstance(who, str) else client_of(who)
    page = client.get(world.url("access/")).content.decode()
    return "Does what Embedded researcher holds at Made Up Trust cover" in " ".join(page.split())


@pytest.mark.parametrize("role", ["researcher", "host_manager", "rd_office", "hr", "ig_lead"])
def test_question_is_shown_to_the_researcher_and_the_host_at_once(world: World, role: str) -> None:
    project(world, begun=0)
    assert shown(world, role)


@pytest.mark.parametrize("role", ["programme_lead", "programme_officer", "theme_lead"])
def test_question_is_shown_to_those_who_lead_after_four_weeks(world: World, role: str) -> None:
    project(world, begun=FIRST_TO_THEM.days - 1)
    assert not shown(world, role)
    Project.objects.update(started_on=TODAY - FIRST_TO_THEM, classified_on=TODAY - FIRST_TO_THEM)
    assert shown(world, role)


@pytest.mark.parametrize("role", ["exec_sponsor", "academic_supervisor"])
def test_question_is_nobody_else_s(world: World, role: str) -> None:
    project(world, begun=100)
    assert not shown(world, role)


def test_question_of_a_second_host_waits_for_a_closed_month_of_work_there(world: World) -> None:
    """Where there are several hosts, only where the project was worked on, and in closed months alone."""
    second = make_organisation("Second Trust")
    ResidencyOrganisation.objects.create(
        residency=world.residency, organisation=second, part=OrganisationPart.HOST
    )
    one = project(world, begun=100)
    assert not shown(world, "researcher")
    entry = {"kind": "relational", "minutes": 5, "host": world.host, "project": one}
    first = TODAY.replace(day=1)
    work = Activity.objects.create(
        residency=world.residency, person=world.people["researcher"], date=first, **entry
    )
    assert not shown(world, "researcher")
    Activity.objects.filter(pk=work.pk).update(date=first - DAY)
    assert shown(world, "researcher")


def test_posts_that_are_over_raise_no_question(world: World) -> None:
    project(world)
    Placement.objects.update(end=TODAY + DAY)
    assert shown(world, "researcher")
    Placement.objects.update(end=TODAY)
    assert not shown(world, "researcher")


def test_brought_in_while_it_ran_is_not_asked_about_for_sixty_days(world: World) -> None:
    project(world)
    world.residency.adopted_on = TODAY - 59 * DAY
    world.residency.save()
    assert not shown(world, "rd_office")
    world.residency.adopted_on = TODAY - 60 * DAY
    world.residency.save()
    assert shown(world, "rd_office")


def where(world: World) -> str:
    return world.url(f"access/question/{world.placement.pk}/{world.host.pk}/")


def test_host_s_one_line_closes_the_question_for_the_post(world: World) -> None:
    """V-32: once for each post and host, in somebody's name, and it blocks nothing."""
    project(world)
    client = world.client("rd_office")
    assert "is research" in client.get(where(world)).content.decode()
    typed = {"form_key": key(), "words": "The letter of 3 May covers it"}
    assert client.post(where(world), typed).status_code == 302
    project(world, "research", begun=1)
    assert not shown(world, "rd_office")
    page = world.client("researcher").get(world.url("access/")).content.decode()
    assert "The letter of 3 May covers it" in page
    client.post(where(world), {"form_key": key(), "words": "Something else"})
    assert PermissionAnswer.objects.get().words == "The letter of 3 May covers it"
    event = Event.objects.get(deed="access.question_answered")
    assert "3 May" not in str(event.details)


def test_one_line_is_owed(world: World) -> None:
    project(world)
    page = world.client("rd_office").post(where(world), {"form_key": key(), "words": ""}).content.decode()
    assert "Enter what the host says" in page and not PermissionAnswer.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("researcher", 403), ("ig_lead", 403), ("hr", 200)])
def test_question_is_answered_by_those_who_speak_for_the_host(world: World, role: str, status: int) -> None:
    assert world.client(role).get(where(world)).status_code == status


def test_question_of_another_host_is_not_answered(world: World) -> None:
    second = make_organisation("Second Trust")
    ResidencyOrganisation.objects.create(
        residency=world.residency, organisation=second, part=OrganisationPart.HOST
    )
    office = make_person("Second Office")
    join(office, "rd_office", world.programme, second)
    assert client_of(office).get(where(world)).status_code == 404
    assert world.client("rd_office").get(world.url("access/question/1/0/")).status_code == 404


def test_page_without_a_question_says_so(world: World) -> None:
    page = world.client("rd_office").get(where(world)).content.decode()
    assert re.search(r"There is no question on this post", page)
