"""The task list: seven sections, two statuses, a way to the page of each."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from programmes.founding import set_organisation
from programmes.models import AccessItem, AccessKind, OrganisationPart, Residency
from tests.registration.filled import TODAY, fill, make_idea
from tests.world import World

SEVEN = ["About it", "People", "Money", "Agreement", "Access", "Plan", "Public partners"]


@pytest.fixture
def idea(world: World) -> Residency:
    return make_idea(world.programme, world.host, world.people["host_manager"])


def shown(world: World, residency: Residency, role: str = "host_manager") -> str:
    address = f"/p/{residency.programme.slug}/r/{residency.code}/registration/"
    return str(unescape(world.client(role).get(address).content.decode()))


def rows(page: str) -> dict[str, tuple[str, str]]:
    """By the words of each row: its address and its status."""
    found: dict[str, tuple[str, str]] = {}
    for item in re.findall(r'<li class="nhsuk-task-list__item.*?</li>', page, re.S):
        link = re.search(r'href="([^"]+)"', item)
        words = re.sub(r"<[^>]+>", "\n", item).split("\n")
        said = [line.strip() for line in words if line.strip()]
        found[said[0]] = (link[1] if link else "", said[-1])
    return found


def test_task_list_has_seven_sections_each_with_a_way_and_one_of_two_statuses(
    world: World, idea: Residency
) -> None:
    """trust.md §3, "complete multiple tasks"."""
    page, client = shown(world, idea), world.client("host_manager")
    headings = re.findall(r"<h2[^>]*>([^<]+)</h2>", page)
    assert [one for one in headings if one in SEVEN] == SEVEN
    found = rows(page)
    assert {status for _, status in found.values()} <= {"Completed", "Incomplete"}
    for words, (address, _) in found.items():
        assert client.get(address).status_code == 200, words
    ids = re.findall(r'id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("role", ["programme_lead", "programme_officer", "theme_lead", "host_manager"])
def test_every_way_may_be_gone_by_whoever_sees_it(world: World, role: str) -> None:
    client = world.client(role)
    for words, (address, _) in rows(shown(world, world.residency, role)).items():
        assert not address or client.get(address).status_code == 200, words
    now = rows(shown(world, world.residency, role))
    assert now["Dates and days"][0] == world.url("correct/")  # V-18: the end is moved, the start corrected
    assert now["People and the academic home"][0] == world.url("posts/")  # from now on people hand over


def test_readers_see_no_task_list(world: World) -> None:
    assert rows(shown(world, world.residency, "researcher")) == {}


def test_what_follows_its_sending_is_completed_when_it_is_done(world: World, idea: Residency) -> None:
    before = rows(shown(world, idea))
    for words in (
        "Supervisor at the host, sponsor, navigator and mentor",
        "Public partners in the group that guides it",
    ):
        assert before[words][1] == "Incomplete"
    Residency.objects.filter(pk=idea.pk).update(
        sponsor_name="Ann",
        navigator_name="Ned",
        mentor_name="Meg",
        guiding_group="Two carers",
        guiding_group_entered_on=TODAY,
        public_partners_in_guiding_group=1,
    )
    after = rows(shown(world, idea))
    assert after["Supervisor at the host, sponsor, navigator and mentor"][1] == "Completed"
    assert after["Public partners in the group that guides it"][1] == "Incomplete"  # one is alone
    Residency.objects.filter(pk=idea.pk).update(public_partners_in_guiding_group=2)
    assert rows(shown(world, idea))["Public partners in the group that guides it"][1] == "Completed"


def test_home_completes_the_organisations(world: World, idea: Residency) -> None:
    assert rows(shown(world, idea))["Hosts, homes and direction"][1] == "Incomplete"
    set_organisation(idea, OrganisationPart.ACADEMIC_HOME, world.university)
    assert rows(shown(world, idea))["Hosts, homes and direction"][1] == "Completed"


def test_access_says_how_many_are_not_in_place(world: World, idea: Residency) -> None:
    assert "once somebody is named" in shown(world, idea)
    for kind in ("badge", "it_account"):
        AccessItem.objects.create(placement=world.placement, host=world.host, kind=kind)
    assert "2 not in place" in shown(world, world.residency)
    AccessItem.objects.filter(placement=world.placement).update(state="in_place")
    assert rows(shown(world, world.residency))["Permission to be on site"][1] == "Completed"


def test_continue_leads_to_the_first_page_that_lacks_something(world: World, idea: Residency) -> None:
    page = shown(world, idea)
    assert re.search(r'class="nhsuk-button"[^>]*href="[^"]*/registration/purpose/"', page)
    fill(world.client("host_manager"), idea, world.university)
    assert re.search(r'class="nhsuk-button"[^>]*href="[^"]*/registration/check/"', shown(world, idea))


def test_task_list_asks_as_often_for_one_thing_as_for_ten(
    world: World, django_assert_max_num_queries: Any
) -> None:
    def queries() -> int:
        with django_assert_max_num_queries(60) as counted:
            shown(world, world.residency)
        return len(counted)

    def add(number: int) -> None:
        for count in range(number):
            world.residency.shelf.create(
                title="x",
                address=f"https://x.example/{count}/{number}",
                added_by=world.people["host_manager"],
            )
            AccessItem.objects.create(
                placement=world.placement, host=world.host, kind=list(AccessKind)[count + number]
            )

    add(1)
    shown(world, world.residency)  # the session is written once
    first = queries()
    add(9)
    assert queries() == first
