"""Every press × everybody (P2): one good form sent by each, held against a table; who is refused writes nothing.

The table is `matrix_posts.csv`; `tests/house/matrices.py` says how to write it. An address that takes no form is in it
too: it answers 405 to whoever gets that far.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

import pytest
from django.db import models, transaction
from django.utils import timezone

from embedded import links
from embedded.open_pages import BY_SIGNED_LINK, OPEN
from programmes.models import Activity, Away, Contribution, UseInDecision
from tests.house.addresses import Things, address_of, our_names, things_in
from tests.house.matrices import POSTS, is_writing, read_matrix, write_matrix, wrong_cells
from tests.house.presses import NAMES, press_of
from tests.house.pressing import Press, undone
from tests.house.principals import (
    LINK_HOLDERS,
    PRINCIPALS,
    STAY_CONFIRMED,
    Everybody,
    everybody,
    expire,
    link_of,
)
from tests.house.reach import bounded_queries
from tests.house.tables import WRITTEN_BY_READING, changed, digests
from tests.house.test_matrix import ASKED_AGAIN
from tests.world import World

UNTOLD = {*WRITTEN_BY_READING, "drafts_parkedpost"}  # what somebody signed out typed is kept for them
REFUSED = (403, 404, 405, 410)
SCRIPT = {"hx-request": "true"}


def as_pressed_by(who: str, press: Press, theirs: Press) -> Press:
    """The press with the address that this principal has for it: a link is opened by who holds it."""
    match who:
        case "link_expired":
            expire(link_of(press.address))
        case "link_revoked":
            links.revoke(link_of(press.address))
        case "link_other_tenant":
            return theirs
        case "link_valid":
            return press
        case _:
            return replace(press, address=press.address.replace(token_of(press), "k1_never"))
    return press


def token_of(press: Press) -> str:
    return press.address.rstrip("/").rpartition("/")[2]


def verdict(status: int, led: str) -> tuple[int, bool]:
    """The status, and whether it was a refusal. A script that is led to sign in is told so by another header."""
    to_sign_in = led.startswith("/accounts/login/")
    return (302 if to_sign_in else status), status in REFUSED or to_sign_in


def press_by_all(
    things: Things, theirs: Things, everyone: Everybody, who_all: list[str], headers: dict[str, str]
) -> tuple[dict[str, dict[str, int]], list[str]]:
    """What everybody is answered, and which refusals wrote something all the same."""
    found: dict[str, dict[str, int]] = {name: {} for name in NAMES}
    written: list[str] = []
    for name in NAMES:
        with undone(things), undone(theirs):
            press = press_of(name, things)
            of_theirs = press_of(name, theirs) if name in BY_SIGNED_LINK else press
            before = digests(UNTOLD)
            for who in who_all:
                browser = deepcopy(everyone.browsers[who])
                with transaction.atomic():
                    sent = as_pressed_by(who, press, of_theirs) if name in BY_SIGNED_LINK else press
                    as_it_was = digests(UNTOLD) if who in LINK_HOLDERS else before
                    answer = browser.post(sent.address, sent.typed, headers=headers)
                    led = answer.headers.get("Location") or answer.headers.get("HX-Redirect", "")
                    found[name][who], refused = verdict(answer.status_code, led)
                    if refused and changed(as_it_was, digests(UNTOLD)):
                        written.append(f"{name} by {who}")
                    transaction.set_rollback(True)
    return found, written


@STAY_CONFIRMED
def test_p2_every_press_answers_everybody_as_the_matrix_says(world: World, other_world: World) -> None:
    things, theirs = things_in(world), things_in(other_world)
    everyone = everybody(things, theirs)
    with bounded_queries() as unbounded:
        found, written = press_by_all(things, theirs, everyone, PRINCIPALS, {})
    found |= {name: nothing_to_send(name, things, everyone) for name in our_names() if name not in NAMES}
    if is_writing():
        write_matrix(POSTS, found)
    assert written == []
    assert sorted({query.sql for query in unbounded}) == []
    assert wrong_cells(found, read_matrix(POSTS)) == []


def nothing_to_send(name: str, things: Things, everyone: Everybody) -> dict[str, int]:
    """What an address that takes no form answers to an empty one."""
    address = address_of(name, things)
    return {who: browser.post(address).status_code for who, browser in everyone.browsers.items()}


@STAY_CONFIRMED
def test_p2_the_same_presses_with_the_header_of_a_script(
    world: World, other_world: World, request: pytest.FixtureRequest
) -> None:
    things, theirs = things_in(world), things_in(other_world)
    again = PRINCIPALS if request.config.option.full else ASKED_AGAIN
    found, written = press_by_all(things, theirs, everybody(things, theirs), again, SCRIPT)
    expected = read_matrix(POSTS)
    assert written == []
    assert found == {name: {who: expected[name][who] for who in again} for name in NAMES}


@pytest.mark.parametrize("name", NAMES)
def test_the_matrix_lets_nobody_write_who_has_no_part_in_it(name: str) -> None:
    """Nobody signed in, nobody of another programme, of before or of later, unless it is their own or a link."""
    row = read_matrix(POSTS)[name]
    own = {
        "account_details",
        "account_sign_out_elsewhere",
        "away",
        "calendar_address",
        "diary",
        "diary_erase",
        "nudges",
        "organisation_add",
        "portfolio_module",
        "programme_new",
        "weekly_letter",
    }
    if name in OPEN:
        return
    assert {row[who] for who in ("anonymous", "suspended", *LINK_HOLDERS)} == {302}  # to sign in
    for who in ("stranger", "may_start", "other_lead", "invited_lead", "former_lead"):
        assert name in own or row[who] == 404, who


NOT_SIGNED_IN = {"anonymous", "suspended", *LINK_HOLDERS}
# What a researcher recorded, by the columns that are their own words. Others may confirm, agree and ask beside it;
# a project is the residency's, kept together by those who hold "edit_projects".
OWN_WORDS: dict[type[models.Model], list[str]] = {
    Activity: [field.name for field in Activity._meta.concrete_fields],
    Away: ["person", "start", "end"],
    Contribution: ["partner", "stage", "mode", "on", "description", "what_changed", "recorded_by"],
    UseInDecision: [
        "what",
        "outcome",
        "decision",
        "decided_by",
        "decided_on",
        "written_where",
        "recorded_by",
    ],
}


def own_words(known: dict[type[models.Model], list[int]]) -> str:
    """Those of the rows that were there before."""
    return str(
        [
            list(model._default_manager.filter(pk__in=pks).order_by("pk").values_list(*OWN_WORDS[model]))
            for model, pks in known.items()
        ]
    )


def test_p8_nobody_but_the_researcher_may_press_on_the_log() -> None:
    own = ("log", "log_copy_week", "log_entry", "log_person", "log_remove", "log_repeat", "log_waiting")
    for name in own:
        row = read_matrix(POSTS)[name]
        assert [who for who in PRINCIPALS if row[who] in (200, 302) and who not in NOT_SIGNED_IN] == [
            "researcher"
        ]


@STAY_CONFIRMED
def test_p8_no_press_of_anybody_else_changes_what_the_researcher_recorded(world: World) -> None:
    """Lead, officer, theme lead and host manager, every press there is: what stands stays, word for word."""
    things = things_in(world)
    Away.objects.create(
        person=world.people["researcher"], start=timezone.localdate(), end=timezone.localdate()
    )
    known = {model: list(model._default_manager.values_list("pk", flat=True)) for model in OWN_WORDS}
    assert all(known.values())
    landed = 0
    browsers = {
        who: world.client(who)
        for who in ("programme_lead", "programme_officer", "theme_lead", "host_manager")
    }
    for name in set(NAMES) - BY_SIGNED_LINK:
        with undone(things):
            press = press_of(name, things)
            before = own_words(known)  # with what the press needs to be there
            for who, browser in browsers.items():
                with transaction.atomic():
                    landed += press.send(deepcopy(browser)).status_code == press.lands
                    assert own_words(known) == before, f"{name} by {who}"
                    transaction.set_rollback(True)
    assert landed > 50, landed
