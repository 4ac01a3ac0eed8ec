"""Every error page with no database to ask, and no cache, which stands in it (P55)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from psycopg import errors as postgres

from embedded.errors import bad_request, database_away
from tests.errors.test_errors import RAISED, nonce_of
from tests.faults.conftest import speaking_to
from tests.world import World, make_world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.errors.test_errors")]


@pytest.fixture
def stopped(transactional_db: None, tmp_path: Path) -> Iterator[World]:
    """A world that was there until its database stopped, and browsers that are still signed in to it."""
    world = make_world()
    world.browser = world.client("researcher")  # type: ignore[attr-defined]
    with speaking_to(tmp_path):
        yield world


def look_at(answer: Any, status: int) -> str:
    page = str(answer.content.decode())
    assert answer.status_code == status
    assert page.count("<h1") == 1 and '<html lang="en-GB"' in page
    assert re.search(r"<title>[^<]+ – Embedded</title>", page)
    assert answer["X-Request-ID"] and answer["X-Request-ID"] in page
    assert f'nonce="{nonce_of(answer)}"' in page
    assert "Traceback" not in page and "secret detail" not in page
    return page


@pytest.mark.parametrize("kind", RAISED)
def test_p55_error_page_with_the_database_stopped(stopped: World, kind: str) -> None:
    look_at(Client(raise_request_exception=False).get(f"/fail/{kind}"), int(kind))


def test_p55_a_form_without_its_token_with_the_database_stopped(stopped: World) -> None:
    page = look_at(Client(enforce_csrf_checks=True).post("/post", {"a": "b"}), 403)
    assert "This page was open for too long" in page


def test_p55_whoever_is_signed_in_gets_503(stopped: World) -> None:
    """The session cannot be read: nobody is taken for signed out, and no form is sent to sign in."""
    browser = stopped.browser  # type: ignore[attr-defined]
    browser.raise_request_exception = False
    for answer in (
        browser.get("/"),
        browser.get(stopped.url()),
        browser.post(stopped.url("log/"), {"a": "b"}),
    ):
        look_at(answer, 503)
        assert answer["Retry-After"] == "60"


def test_p55_pages_that_need_no_database_are_served(stopped: World) -> None:
    assert Client().get("/privacy/").status_code == 200
    assert Client().get("/livez").content == b"ok"
    ready = Client().get("/readyz")
    assert (ready.status_code, ready.content) == (503, b"no database")


def raised(problem: Exception, of: Exception | None) -> Exception:
    try:
        try:
            raise of or problem
        except Exception:  # noqa: BLE001 - any
            raise problem  # noqa: B904 - as Django's session does
    except Exception as found:  # noqa: BLE001
        return found


def answer_to(problem: Exception) -> HttpResponse:
    request: HttpRequest = RequestFactory().get("/")
    return bad_request(request, problem)


def test_a_session_that_could_not_be_saved_is_503_when_the_database_went_away() -> None:
    """Django makes a bad request of it; one that was signed out meanwhile stays one."""
    assert answer_to(raised(ValueError("interrupted"), OperationalError("gone"))).status_code == 503
    assert answer_to(raised(ValueError("interrupted"), DatabaseError("no row"))).status_code == 400


def test_a_transaction_that_the_server_ended_is_503() -> None:
    """Django calls it an internal error, like one of ours that is none of the server's doing."""
    ended = raised(InternalError("ended"), postgres.IdleInTransactionSessionTimeout("idle"))
    assert database_away(ended)
    assert not database_away(raised(InternalError("aborted"), postgres.InFailedSqlTransaction("aborted")))


def test_database_away_is_seen_through_what_came_of_it() -> None:
    assert database_away(raised(ValueError("x"), OperationalError("gone")))
    assert not database_away(raised(ValueError("x"), ValueError("y")))
    assert not database_away(None)
