"""Every press × every role (P2): one good form sent by everybody, held against a table; who is refused writes nothing.

The table is `matrix_posts.csv`; `EMBEDDED_WRITE_MATRIX=1 bin/test tests/house/test_matrix_posts.py` writes what is, for
somebody to read and sign.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path

import pytest
from django.db import models, transaction

from tests.house.addresses import Things, things_in
from tests.house.crawling import PRINCIPALS, clients
from tests.house.matrices import read_matrix, write_matrix
from tests.house.presses import NAMES, press_of
from tests.house.tables import WRITTEN_BY_READING, changed, digests
from tests.world import World

UNTOLD = {*WRITTEN_BY_READING, "drafts_parkedpost"}  # what somebody signed out typed is kept for them
MATRIX = Path(__file__).with_name("matrix_posts.csv")


@contextmanager
def undone(things: Things) -> Iterator[None]:
    """Whatever happens within has not happened: in the tables, and in the things that were read from them."""
    kept = dict(vars(things))
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    vars(things).update(kept)
    for one in kept.values():
        if isinstance(one, models.Model):
            one.refresh_from_db()
    things.world.residency.refresh_from_db()


def test_p2_every_press_answers_every_role_as_the_matrix_says(world: World, other_world: World) -> None:
    things, browsers = things_in(world), clients(world, other_world)
    found: dict[str, dict[str, int]] = {name: {} for name in NAMES}
    written: list[str] = []
    for name in NAMES:
        with undone(things):
            press = press_of(name, things)
            before = digests(UNTOLD)
            for who in PRINCIPALS:
                browser = deepcopy(browsers[who])
                with transaction.atomic():
                    answer = press.send(browser)
                    found[name][who] = answer.status_code
                    led = answer.headers.get("Location", "")
                    refused = answer.status_code in (403, 404, 405) or led.startswith("/accounts/login/")
                    if refused and changed(before, digests(UNTOLD)):
                        written.append(f"{name} by {who}")
                    transaction.set_rollback(True)
    if os.environ.get("EMBEDDED_WRITE_MATRIX"):
        write_matrix(MATRIX, found)
    assert written == []
    assert found == read_matrix(MATRIX)


@pytest.mark.parametrize("name", NAMES)
def test_the_matrix_lets_nobody_write_who_has_no_part_in_it(name: str) -> None:
    """Nobody signed in, and the lead of another programme, unless what is pressed is their own or a link."""
    row = read_matrix(MATRIX)[name]
    own = {"account_details", "account_sign_out_elsewhere", "away", "programme_new", "organisation_add"}
    by_link = {"access_answer", "first_lead_open", "invitation_open", "registration_confirm", "use_confirm"}
    if name in by_link:
        return
    assert row["anonymous"] == 302  # to sign in
    assert name in own or row["other_lead"] == 404
    assert name in own or row["stranger"] == 404
