"""By file in full: open ends, pauses, who takes part, direction, what an agreement covers, the permission held."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from programmes.intake import columns, words
from programmes.measures.period import add_months
from programmes.models import OrganisationPart, Residency, ResidencyFile, Stage
from tests.intake.building import (
    BEGUN,
    ENDS,
    HEAD,
    HOST,
    ROW,
    TODAY,
    brought_in,
    checked,
    page_of,
    states,
    text,
)
from tests.world import World, make_organisation

TOMORROW = TODAY + datetime.timedelta(days=1)
HEADINGS = [column.heading for column in columns.COLUMNS]
FULL = {
    "Further hosts": "Another Trust",
    "What the researcher does": "Anthropologist",
    "Academic home": "Made Up University",
    "Who goes where": "Both ways",
    "Host manager": "Priya Nair",
    "Host manager's email": "Priya@Trust.example",
    "Supervisor at the host": "Amal Reid",
    "Academic supervisor": "Ada Ford",
    "Academic supervisor's email": "ada@university.example",
    "Your reference": "EDGE 7",
    "Agreement signed on": str(BEGUN),
    "Agreement kept at": "Contracts office",
    "Agreement covers": "Supervision; how it can be ended; money; supervision",
    "Permission": "LoA",
    "Permission issued on": str(BEGUN),
    "Permission reference": "LoA 117",
    "Permission ends": str(ENDS),
}


def file_of(*lines: dict[str, str]) -> bytes:
    """Rows under every heading of the template: the usual cells, and those given."""
    usual = dict(zip(HEAD, ROW, strict=True))
    rows = [[(usual | cells).get(heading, "") for heading in HEADINGS] for cells in lines]
    return text(*rows, head=HEADINGS).encode()


def handed_in(world: World, *lines: dict[str, str]) -> ResidencyFile:
    return checked(world.client("programme_lead"), world, file_of(*lines))


def test_everything_of_a_row_shows_on_the_page_in_access_and_in_the_table(world: World) -> None:
    make_organisation("Another Trust")
    lead = world.client("programme_lead")
    file = brought_in(lead, handed_in(world, FULL))
    assert states(file) == ["made"], file.rows.get().problems
    made = Residency.objects.get(title=ROW[0])
    agreement, post = made.agreements.get(), made.placements.get()
    assert agreement.covers == ["supervision", "termination", "cost_recovery"]
    item = post.access_items.get(host=world.host, kind="letter_of_access")
    assert (item.state, item.issuer, item.reference) == ("in_place", HOST, "LoA 117")
    assert (item.issued_on, item.expires_on, post.role) == (BEGUN, ENDS, "Anthropologist")
    assert (made.direction, made.host_manager_email) == ("two_way", "priya@trust.example")
    page = lead.get(made.get_absolute_url()).content.decode()
    table = b"".join(lead.get(f"/p/{world.programme.slug}/residencies.csv")).decode()
    for named in ("Another Trust", "Made Up University", "Priya Nair", "Amal Reid", "Ada Ford"):
        assert named in page and named in table, named
    assert "Both ways" in page and "Anthropologist" in page


def test_a_file_with_every_column_twice_makes_nothing_twice(world: World) -> None:
    lead = world.client("programme_lead")
    brought_in(lead, handed_in(world, {"Host manager": "Priya Nair"}))
    assert states(handed_in(world, {"Host manager": "Somebody Else"})) == ["here"]


def test_an_open_end_and_a_pause_come_in_with_the_day_to_look_again(world: World) -> None:
    lead = world.client("programme_lead")
    again = {"Look again on": str(TOMORROW)}
    rows = [
        {"Title": "Open", "End": ""} | again,
        {"Title": "Paused", "Stage": "on hold", "Why it is paused": "The ward moves"} | again,
        {"Title": "Over", "Stage": "ended", "End": str(TODAY), "Look again on": str(BEGUN)},
        {"Title": "Planned", "Stage": "being planned", "Start": "", "End": ""},
    ]
    file = handed_in(world, *rows)
    assert states(file) == ["good"] * 4
    assert "No end agreed" in page_of(lead, file)
    brought_in(lead, file)
    found = {one.title: one for one in Residency.objects.filter(title__in=[row["Title"] for row in rows])}
    assert (found["Open"].stage, found["Open"].planned_end) == (Stage.ACTIVE, None)
    assert [found[name].review_on for name in ("Open", "Paused", "Over", "Planned")] == [
        TOMORROW,
        TOMORROW,
        add_months(TODAY, 6),  # what has ended is looked back on
        None,
    ]
    change = found["Paused"].stage_changes.get(to_stage=Stage.PAUSED)
    assert (change.why, change.review_on) == ("The ward moves", TOMORROW)


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"End": ""}, "if no end is agreed, fill “Look again on”"),
        ({"End": "", "Look again on": str(TODAY)}, "Write a day after today"),
        ({"Stage": "ended", "End": ""}, "Write the day it ended"),
        ({"Stage": "paused", "Look again on": str(TOMORROW)}, "Write why it is paused"),
        (
            {"Stage": "paused", "Why it is paused": "Moves"},
            "Write the day on which somebody looks at it again",
        ),
        (
            {"Who goes where": "sideways"},
            "Write one of: researcher to service, service to university, both ways",
        ),
        ({"Academic home": HOST}, "This is a host too"),
        ({"Host manager's email": "priya"}, "Write one email address"),
        ({"Agreement covers": "weather"}, "Write the day the agreement was signed"),
        ({"Permission": "passport"}, "Write one of: letter of access, honorary research contract"),
        ({"Permission ends": str(ENDS)}, "Write which permission it is"),
        ({"Permission": "HRC", "Permission reference": "7"}, "Write the day the permission was issued"),
        ({"Permission": "HRC", "Permission issued on": str(BEGUN)}, "Write the reference of the permission"),
        (
            {"Permission": "HC", "Permission reference": "7", "Permission issued on": str(BEGUN)}
            | {"Permission ends": str(BEGUN)},
            "Write a last day that is after the day it was issued",
        ),
    ],
)
def test_each_bad_cell_is_named_with_the_fix(world: World, cells: dict[str, str], says: str) -> None:
    if "weather" in cells.values():
        says = "We do not know “weather”"
    file = handed_in(world, cells)
    assert states(file) == ["bad"]
    assert says in page_of(world.client("programme_lead"), file)


def test_a_row_checked_before_there_were_these_columns_still_comes_in(world: World) -> None:
    file = checked(world.client("programme_lead"), world, text(ROW).encode())
    row = file.rows.get()
    old = "title host further_hosts stage start end researcher_name researcher_email days_a_week academic_home theme "
    old += "own_reference approved_on approved_kept_at agreement_on agreement_kept_at same_as"
    row.values = {name: row.values[name] for name in old.split()}
    row.save(update_fields=["values"])
    brought_in(world.client("programme_lead"), file)
    assert Residency.objects.get(title=ROW[0]).organisations.get().part == OrganisationPart.LEAD_HOST


@pytest.mark.parametrize(
    ("offered", "known"),
    [
        (columns.OFFERED_DIRECTIONS.split(", "), words.DIRECTIONS),
        (columns.OFFERED_PERMISSIONS.split(", "), words.PERMISSIONS),
        (columns.OFFERED_COVERS.split("; "), words.COVERS),
    ],
)
def test_every_word_that_is_offered_is_understood(offered: list[str], known: dict[str, Any]) -> None:
    assert {known[word] for word in offered} == set(known.values())


def test_a_planned_one_keeps_who_takes_part(world: World) -> None:
    lead = world.client("programme_lead")
    cells = {"Stage": "being planned", "Host manager": "Priya Nair", "Academic supervisor": "Ada Ford"}
    brought_in(lead, handed_in(world, cells))
    made = Residency.objects.get(title=ROW[0])
    assert (made.stage, made.host_manager_name, made.academic_supervisor_name) == (
        Stage.IDEA,
        "Priya Nair",
        "Ada Ford",
    )
