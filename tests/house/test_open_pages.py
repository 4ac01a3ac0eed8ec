"""Every address refuses the anonymous unless it is on the one list of open pages (P1)."""

from __future__ import annotations

import pytest
from django.test import Client

from embedded.open_pages import FOR_EVERYBODY, OPEN
from tests.house.addresses import address_of, all_names, our_names, things_in
from tests.world import World


def test_every_address_has_a_name() -> None:
    assert "" not in all_names()


def test_the_list_names_only_what_there_is_and_is_short() -> None:
    assert set(all_names()) >= OPEN
    assert len(FOR_EVERYBODY) <= 12


def test_the_anonymous_are_refused_everywhere_else(world: World) -> None:
    things, browser = things_in(world), Client()
    for name in our_names():
        if name in OPEN:
            continue
        address = address_of(name, things)
        for answer in (browser.get(address), browser.post(address, {})):
            assert answer.status_code == 302, f"{name} answers {answer.status_code} to nobody"
            assert answer["Location"].startswith("/accounts/login/"), name
            assert b"canary" not in answer.content


@pytest.mark.parametrize("name", sorted(OPEN))
def test_what_is_open_answers_without_signing_in(world: World, name: str) -> None:
    answer = Client().get(address_of(name, things_in(world)))
    assert answer.status_code in ((401,) if name in ("api_entries", "api_entry") else (200, 404, 410)), name
    assert b"canary" not in answer.content
