"""Who sees what: roles, themes, hosts, strangers, and the funder who reads it aggregated."""

from __future__ import annotations

import re

import pytest

from programmes.models import Theme
from tests.dashboards.pages import (
    address,
    busy_residency,
    links,
    log,
    page_of,
    part,
)
from tests.world import (
    World,
    make_organisation,
    make_person,
    make_residency,
)


@pytest.mark.parametrize("tail", ["", "figures/", "figures/mix.csv", "figures/access.csv"])
@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("programme_lead", 200),
        ("programme_officer", 200),
        ("theme_lead", 200),
        ("funder", 200),
        ("host_manager", 403),
        ("exec_sponsor", 403),
        ("rd_office", 403),
        ("hr", 403),
        ("ig_lead", 403),
        ("researcher", 403),
        ("academic_supervisor", 403),
        ("public_partner", 403),
    ],
)
def test_pages_open_for_those_who_may_read_the_dashboard(
    world: World, role: str, status: int, tail: str
) -> None:
    assert world.client(role).get(address(world, tail)).status_code == status


@pytest.mark.parametrize("tail", ["", "figures/", "figures/mix.csv", "figures/access.csv"])
def test_pages_of_a_stranger_are_not_found(world: World, other_world: World, tail: str) -> None:
    assert other_world.client("programme_lead").get(address(world, tail)).status_code == 404


@pytest.mark.parametrize("tail", ["", "figures/"])
def test_theme_lead_sees_the_theme_and_nothing_else(world: World, tail: str) -> None:
    inside = busy_residency(world, title="Inside the theme")
    outside = busy_residency(world, title="Outside the theme", theme=None)
    page = page_of(world, "theme_lead", tail)
    assert inside.title in page
    assert outside.title not in page and outside.code not in page


def test_theme_lead_gets_the_minutes_of_the_theme_only(world: World) -> None:
    busy_residency(world)
    before = part(page_of(world, "theme_lead"), "mix")
    busy_residency(world, theme=None)
    after = part(page_of(world, "theme_lead"), "mix")
    assert re.sub(r"\d+:\d+[ap]m", "", before) == re.sub(r"\d+:\d+[ap]m", "", after)
    assert "66 hours logged" in before


def test_filters_stand_in_the_address_and_narrow_every_number(world: World) -> None:
    here = busy_residency(world, title="At the first host")
    other = make_organisation("Another Made Up Trust")
    there = busy_residency(world, title="At the other host")
    there.organisations.update(organisation=other)
    client = world.client("programme_lead")
    page = client.get(address(world) + f"?host={other.pk}").content.decode()
    assert there.title in page and here.title not in page
    assert "Only:" in page and "Another Made Up Trust" in page
    assert f"figures/?host={other.pk}#attention" in page
    csv = client.get(address(world, f"figures/mix.csv?host={other.pk}"))
    assert b"5.5" in b"".join(csv.streaming_content)  # type: ignore[attr-defined]
    assert 'name="theme"' in page and "Apply filters" in page


@pytest.mark.parametrize("query", ["?host=999999", "?theme=x", "?host=' OR 1=1", "?theme=%00"])
def test_filter_that_is_not_offered_is_as_if_it_were_not_there(world: World, query: str) -> None:
    busy_residency(world)
    page = world.client("programme_lead").get(address(world) + query)
    assert page.status_code == 200
    assert b"Only:" not in page.content


def test_theme_lead_cannot_filter_for_another_theme(world: World) -> None:
    other = Theme.objects.create(programme=world.programme, name="Another theme")
    outside = busy_residency(world, theme=other, title="Outside the theme")
    page = world.client("theme_lead").get(address(world) + f"?theme={other.pk}").content.decode()
    assert outside.title not in page and "Another theme" not in page


# The funder reads it aggregated


def test_funder_reads_sums_and_no_names_and_no_link_that_does_not_open(world: World) -> None:
    residency = busy_residency(world, title="A title of its own")
    client = world.client("funder")
    for tail in ("", "figures/"):
        page = page_of(world, "funder", tail)
        main = page[page.index("<main") : page.index("</main>")]
        for told in (
            residency.title,
            residency.code,
            world.host.display_name,
            "Night figures",
            "Falls at night",
        ):
            assert told not in main, (tail, told)
        for link in links(main):
            assert client.get(link).status_code == 200, link
    assert "The executive sponsor has gone: 1 residency" in page_of(world, "funder")
    assert "1 thing was used in a decision" in page_of(world, "funder")


@pytest.mark.parametrize(("people", "hidden"), [(4, True), (5, False)])
def test_funder_sees_no_month_that_rests_on_fewer_than_five(world: World, people: int, hidden: bool) -> None:
    """P9."""
    for _ in range(people):
        residency = make_residency(world.programme, world.host)
        log(residency, make_person(), months=4)
    page = part(page_of(world, "funder"), "mix")
    csv = b"".join(world.client("funder").get(address(world, "figures/mix.csv")).streaming_content)  # type: ignore[attr-defined]
    assert ("too few people logged" in page) is hidden
    assert (b'"*"' in csv) is hidden
    assert (f"{5.5 * people}".encode() in csv) is not hidden
    lead = part(page_of(world), "mix")
    assert "too few" not in lead


def test_funder_has_no_filters_to_subtract_with(world: World) -> None:
    busy_residency(world)
    page = page_of(world, "funder") + page_of(world, "funder", "?narrow=yes")
    assert "Apply filters" not in page and "arrow to" not in page
    theme = world.residency.theme_id
    assert "Only:" not in world.client("funder").get(address(world) + f"?theme={theme}").content.decode()
