"""Migrations beside a service that runs: each is read, and ours waits for nobody longer than four seconds (P50)."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader

from embedded.database import migrating
from tests.faults.linting import complaints
from tests.faults.serving import database_url
from tests.world import make_programme

ROOMS = ("embedded.", "guidance.", "programmes.")
# Made before anybody used it, when there was no code that could still run beside them.
BEFORE_THE_FIRST_RELEASE = {
    ("accounts", "0002_count_ended_sessions"),
    ("programmes", "0002_ends_and_manager_email"),
    ("programmes", "0003_steering_and_projects_added"),
    ("programmes", "0004_contribution_read_back"),
}


def ours() -> list[migrations.Migration]:
    found = MigrationLoader(None).disk_migrations
    return [one for key, one in found.items() if one.__module__.startswith(ROOMS) and not one.initial]


def test_p50_every_migration_can_meet_a_table_in_use() -> None:
    assert ours()
    later = [one for one in ours() if (one.app_label, one.name) not in BEFORE_THE_FIRST_RELEASE]
    assert [sentence for one in later for sentence in complaints(one)] == []


def made_of(*operations: Any, atomic: bool = True) -> migrations.Migration:
    migration = migrations.Migration("0009_made_up", "programmes")
    migration.operations, migration.atomic = list(operations), atomic
    return migration


def column(**options: Any) -> migrations.AddField:
    return migrations.AddField("activity", "mood", models.CharField(max_length=9, **options))


INDEX = models.Index(fields=["date"], name="by_date")
CHECK = models.CheckConstraint(condition=models.Q(minutes__gt=0), name="some_minutes")


@pytest.mark.parametrize(
    ("operation", "complaint"),
    [
        (column(), "db_default"),
        (column(default=""), "db_default"),
        (column(db_default=""), ""),
        (column(null=True), ""),
        (migrations.RunSQL("SELECT 1"), "reverse"),
        (migrations.RunPython(lambda apps, editor: None), "reverse"),
        (migrations.RunSQL("SELECT 1", migrations.RunSQL.noop), ""),
        (migrations.RenameField("activity", "what", "which"), "old name"),
        (migrations.RenameModel("Activity", "Entry"), "old name"),
        (migrations.AddIndex("activity", INDEX), "AddIndexConcurrently"),
        (migrations.AddIndex("programme", INDEX), ""),
        (migrations.AddConstraint("activity", CHECK), "NotValid"),
        (migrations.AddConstraint("programme", CHECK), ""),
    ],
)
def test_p50_reading_finds_what_would_hurt(operation: Any, complaint: str) -> None:
    told = " ".join(complaints(made_of(operation)))
    assert (complaint in told) if complaint else not told


def test_p50_what_is_made_anew_may_be_anything() -> None:
    made = migrations.CreateModel("Activity", [("id", models.BigAutoField(primary_key=True))])
    assert complaints(made_of(made, column(), migrations.AddIndex("activity", INDEX))) == []


class Told(io.StringIO):
    """What the command says; `then` is done once it has said something with these words in it."""

    def __init__(self, words: str, then: Any) -> None:
        super().__init__()
        self.words, self.then = words, then

    def write(self, text: str) -> int:
        if self.words in text:
            self.then()
        return super().write(text)


@contextmanager
def somebody_with(sql: str) -> Iterator[psycopg.Connection[Any]]:
    """A transaction of somebody else, who has done this in it and not ended it."""
    with psycopg.connect(database_url(), application_name="a long report") as line:
        line.execute(sql)
        yield line


@contextmanager
def one_step_back() -> Iterator[None]:
    """The database without the last change of contributions; with it again at the end, whatever happened."""
    call_command("migrate", "programmes", "0003", verbosity=0)
    try:
        yield
    finally:
        call_command("migrate", "programmes", verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_p50_migrate_waits_four_seconds_says_who_is_in_the_way_and_tries_again() -> None:
    """Meanwhile whoever reads the same table waits no longer than the migration does."""
    make_programme()
    with one_step_back(), somebody_with("SELECT count(*) FROM programmes_contribution") as line:
        told = Told("Trying again", line.rollback)
        reader = threading.Thread(target=_read_beside)
        reader.start()
        call_command("migrate", "programmes", verbosity=0, stderr=told)
        reader.join()
    said = told.getvalue()
    assert said.count("The tables were in use for 4 seconds.") == 1
    assert f"process {line.info.backend_pid if not line.closed else ''}".strip() in said
    assert "(a long report)" in said and "SELECT count(*) FROM programmes_contribution" in said


def _read_beside() -> None:
    with psycopg.connect(database_url(), options="-c statement_timeout=5s") as line:
        for _ in range(3):
            line.execute("SELECT count(*) FROM programmes_contribution")


@pytest.mark.django_db(transaction=True)
def test_p50_migrate_that_gets_no_turn_gives_up_in_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(migrating, "TRIES", 1)
    monkeypatch.setattr(migrating, "LOCK_SECONDS", 1)
    told = io.StringIO()
    with one_step_back(), somebody_with("SELECT count(*) FROM programmes_contribution") as line:
        with pytest.raises(CommandError, match="Run this again when the query above has ended"):
            call_command("migrate", "programmes", verbosity=0, stderr=told)
        line.rollback()
    assert "In the way was process" in told.getvalue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout'), current_setting('statement_timeout')")
        assert cursor.fetchone() == ("0", "0")


@pytest.mark.django_db(transaction=True)
def test_p50_two_replicas_do_not_migrate_at_once() -> None:
    with somebody_with(f"SELECT pg_advisory_lock({migrating.TURN})") as line:
        told = Told("Somebody else is changing the tables", line.close)
        call_command("migrate", verbosity=0, stderr=told)
    assert "waiting" in told.getvalue()


@pytest.mark.django_db(transaction=True)
def test_p50_the_turn_is_given_back() -> None:
    call_command("migrate", verbosity=0)
    with psycopg.connect(database_url()) as line:
        taken = line.execute("SELECT pg_try_advisory_lock(%s)", [migrating.TURN]).fetchone()
        assert taken == (True,)
