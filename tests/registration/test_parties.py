"""Several hosts with one lead host, several academic homes, the direction and what it changes; V-4."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.test import Client

from embedded.audit.models import Event
from programmes.clearance import kinds_for, list_needs
from programmes.founding import set_organisation
from programmes.models import (
    AccessItem,
    Direction,
    Organisation,
    OrganisationPart,
    Placement,
    Residency,
    ResidencyOrganisation,
)
from programmes.registration.missing import at_approval
from tests.registration.filled import TODAY, chosen, key, make_idea, pages
from tests.world import World, join, make_organisation, make_person

DAY = datetime.timedelta(days=1)


@pytest.fixture
def idea(world: World) -> Residency:
    found = make_idea(world.programme, world.host, world.people["host_manager"])
    set_organisation(found, OrganisationPart.ACADEMIC_HOME, world.university)
    return found


def another_host(client: Client, world: World, host: Organisation, **typed: str) -> Any:
    said = chosen("host", host) | {"title": "Falls", "site": ""} | typed
    return press(client, world.residency, "registration/idea", **said)


def kinds_at(host: Organisation) -> set[str]:
    return set(AccessItem.objects.filter(host=host).values_list("kind", flat=True))


def test_another_lead_host_tells_first_what_access_it_means_and_lists_it(world: World, lead: Client) -> None:
    other = make_organisation("Other Trust")
    list_needs(world.placement, [world.host])
    over = Placement.objects.create(
        residency=world.residency,
        person=make_person("Long Gone"),
        wte="0.20",
        start=TODAY - 20 * DAY,
        end=TODAY,
    )
    told = another_host(lead, world, other).content.decode()
    assert "Another host means new access checks" in told and "Nothing is saved yet" in told
    assert "Embedded researcher: Research passport, Letter of access" in told and "Long Gone" not in told
    assert "what was only listed there goes" in told and world.residency.lead_host == world.host
    assert not AccessItem.objects.filter(host=other).exists()
    stranger = make_organisation("Third Trust")
    assert "Third Trust" in another_host(lead, world, stranger, host_seen=str(other.pk)).content.decode()
    assert another_host(lead, world, other, host_seen=str(other.pk)).status_code == 302
    now = Residency.objects.get(pk=world.residency.pk)
    assert now.hosts == [other] and kinds_at(world.host) == set()
    assert kinds_at(other) == set(kinds_for(world.university, other))
    assert not over.access_items.exists()


def test_earlier_lead_host_stays_where_access_is_recorded(world: World, lead: Client) -> None:
    other = make_organisation("Other Trust")
    list_needs(world.placement, [world.host])
    world.residency.organisations.filter(part="lead_host").update(own_reference="EDGE 1")
    AccessItem.objects.filter(kind="badge").update(state="in_place")
    assert "stays on the list as a host" in another_host(lead, world, other).content.decode()
    another_host(lead, world, other, host_seen=str(other.pk))
    now = Residency.objects.get(pk=world.residency.pk)
    assert now.hosts == [other, world.host] and "badge" in kinds_at(world.host)
    assert now.organisations.get(part="host").own_reference == "EDGE 1"
    assert now.organisations.get(part="lead_host").own_reference == ""


def test_another_host_of_an_idea_needs_no_second_press(world: World, lead: Client, idea: Residency) -> None:
    typed = chosen("host", make_organisation("Other Trust")) | {"title": "Falls"}
    assert press(lead, idea, "registration/idea", **typed).status_code == 302


@pytest.fixture
def lead(world: World) -> Client:
    return world.client("programme_lead")


def at(residency: Residency, tail: str) -> str:
    return f"/p/{residency.programme.slug}/r/{residency.code}/{tail}/"


def press(client: Client, residency: Residency, tail: str, version: int | None = None, **typed: str) -> Any:
    residency.refresh_from_db()
    seen = residency.version if version is None else version
    answer = client.post(at(residency, tail), typed | {"form_key": key(), "version": str(seen)})
    residency.refresh_from_db()
    return answer


def add(client: Client, residency: Residency, organisation: Organisation, part: str = "host") -> Any:
    typed = chosen("organisation", organisation) | {"part": part, "own_reference": "EDGE 7"}
    return press(client, residency, "organisations/add", **typed)


def parts_of(residency: Residency) -> list[tuple[str, str]]:
    rows = ResidencyOrganisation.objects.filter(residency=residency).select_related("organisation")
    return [(row.organisation.display_name, row.part) for row in rows]


def row_of(residency: Residency, organisation: Organisation) -> ResidencyOrganisation:
    return residency.organisations.get(organisation=organisation)


def test_nine_hosts_share_and_one_leads(idea: Residency, lead: Client) -> None:
    """East London, domain.md C2: nine hosts. The one that leads goes on as a host when another leads."""
    others = [make_organisation(f"Trust {number}") for number in range(8)]
    for other in others:
        assert add(lead, idea, other).status_code == 302
    first, row = idea.lead_host, row_of(idea, others[3])
    assert press(lead, idea, f"organisations/{row.pk}", lead="yes").status_code == 302
    again = Residency.objects.get(pk=idea.pk)
    assert again.lead_host == others[3] and first in again.hosts and len(again.hosts) == 9
    page = lead.get(at(idea, "organisations")).content.decode()
    assert page.count("EDGE 7") == 8 and all(str(other) in page for other in others)


def test_check_and_approval_show_every_organisation_and_who_goes_where(
    world: World, idea: Residency, lead: Client
) -> None:
    add(lead, idea, make_organisation("Other Trust"))
    press(lead, idea, "direction", direction="two_way")
    check = lead.get(at(idea, "registration/check")).content.decode()
    Residency.objects.filter(pk=idea.pk).update(stage="scoping")
    for page in (check, lead.get(at(idea, "approval")).content.decode()):
        assert "Other Trust, reference EDGE 7" in page and "Both ways" in page
    assert at(idea, "organisations") in check


def test_each_organisation_has_its_own_reference(world: World, idea: Residency, lead: Client) -> None:
    row = row_of(idea, world.university)
    press(lead, idea, f"organisations/{row.pk}", own_reference="UNI 12")
    row.refresh_from_db()
    assert row.own_reference == "UNI 12"
    assert row_of(idea, world.host).own_reference == ""


def test_second_home_stays_when_the_people_are_saved(world: World, idea: Residency, lead: Client) -> None:
    """The page of the people asks for the first home alone; it must not take the others out."""
    second = make_organisation("Second University", kind="hei")
    add(lead, idea, second, "academic_home")
    press(lead, idea, "registration/people", **pages(world.university)["people"])
    assert Residency.objects.get(pk=idea.pk).academic_homes == [world.university, second]
    third = make_organisation("Third University", kind="hei")
    press(lead, idea, "registration/people", **pages(third)["people"])
    assert Residency.objects.get(pk=idea.pk).academic_homes == [third, second]


def test_host_that_becomes_the_lead_on_the_first_page_is_there_once(idea: Residency, lead: Client) -> None:
    other = make_organisation("Other Trust")
    add(lead, idea, other)
    press(lead, idea, "registration/idea", title="Falls", **chosen("host", other))
    assert [part for name, part in parts_of(idea) if name == "Other Trust"] == ["lead_host"]
    assert row_of(idea, other).own_reference == "EDGE 7"


def test_same_organisation_is_not_added_twice(world: World, idea: Residency, lead: Client) -> None:
    page = add(lead, idea, world.host).content.decode()
    assert "is on the list already" in page and "<title>Error: " in page


def test_home_is_removed_and_the_lead_host_is_not(world: World, idea: Residency, lead: Client) -> None:
    home, host = row_of(idea, world.university), row_of(idea, world.host)
    assert press(lead, idea, f"organisations/{home.pk}", remove="yes").status_code == 302
    page = press(lead, idea, f"organisations/{host.pk}", remove="yes").content.decode()
    assert "Make another host the lead host first" in page
    assert parts_of(idea) == [(world.host.display_name, "lead_host")]


def test_removed_host_goes_with_its_untouched_list_and_stays_where_access_is_recorded(
    world: World, lead: Client
) -> None:
    residency, other = world.residency, make_organisation("Other Trust")
    add(lead, residency, other)
    items = AccessItem.objects.filter(placement=world.placement, host=other)
    assert items.exists()
    first = items.get(pk=items.values_list("pk", flat=True)[0])
    AccessItem.objects.filter(pk=first.pk).update(state="requested", version=2)
    row = row_of(residency, other)
    page = press(lead, residency, f"organisations/{row.pk}", remove="yes").content.decode()
    assert "Access is recorded at Other Trust" in page and items.exists()
    AccessItem.objects.filter(pk=first.pk).update(state="required", version=1)
    assert press(lead, residency, f"organisations/{row.pk}", remove="yes").status_code == 302
    assert not items.exists()


def test_manager_who_takes_their_own_host_out_is_led_to_the_list(world: World, idea: Residency) -> None:
    other = make_organisation("Other Trust")
    lead, manager = world.client("programme_lead"), world.client("host_manager")
    add(lead, idea, other)
    press(lead, idea, f"organisations/{row_of(idea, other).pk}", lead="yes")
    row = row_of(idea, world.host)
    address = press(manager, idea, f"organisations/{row.pk}", remove="yes")["Location"]
    assert manager.get(address).status_code == 200


@pytest.mark.parametrize(
    ("direction", "allowed"),
    [
        (Direction.TWO_WAY, True),
        (Direction.ACADEMIC_TO_SERVICE, False),
        (Direction.SERVICE_TO_ACADEMIC, False),
    ],
)
def test_v4_host_and_home_at_once_only_both_ways(
    world: World, idea: Residency, lead: Client, direction: str, allowed: bool
) -> None:
    Residency.objects.filter(pk=idea.pk).update(direction=direction)
    answer = add(lead, idea, world.host, "academic_home")
    assert (answer.status_code == 302) is allowed
    assert ("change the direction first" in answer.content.decode()) is not allowed
    answer = press(lead, idea, "registration/people", **pages(world.host)["people"])
    assert (answer.status_code == 302) is allowed
    if allowed:
        assert "is host and academic home at once" in lead.get(at(idea, "organisations")).content.decode()
        page = press(lead, idea, "direction", direction="academic_to_service").content.decode()
        assert "Take it out of one of them first" in page


def test_copy_brings_every_academic_home_along(world: World, idea: Residency, lead: Client) -> None:
    second = make_organisation("Second University", kind="hei")
    add(lead, idea, second, "academic_home")
    typed = {"title": "Falls by day", "form_key": key()} | chosen("host", world.host)
    assert lead.post(at(idea, "copy"), typed).status_code == 302
    copy = Residency.objects.get(title="Falls by day")
    assert copy.academic_homes == [world.university, second]
    assert copy.lead_host == world.host


def test_copy_brings_further_hosts_and_funders_along(world: World, idea: Residency, lead: Client) -> None:
    """One that becomes the lead host is there once; the earlier lead host does not come along as a host."""
    second, third, funder = (make_organisation(f"{name} Trust") for name in ("Second", "Third", "Funding"))
    add(lead, idea, second)
    add(lead, idea, third)
    idea.organisations.create(organisation=funder, part="funder")
    Residency.objects.filter(pk=idea.pk).update(academic_supervisor_email="ada@university.example")
    for title, host in (("The same lead", world.host), ("Another lead", third)):
        typed = {"title": title, "form_key": key()} | chosen("host", host)
        assert lead.post(at(idea, "copy"), typed).status_code == 302
    same, other = (Residency.objects.get(title=title) for title in ("The same lead", "Another lead"))
    assert (same.hosts, other.hosts) == ([world.host, second, third], [third, second])
    assert same.organisations.get(part="funder").organisation == funder
    assert same.academic_supervisor_email == "ada@university.example"


@pytest.mark.parametrize("same", [True, False])
def test_copy_under_the_same_title_is_told(world: World, idea: Residency, lead: Client, same: bool) -> None:
    title = idea.title.upper() if same else "Falls by day"
    typed = {"title": title, "form_key": key()} | chosen("host", world.host)
    page = lead.post(at(idea, "copy"), typed, follow=True).content.decode()
    assert (f"It has the same title as {idea.code}" in page) is same


def test_v4_copy_for_the_earlier_one_s_own_home_says_what_to_do(
    world: World, idea: Residency, lead: Client
) -> None:
    typed = {"title": "Falls by day", "form_key": key()} | chosen("host", world.university)
    page = lead.post(at(idea, "copy"), typed)
    assert page.status_code == 200 and "change the direction first" in page.content.decode()
    assert not Residency.objects.filter(title="Falls by day").exists()


@pytest.mark.parametrize(
    ("direction", "days", "asks_home"),
    [
        ("academic_to_service", "How many days a week at the host?", True),
        ("service_to_academic", "How many days a week at the university?", False),
        ("two_way", "How many days a week at the other place?", True),
    ],
)
def test_direction_changes_the_days_and_the_home(
    idea: Residency, lead: Client, direction: str, days: str, asks_home: bool
) -> None:
    press(lead, idea, "direction", direction=direction)
    ResidencyOrganisation.objects.filter(residency=idea, part="academic_home").delete()
    assert idea.direction == direction
    assert days in lead.get(at(idea, "registration/dates")).content.decode()
    words = [lack.words for lack in at_approval(Residency.objects.get(pk=idea.pk))]
    assert ("Name the academic home" in words) is asks_home


def test_history_tells_what_became_of_organisations_and_direction(
    world: World, idea: Residency, lead: Client
) -> None:
    press(lead, idea, "direction", direction="two_way")
    add(lead, idea, make_organisation("Other Trust"))
    row = idea.organisations.get(part="host")
    press(lead, idea, f"organisations/{row.pk}", lead="yes")
    press(lead, idea, f"organisations/{row_of(idea, world.university).pk}", remove="yes")
    deeds = Event.objects.filter(place__endswith=idea.code).values_list("deed", flat=True)
    assert deeds.filter(deed__startswith="residency.organisation_").count() == 3
    page = " ".join(lead.get(at(idea, "history")).content.decode().split())
    assert "changed the direction from “a researcher works in the service” to “both ways”" in page
    assert "added Other Trust as a host" in page and "made Other Trust the lead host" in page
    assert f"took {world.university} out as an academic home" in page


def test_somebody_else_s_change_shows_what_is_saved_now(world: World, idea: Residency, lead: Client) -> None:
    """P47."""
    seen = idea.version
    add(lead, idea, make_organisation("Other Trust"))
    page = press(world.client("host_manager"), idea, "direction", version=seen, direction="two_way")
    words = page.content.decode()
    assert "This has changed since you opened it" in words and "Other Trust" in words
    assert idea.direction == "academic_to_service" and 'value="two_way" checked' in words


def test_removing_twice_removes_once(world: World, idea: Residency, lead: Client) -> None:
    row = row_of(idea, world.university)
    typed = {"remove": "yes", "form_key": key(), "version": str(idea.version)}
    answers = [lead.post(at(idea, f"organisations/{row.pk}"), typed) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]


def test_organisation_of_another_residency_is_not_found(world: World, idea: Residency, lead: Client) -> None:
    row = row_of(world.residency, world.host)
    assert lead.get(at(idea, f"organisations/{row.pk}")).status_code == 404


@pytest.mark.parametrize("tail", ["organisations", "organisations/add", "direction"])
def test_readers_are_refused(world: World, tail: str) -> None:
    assert world.client("researcher").get(at(world.residency, tail)).status_code == 403


def test_closed_one_is_not_changed(world: World, idea: Residency, lead: Client) -> None:
    Residency.objects.filter(pk=idea.pk).update(stage="declined")
    page = press(lead, idea, "direction", direction="two_way").content.decode()
    assert "This has ended and can no longer be changed" in page


def test_new_host_s_manager_reaches_it(world: World, idea: Residency, lead: Client) -> None:
    other = make_organisation("Other Trust")
    manager = world.people["researcher"]
    join(manager, "host_manager", world.programme, other)
    assert world.client("researcher").get(at(idea, "registration")).status_code == 404
    add(lead, idea, other)
    assert world.client("researcher").get(at(idea, "registration")).status_code == 200
