"""Projects, partners and contributions through their pages: V-40, V-50, V-51."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from programmes.models import Contribution, Partner, Project
from tests.world import World, make_residency

TODAY = timezone.localdate()


def dated(name: str, day: datetime.date = TODAY) -> dict[str, int]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


def typed(**fields: Any) -> dict[str, Any]:
    values = {
        "form_key": str(uuid4()),
        "title": "Falls after discharge",
        "stage": "design",
        "classification": "not_yet_classified",
    }
    return values | dated("started_on") | fields


def add(world: World, **fields: Any) -> Project:
    world.client("researcher").post(world.url("projects/new/"), typed(**fields))
    return Project.objects.get()


def test_a_project_needs_a_title_a_start_how_far_and_what_kind(world: World) -> None:
    page = (
        world.client("researcher")
        .post(world.url("projects/new/"), {"form_key": str(uuid4())})
        .content.decode()
    )
    for instruction in ("Enter what it is called", "Enter the date it started", "Select how far it is"):
        assert instruction in page
    assert "Select what kind of work it is" in page
    assert not Project.objects.exists()


def test_v40_a_classification_needs_whoever_decided_it(world: World) -> None:
    page = world.client("researcher").post(world.url("projects/new/"), typed(classification="research"))
    assert "Enter who decided what kind of work it is" in page.content.decode()
    project = add(world, classification="research", classified_by_name="Ana Silva, R&D office")
    assert project.classified_on == TODAY


def test_taking_a_classification_back_clears_its_day(world: World) -> None:
    project = add(world, classification="research", classified_by_name="R&D office")
    world.client("researcher").post(world.url(f"projects/{project.pk}/edit/"), typed(version=1))
    project.refresh_from_db()
    assert (project.classified_on, project.classified_by_name) == (None, "")


@pytest.mark.parametrize(("days", "saved"), [(0, True), (-1, False)])
def test_a_project_ends_on_or_after_its_start(world: World, days: int, saved: bool) -> None:
    project = add(world)
    end = dated("ended_on", TODAY + datetime.timedelta(days=days))
    world.client("researcher").post(world.url(f"projects/{project.pk}/edit/"), typed(version=1, **end))
    project.refresh_from_db()
    assert (project.ended_on is not None) is saved


def test_two_people_changing_a_project_lose_nothing(world: World) -> None:
    project = add(world)
    address = world.url(f"projects/{project.pk}/edit/")
    world.client("host_manager").post(address, typed(version=1, title="First hand"))
    page = world.client("researcher").post(address, typed(version=1, title="Second hand")).content.decode()
    assert "Changed since you opened it" in page
    assert "Second hand" in page
    assert Project.objects.get().title == "First hand"


def test_a_partner_needs_no_email_address(world: World) -> None:
    project = add(world)
    new = {"form_key": str(uuid4()), "partner": "new", "name": "Maureen Bell", "kind": "carer"}
    page = world.client("researcher").post(
        world.url(f"projects/{project.pk}/partners/add/"), new, follow=True
    )
    assert "Maureen Bell, carer" in page.content.decode()
    assert Partner.objects.get().programme == world.programme


def test_a_known_partner_is_chosen_and_not_made_again(world: World) -> None:
    project = add(world)
    known = Partner.objects.create(programme=world.programme, name="Age Group", kind="community_group")
    another = Project.objects.create(
        residency=world.residency, title="Other", started_on=TODAY, added_by=world.people["researcher"]
    )
    another.partners.create(partner=known, since=TODAY)
    address = world.url(f"projects/{project.pk}/partners/add/")
    assert "Age Group, community group" in world.client("researcher").get(address).content.decode()
    world.client("researcher").post(address, {"form_key": str(uuid4()), "partner": str(known.pk)})
    assert [row.partner for row in project.partners.all()] == [known]
    assert Partner.objects.count() == 1


def test_a_partner_of_another_host_is_not_named_to_a_researcher(world: World) -> None:
    project = add(world)
    elsewhere = make_residency(world.programme)
    patient = Partner.objects.create(
        programme=world.programme, name="Known elsewhere", kind="patient_or_service_user"
    )
    far = Project.objects.create(
        residency=elsewhere, title="Far", started_on=TODAY, added_by=world.people["programme_lead"]
    )
    far.partners.create(partner=patient, since=TODAY)
    address = world.url(f"projects/{project.pk}/partners/add/")
    for role, named in (("researcher", False), ("host_manager", False), ("programme_lead", True)):
        assert ("Known elsewhere" in world.client(role).get(address).content.decode()) is named, role


def test_a_partner_of_another_programme_cannot_be_chosen(world: World, other_world: World) -> None:
    project = add(world)
    theirs = Partner.objects.create(programme=other_world.programme, name="Theirs", kind="carer")
    address = world.url(f"projects/{project.pk}/partners/add/")
    assert "Theirs" not in world.client("researcher").get(address).content.decode()
    world.client("researcher").post(address, {"form_key": str(uuid4()), "partner": str(theirs.pk)})
    assert not project.partners.exists()


def test_v50_v51_a_contribution_may_change_nothing_and_waits_for_the_partner(world: World) -> None:
    project = add(world)
    partner = Partner.objects.create(programme=world.programme, name="Maureen Bell", kind="carer")
    project.partners.create(partner=partner, since=TODAY)
    filled = {
        "form_key": str(uuid4()),
        "partner": str(partner.pk),
        "stage": "design",
        "mode": "collaborated",
        "description": "Said that letters come too late",
        "what_changed": "Nothing",
        **dated("on"),
    }
    address = world.url(f"projects/{project.pk}/contributions/add/")
    page = world.client("researcher").post(address, filled, follow=True).content.decode()
    assert "Said that letters come too late" in page
    assert "Not confirmed yet" in page
    contribution = Contribution.objects.get()
    assert contribution.what_changed == "Nothing"
    agreed = world.url(f"contributions/{contribution.pk}/agreed/")
    client = world.client("researcher")
    assert "Select how you read it back" in client.post(agreed, {"form_key": str(uuid4())}).content.decode()
    told = {"form_key": str(uuid4()), "read_back": "telephone"}
    page = client.post(agreed, told, follow=True).content.decode()
    assert "Agreed on their behalf: read back by telephone by Embedded researcher" in page
    assert world.client("academic_supervisor").get(agreed).status_code == 403


def test_only_those_who_may_edit_get_the_forms(world: World) -> None:
    project = add(world)
    for tail in ("projects/new/", f"projects/{project.pk}/edit/", f"projects/{project.pk}/partners/add/"):
        assert world.client("academic_supervisor").get(world.url(tail)).status_code == 403
        assert world.client("researcher").get(world.url(tail)).status_code == 200
    assert (
        b"Add a partner"
        not in world.client("academic_supervisor").get(world.url(f"projects/{project.pk}/")).content
    )


def test_projects_of_another_residency_are_a_404(world: World, other_world: World) -> None:
    project = add(world)
    for tail in ("", "edit/", "partners/add/", "contributions/add/"):
        address = other_world.url(f"projects/{project.pk}/{tail}")
        assert other_world.client("researcher").get(address).status_code == 404


def test_projects_ask_the_same_number_of_queries_for_1_and_30(
    world: World, django_assert_max_num_queries: Any
) -> None:
    add(world)
    client = world.client("researcher")
    client.get(world.url("projects/"))
    with django_assert_max_num_queries(25) as few:
        client.get(world.url("projects/"))
    for number in range(29):
        world.residency.projects.create(
            title=f"Project {number}", started_on=TODAY, added_by=world.people["researcher"]
        )
    with django_assert_max_num_queries(25) as many:
        client.get(world.url("projects/"))
    assert len(many) == len(few)
