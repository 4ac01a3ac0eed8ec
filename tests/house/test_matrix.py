"""Every address × every role, held against a table that a governance lead can read (P2), and another tenant's
objects, which are a 404 to everybody (P3).

The table is `matrix.csv`: what a GET answers. A new address turns this test red until its row is written;
`EMBEDDED_WRITE_MATRIX=1 bin/test tests/house/test_matrix.py` writes what is, for somebody to read and sign.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from embedded.open_pages import OPEN
from tests.house.addresses import Things, address_of, our_names, things_in
from tests.house.crawling import PRINCIPALS, Crawl
from tests.house.matrices import read_matrix, write_matrix
from tests.world import World

MATRIX = Path(__file__).with_name("matrix.csv")
WITHOUT_OBJECTS = {"away", "home", "organisation_add", "organisations", "programme_new", "account"}


@pytest.mark.django_db
def test_every_address_answers_every_role_as_the_matrix_says(crawl: Crawl) -> None:
    found = crawl.statuses()
    if os.environ.get("EMBEDDED_WRITE_MATRIX"):
        write_matrix(MATRIX, found)
    expected = read_matrix(MATRIX)
    assert sorted(found) == sorted(expected), "an address is missing from matrix.csv, or gone"
    wrong = [
        f"{name} to {who}: {found[name][who]}, expected {expected[name][who]}"
        for name in found
        for who in PRINCIPALS
        if found[name][who] != expected[name][who]
    ]
    assert not wrong, "\n".join(wrong)


def test_the_matrix_lets_no_stranger_near_an_object() -> None:
    for name, row in read_matrix(MATRIX).items():
        if name in OPEN or name in WITHOUT_OBJECTS:
            continue
        assert row["anonymous"] == 302, name
        assert row["other_lead"] in (302, 404, 405) or name.startswith(("account", "organisation")), name


@pytest.mark.parametrize("role", ["programme_lead", "host_manager", "researcher", "rd_office", "theme_lead"])
def test_p3_nothing_of_another_programme_is_read_or_written(
    world: World, other_world: World, role: str
) -> None:
    """Each of their addresses, and each of their numbers under our own address, by GET and by POST."""
    theirs = things_in(other_world, "canary")
    ours = things_in(world, "ours")
    browser = world.client(role)
    for name in our_names():
        if (
            name in OPEN
            or name in WITHOUT_OBJECTS
            or name.startswith(("account", "organisation", "continue"))
        ):
            continue
        for address in {address_of(name, theirs), _their_number_under_ours(name, ours, theirs)}:
            for answer in (browser.get(address), browser.post(address, {"press": "copy"})):
                content = b"".join(answer) if answer.streaming else answer.content
                assert b"canary" not in content, f"{role} reads {address}"
                if address == address_of(name, theirs):
                    refused = answer.status_code in (404, 405)  # 405: refused before anything is looked up
                    assert refused, f"{role} gets {answer.status_code} from {address}"


def _their_number_under_ours(name: str, ours: Things, theirs: Things) -> str:
    """Our programme and residency in the address, their object's number behind it."""
    mixed = Things(**(vars(theirs) | {"world": ours.world}))
    return address_of(name, mixed)
