"""Every address × everybody, held against a table that a governance lead can read (P2).

The table is `matrix.csv`: what a GET answers. A new address, principal or role turns these tests red until it is there;
`tests/house/matrices.py` says how to write it.
"""

from __future__ import annotations

import pytest

from embedded.open_pages import BY_SIGNED_LINK, OPEN, PUBLISHED
from programmes.access import ROLES
from programmes.models import Residency
from tests.house.addresses import our_names, things_in
from tests.house.crawling import Crawl
from tests.house.matrices import GETS, POSTS, columns, is_writing, read_matrix, write_matrix, wrong_cells
from tests.house.principals import LINK_HOLDERS, PRINCIPALS, STAY_CONFIRMED, everybody
from tests.house.reach import bounded_queries, unbounded
from tests.house.tenants import CANARY
from tests.world import World

NAMES_EDITORS = {"guidance_desk"}  # those of the one library, whichever world of the walk made them
WITHOUT_OBJECTS = {
    "account",
    "away",
    "diary",
    "diary_erase",
    "diary_find",
    "diary_promise",
    "diary_shared",
    "guidance_desk",
    "guidance_numbers",
    "guidance_numbers_csv",
    "held",
    "home",
    "keys",
    "log_all",
    "log_all_filter",
    "log_dictionary",
    "log_export",
    "log_files",
    "log_month",
    "log_month_now",
    "log_picture",
    "log_template",
    "log_week",
    "log_week_now",
    "organisation_add",
    "organisations",
    "people_everywhere",
    "people_everywhere_csv",
    "portfolio",
    "portfolio_module",
    "programme_new",
    "nudges",
    "calendar_address",
    "weekly_letter",
}
# there once the library is taken in
WITHOUT_A_LIBRARY = {
    "guidance_document",
    "guidance_editions",
    "guidance_pdf",
    "guidance_ready_pack",
    "guidance_sheet",
    "guidance_word",
}
# who is asked again with the header every day; everybody is in the full run
ASKED_AGAIN = ["anonymous", "suspended", "other_lead", "programme_lead", "host_manager", "researcher", "hr"]


@pytest.mark.django_db
def test_p2_every_address_answers_everybody_as_the_matrix_says(crawl: Crawl) -> None:
    found = crawl.statuses()
    if is_writing():
        write_matrix(GETS, found)
    assert wrong_cells(found, read_matrix(GETS)) == []


def test_p2_every_role_and_every_address_is_in_both_tables() -> None:
    for path in (GETS, POSTS):
        assert columns(path) == PRINCIPALS
        assert set(ROLES) <= set(columns(path))
        assert set(read_matrix(path)) == set(our_names())
    assert len(PRINCIPALS) >= 14
    assert len(PRINCIPALS) * len(our_names()) * 2 >= 3_000


@STAY_CONFIRMED
def test_p2_the_same_with_the_header_of_a_script(
    world: World, other_world: World, request: pytest.FixtureRequest
) -> None:
    """HX-Request makes no door wider: the verdict is the table's."""
    things = things_in(world)
    everyone, expected = everybody(things, things_in(other_world)), read_matrix(GETS)
    again = PRINCIPALS if request.config.option.full else ASKED_AGAIN
    wrong = []
    for name in set(our_names()) - WITHOUT_A_LIBRARY - {"guidance_pack_file", "report_pdf"}:
        for who in again:
            address = everyone.address(name, who, things)
            answer = everyone.browsers[who].get(address, headers={"hx-request": "true"})
            status = 302 if "HX-Redirect" in answer else answer.status_code  # a script is led on by a header
            if status != expected[name][who]:
                wrong.append(f"{name} to {who}: {status}, expected {expected[name][who]}")
    assert wrong == []


def test_the_matrix_lets_nobody_without_a_part_near_an_object() -> None:
    """Whoever is not signed in is led to sign in, whoever has no part finds nothing: 404, never 403."""
    nobody = ["anonymous", "suspended"]
    for name, row in read_matrix(GETS).items():
        if name in OPEN or name in WITHOUT_OBJECTS:
            continue
        assert {row[who] for who in (*nobody, *LINK_HOLDERS)} == {302}, name
        for who in ("stranger", "may_start", "other_lead", "invited_lead", "former_lead"):
            assert row[who] in (302, 404, 405) or name.startswith(("account", "organisation")), (
                f"{name}, {who}"
            )


def test_the_matrix_opens_a_link_to_its_holder_alone() -> None:
    for path in (GETS, POSTS):
        for name in BY_SIGNED_LINK:
            row = read_matrix(path)[name]
            assert row["link_valid"] in (200, 302), name
            others = set(PRINCIPALS) - {"link_valid", "link_other_tenant"}
            assert {row[who] for who in others} == {410}, name


@pytest.mark.django_db
def test_p3_nothing_of_the_other_tenant_stands_on_any_page(crawl: Crawl) -> None:
    """The other programme of the walk is full of a word; only its own lead and the holder of its links read it. What it
    has published is everybody's, and the library has no tenants: its editors read one another's names."""
    theirs = ("to other_lead:", "to link_other_tenant:")
    found = [one for one in crawl.holding(CANARY) if one.split(" to ")[0] not in PUBLISHED | NAMES_EDITORS]
    assert all(any(who in one for one in found) for who in theirs), "the drill looks at nothing"
    assert [one for one in found if not any(who in one for who in theirs)] == []


@pytest.mark.django_db
def test_p3_no_page_reads_a_whole_table_of_all_tenants(crawl: Crawl) -> None:
    assert sorted({query.sql for query in crawl.unbounded}) == []


def test_p3_the_watch_sees_a_query_that_nothing_narrows(world: World) -> None:
    with bounded_queries() as found:
        list(Residency.objects.filter(stage="active"))
        list(Residency.objects.filter(programme=world.programme))
    assert [one.table for one in found] == ["programmes_residency"]
    assert unbounded('SELECT 1 FROM "accounts_user"', {"programmes_report"}) is None
