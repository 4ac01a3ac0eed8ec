"""The question on what a permission covers is part of the registration (V-32, users.md decision 4)."""

from __future__ import annotations

import datetime
from html import unescape
from typing import Any

import pytest

from programmes.models import AccessItem, HostRule, PermissionAnswer, Project
from tests.registration.filled import TODAY, make_idea
from tests.world import World, join, make_organisation, make_person

DAY = datetime.timedelta(days=1)
ASKED = "Does what Embedded researcher holds at Made Up Trust cover research?"


def page(world: World, role: str, tail: str = "registration/") -> str:
    return unescape(world.client(role).get(world.url(tail)).content.decode())


@pytest.fixture
def research(world: World) -> Project:
    """Research, begun ten days ago, without a permission that covers it."""
    return Project.objects.create(
        residency=world.residency,
        title="Falls",
        classification="research",
        classified_on=TODAY - 10 * DAY,
        started_on=TODAY - 10 * DAY,
        added_by=world.people["researcher"],
    )


@pytest.mark.parametrize(
    ("role", "shown"),
    [
        ("researcher", True),
        ("host_manager", True),
        ("hr", True),
        ("programme_lead", False),
        ("public_partner", False),
    ],
)
def test_v32_question_stands_in_the_registration_first_for_researcher_and_host(
    world: World, research: Project, role: str, shown: bool
) -> None:
    assert (ASKED in page(world, role)) is shown


@pytest.mark.parametrize(("days", "shown"), [(27, False), (28, True)])
def test_v32_lead_is_shown_it_once_it_has_waited(
    world: World, research: Project, days: int, shown: bool
) -> None:
    Project.objects.update(started_on=TODAY - days * DAY, classified_on=TODAY - days * DAY)
    assert (ASKED in page(world, "programme_lead")) is shown
    assert ("1 question on what a permission covers" in page(world, "programme_lead")) is shown


def test_v32_answer_of_the_host_takes_its_place(world: World, research: Project) -> None:
    assert "1 question on what a permission covers" in page(world, "host_manager")
    PermissionAnswer.objects.create(
        placement=world.placement,
        host=world.host,
        words="Her letter covers it",
        by=world.people["hr"],
        on=TODAY,
    )
    shown = page(world, "host_manager")
    assert ASKED not in shown and "Made Up Trust says: Her letter covers it" in shown
    assert "on what a permission covers" not in shown


def test_v32_nothing_is_asked_where_the_permission_covers_it(world: World, research: Project) -> None:
    AccessItem.objects.create(
        placement=world.placement,
        host=world.host,
        kind="letter_of_access",
        state="in_place",
        issued_on=TODAY,
        issuer="R&D",
        reference="L 1",
    )
    assert ASKED not in page(world, "host_manager")


def test_office_of_one_host_is_told_of_no_other(world: World, research: Project) -> None:
    office = make_person("Elsewhere")
    join(office, "hr", world.programme, make_organisation("Second Trust"))
    assert ASKED in page(world, "hr")
    world.people["hr"] = office
    assert world.client("hr").get(world.url("registration/")).status_code == 404


def test_check_answers_say_what_is_usual_while_nobody_is_named(world: World) -> None:
    idea = make_idea(world.programme, world.host, world.people["host_manager"])
    client = world.client("host_manager")
    address = f"/p/{world.programme.slug}/r/{idea.code}/registration/check/"

    def shown() -> Any:
        return unescape(client.get(address).content.decode())

    assert "What is usual at Made Up Trust" in shown() and "Made Up Trust decides." in shown()
    HostRule.objects.create(
        programme=world.programme,
        host=world.host,
        case="university",
        words="We give letters to all",
        said_by_name="Priya",
        said_on=TODAY,
        recorded_by=world.people["hr"],
    )
    assert "affect care. Made Up Trust says: We give letters to all" in shown()
