"""Monday's page: its order, its ten lines and where each leads, its six numbers, what it costs."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from embedded.audit.models import Event
from tests.dashboards.pages import (
    address,
    busy_residency,
    day_of,
    headings,
    links,
    page_of,
    part,
)
from tests.world import (
    World,
    client_of,
    join,
    make_person,
    make_programme,
    make_residency,
)


def test_dashboard_keeps_the_order_of_decision_11(world: World) -> None:
    busy_residency(world)
    assert headings(page_of(world)) == [
        "Needs attention",
        "What changed in the last 28 days",
        "Used in decisions",
        "Dates ahead",
        "In numbers",
        "What the time went into",
    ]


def test_every_line_that_needs_attention_opens_where_it_is_put_right(world: World) -> None:
    busy_residency(world)
    client = world.client("programme_lead")
    found = links(part(page_of(world), "attention"))
    assert len(found) >= 7
    for link in found:
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize("role", ["programme_officer", "theme_lead"])
def test_every_line_opens_for_those_who_may_do_less(world: World, role: str) -> None:
    """An officer may not approve, so that line leads to the residency itself."""
    busy_residency(world)
    make_residency(
        world.programme, world.host, stage="scoping", submitted_at=timezone.now(), theme=world.residency.theme
    )
    client = world.client(role)
    for link in links(part(page_of(world, role), "attention")):
        assert client.get(link).status_code == 200, link


def test_ten_lines_at_most_and_the_rest_is_counted_and_reachable(world: World) -> None:
    for _ in range(3):
        busy_residency(world)
    page = part(page_of(world), "attention")
    assert page.count("dash-lines__item") == 10
    total = part(page_of(world, tail="figures/"), "attention").count("dash-lines__item")
    assert f"{total - 10} more need attention: show all {total}" in page
    assert address(world, "figures/#attention") in page


def test_now_stands_before_soon_and_the_oldest_first(world: World) -> None:
    busy_residency(world)
    found = part(page_of(world, tail="figures/"), "attention")
    tags = re.findall(r"nhsuk-tag--(?:red|yellow)\">(\w+)<", found)
    assert tags == sorted(tags, key=["Now", "Soon"].index)
    first = [day_of(day) for day in re.findall(r"__since\">since (\d+ \w+ \d{4})", found)]
    now = tags.count("Now")
    assert first[:now] == sorted(first[:now]) and first[now:] == sorted(first[now:])


def test_nothing_wrong_says_so(world: World) -> None:
    page = page_of(world)
    assert "Nothing needs attention." in part(page, "attention")
    assert "Nothing needs you today in 1 residency." in page


def test_six_numbers_at_most_each_with_the_list_behind_it(world: World) -> None:
    busy_residency(world)
    found = part(page_of(world), "numbers")
    targets = re.findall(r'href="figures/[^"#]*#([\w-]+)"', found)
    assert found.count("app-number__figure") == len(targets) + 1 == 6
    listed = address(world, "residencies/?stage=running")
    assert listed in found
    assert world.client("programme_lead").get(listed).status_code == 200
    figures = page_of(world, tail="figures/")
    for ident in targets:
        assert f'id="{ident}"' in figures


def test_pages_ask_as_many_questions_of_a_hundred_as_of_one(world: World) -> None:
    """P37: a dashboard asks at most forty; ours of a lead a quarter of that."""
    busy_residency(world)
    client = world.client("programme_lead")
    counts: dict[str, list[int]] = {"": [], "figures/": []}
    for more in (0, 9, 90):
        for _ in range(more):
            busy_residency(world, months=1)
        for tail, found in counts.items():
            client.get(address(world, tail))
            with CaptureQueriesContext(connection) as asked:
                client.get(address(world, tail))
            found.append(len(asked))
    assert [len(set(found)) for found in counts.values()] == [1, 1], counts
    assert counts[""][0] <= 12
    assert counts["figures/"][0] <= 20


def test_page_of_a_large_programme_shows_the_first_lines_and_says_how_many_there_are(world: World) -> None:
    for _ in range(60):
        busy_residency(world, months=1)
    page = page_of(world, tail="figures/")
    total = 60 * 7  # R19, R18, R14, R04, R02 twice and a condition; R01 below
    listed = part(page, "attention")
    assert listed.count("dash-lines__item") == 25
    last = (total + 60 + 24) // 25
    assert f"page={last}" in listed and f"page={last + 1}" not in listed
    assert part(page_of(world, tail=f"figures/?page={last}"), "attention").count("dash-lines__item") == 5
    assert part(page_of(world, tail="figures/?page=999"), "attention").count("dash-lines__item") == 5
    for ident in ("over-time", "access", "logs", "public"):
        table = part(page, ident)
        assert table.count("<tr") <= 53, ident
        assert "The first 50 of 6" in table, ident
    assert part(page, "over-time").count("<title>Residency") <= 40
    assert "The first 40 are drawn." in part(page, "over-time")
    whole = world.client("programme_lead").get(address(world, "figures/logs.csv"))
    assert len(b"".join(whole.streaming_content).splitlines()) == 62  # type: ignore[attr-defined]
    assert len(page) < 400_000


@pytest.mark.parametrize("number", ["0", "-1", "x", "%00", "9" * 40, "١"])
def test_page_that_is_none_is_the_first_or_the_last(world: World, number: str) -> None:
    busy_residency(world)
    assert "dash-lines__item" in part(page_of(world, tail=f"figures/?page={number}"), "attention")


def test_quiet_logs_are_named_up_to_eight(world: World) -> None:
    for _ in range(11):
        make_residency(world.programme, world.host)
    assert "; 4 more." in part(page_of(world), "mix")


def test_filters_come_when_asked_for_so_that_attention_comes_first(world: World) -> None:
    """On a phone of 320 px two selects and a button would fill the screen, and hosts can be hundreds."""
    make_residency(world.programme)
    page = page_of(world)
    assert "Apply filters" not in page
    before = page[page.index("<main") : page.index('id="attention"')]
    link = re.search(r'href="([^"]+)">Narrow to a theme or a host</a>', before)
    assert link and link[1] == f"{address(world)}?narrow=yes#narrow"
    assert 'id="narrow"><details class="nhsuk-details" open>' in page_of(world, tail="?narrow=yes")
    folded = page_of(world, tail="figures/")
    filters = folded[folded.index("<details") : folded.index("</details>")]
    assert '<details class="nhsuk-details">' in filters and "Apply filters" in filters


def test_where_all_is_at_one_host_the_page_says_so(world: World) -> None:
    assert "There is nothing to narrow to" in page_of(world, tail="?narrow=yes")
    assert "There is nothing to narrow to" not in page_of(world)


@pytest.mark.parametrize("tail", ["", "figures/"])
def test_page_has_one_heading_unique_ids_and_figures_that_say_what_they_are(world: World, tail: str) -> None:
    busy_residency(world)
    page = page_of(world, tail=tail)
    assert page.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for drawing in re.findall(
        r"<svg[^>]*viewBox[^>]*role=\"img\"[^>]*>|<svg[^>]*role=\"img\"[^>]*viewBox[^>]*>", page
    ):
        named = re.search(r'aria-labelledby="(\S+) (\S+)"', drawing)
        assert named and named[1] in ids and named[2] in ids
    assert " style=" not in page


def test_looking_is_not_audited(world: World) -> None:
    world.client("programme_lead").get(address(world))
    assert not Event.objects.filter(place=f"p/{world.programme.slug}").exists()


def test_empty_programme_has_a_dashboard(world: World) -> None:
    programme = make_programme()
    person = make_person()
    join(person, "programme_lead", programme)
    client = client_of(person)
    for tail in ("", "figures/", "figures/mix.csv"):
        assert client.get(f"/p/{programme.slug}/{tail}").status_code == 200
