"""PostgreSQL killed, away, starting, full and hung, under visitors of a real web server (trust.md P41)."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import ExitStack

import psycopg
import pytest
from django.db import connection, transaction

from embedded.jobs import ask
from tests.faults.conftest import DrillPostgres
from tests.faults.pressing import diarists, nothing_lost_nothing_twice_nothing_half
from tests.faults.serving import Answer, Site, Visitor, database_url, is_our_503, visiting
from tests.workers import Workers, become, ended
from tests.world import World, make_world

AWAY_SECONDS = 1  # and about two more until it has recovered
pytestmark = pytest.mark.django_db(transaction=True)
Times = Callable[[int, int], int]


def test_p41_database_killed_and_back(
    postgres_of_drill: DrillPostgres, workers: Workers, site: Site, times: Times
) -> None:
    """Four people write on; few of them see the page of 503, nobody anything else, and nothing is lost."""
    world = make_world()
    worker = workers.start()
    site.start()
    every = diarists(world, site.port, 4)
    for _ in range(times(1, 3)):
        with visiting(*(one.write for one in every)):
            time.sleep(1)
            postgres_of_drill.kill()
            time.sleep(AWAY_SECONDS)
            postgres_of_drill.start()
            accepts = time.monotonic()
            become(lambda: site.get("/readyz").status == 200)
            assert time.monotonic() - accepts <= 5
            time.sleep(1)
        connection.close()
        failures = [answer for one in every for answer in one.failures]
        print(f"p41: failed={len(failures)} of {sum(len(one.answers) for one in every)}")
        assert len(failures) <= 10
        assert all(map(is_our_503, failures))
        for one in every:
            one.answers.clear()
        job = ask("drill", f"after {accepts}", {}, None)
        become(ended(job))
        job.refresh_from_db()
        assert job.state == "done"
    assert worker.child.poll() is None
    assert workers.beat and workers.beat.poll() is None
    nothing_lost_nothing_twice_nothing_half(every)


def signed_in(site: Site, world: World) -> Callable[[], Answer]:
    """Asks for the page of the residency as its researcher, whose session stands in the database."""
    visitor = Visitor(site.port, world.client("researcher"))
    return lambda: visitor.get(world.url())


@pytest.mark.full
def test_p41_web_starts_before_its_database(postgres_of_drill: DrillPostgres, site: Site) -> None:
    """It lives, says 503 on every page and to whoever asks whether it is ready, and serves as soon as it can."""
    page = signed_in(site, make_world())
    postgres_of_drill.kill()
    site.start()
    assert (site.get("/readyz").status, site.get("/readyz").text) == (503, "no database")
    assert is_our_503(page())
    assert is_our_503(site.get("/accounts/login/")) or site.get("/accounts/login/").status == 200
    postgres_of_drill.start()
    accepts = time.monotonic()
    become(lambda: page().status == 200)
    assert time.monotonic() - accepts <= 5


def fill(held: ExitStack) -> None:
    """Takes every connection that the server has."""
    while True:
        held.enter_context(psycopg.connect(database_url()))


@pytest.mark.full
def test_p41_a_full_or_locked_database_is_503(site: Site, transactional_db: None) -> None:
    """Too many connections; a table that somebody holds for longer than a page may take."""
    page = signed_in(site, make_world())
    site.start(DATABASE_STATEMENT_SECONDS="3", DATABASE_PATIENCE_SECONDS="1")
    assert page().status == 200
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE programmes_residency IN ACCESS EXCLUSIVE MODE")
        assert is_our_503(page())
    assert page().status == 200
    with ExitStack() as held:
        for pid in site.workers():
            os.kill(pid, signal.SIGKILL)  # what they held is free
        with pytest.raises(psycopg.OperationalError, match="too many clients"):
            fill(held)
        become(lambda: site.get("/livez").status == 200)
        assert is_our_503(page())
    become(lambda: page().status == 200, seconds=5)


@pytest.mark.full
def test_p41_a_hung_database_is_503_and_not_never(postgres_of_drill: DrillPostgres, site: Site) -> None:
    """Frozen with every connection open: a page ends in 503 (a first one checks its connection, then tries anew),
    and whoever asks whether it is ready hears so within about three seconds."""
    page = signed_in(site, make_world())
    site.start()
    for _ in range(4):
        assert page().status == 200
    postgres_of_drill.hang()
    connection.connection.pgconn.finish()  # ours would wait as well
    for _ in range(4):
        answer = site.get("/readyz")
        assert answer.status == 503 and answer.seconds < 4.5
    for _ in range(4):
        answer = page()
        assert is_our_503(answer) and answer.seconds < 15
    postgres_of_drill.go_on()
    accepts = time.monotonic()
    become(lambda: page().status == 200)
    assert time.monotonic() - accepts <= 5
