"""Logs from before there was one text an entry: what they said is sealed, shared or listed, and nothing is lost."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from embedded import vault
from embedded.accounts.models import Person
from embedded.vault.models import PersonKey
from tests.world import World

DAY = datetime.date(2026, 5, 14)


def migrate(name: str) -> None:
    """To the migration of ours whose name ends so; "" is the last."""
    executor = MigrationExecutor(connection)
    ends = executor.loader.graph.leaf_nodes("programmes")
    found = [
        key for key in executor.loader.disk_migrations if key[0] == "programmes" and key[1].endswith(name)
    ]
    executor.migrate(found if name else ends)


@pytest.fixture
def before(transactional_db: None, world: World) -> Iterator[World]:
    migrate("_logbook_indexes")
    yield world
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM programmes_activity WHERE readers = 'only_me' AND what <> ''")
    migrate("")


def entry(world: World, what: str, asked_by: str = "", late: str = "") -> int:
    return one(
        "INSERT INTO programmes_activity (residency_id, person_id, date, minutes, kind, what, place, asked_by, "
        "late_reason, made_at, version) VALUES (%s, %s, %s, 30, 'relational', %s, '', %s, %s, now(), 1) RETURNING id",
        world.residency.pk,
        world.people["researcher"].pk,
        DAY,
        what,
        asked_by,
        late,
    )


def note(activity: int, readers: str, sealed: bytes | None, text: str) -> int:
    return one(
        "INSERT INTO programmes_note (activity_id, readers, sealed, text) VALUES (%s, %s, %s, %s) RETURNING id",
        activity,
        readers,
        sealed,
        text,
    )


def one(sql: str, *values: Any) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
        return row[0] if row else None


def told(activity: int, person: Person) -> str:
    sealed = one("SELECT sealed FROM programmes_activity WHERE id = %s AND what = ''", activity)
    return vault.open_sealed(Person.objects.get(pk=person.pk), sealed)


def test_every_text_of_before_is_kept_in_its_new_place(before: World) -> None:
    writer, reader = before.people["researcher"], before.people["academic_supervisor"]
    plain = entry(before, "Met the ward", asked_by="Sister  Okoro", late="no_time")
    beside = entry(before, "Thought", asked_by="sister okoro", late="The bus was late")
    note(beside, "only_me", vault.seal(writer, "A worry"), "")
    shared = entry(before, "Walked")
    number = note(shared, "people", None, "Ring me")
    one(
        "INSERT INTO programmes_note_named_readers (note_id, person_id) VALUES (%s, %s) RETURNING id",
        number,
        reader.pk,
    )
    lost = entry(before, "Listened")
    note(lost, "only_me", b"\x01 torn", "")
    migrate("")
    assert told(plain, writer) == "Met the ward"
    assert told(beside, writer) == "Thought\n\nA worry\n\nEntered late: The bus was late"
    assert told(shared, writer) == "Walked"
    assert told(lost, writer) == "Listened\n\n(a note that cannot be read any more)"
    reasons = [one("SELECT late_reason FROM programmes_activity WHERE id = %s", pk) for pk in (plain, beside)]
    assert reasons == ["no_time", "other"]
    assert one("SELECT count(*) FROM programmes_contact") == 1
    assert one("SELECT count(DISTINCT requester_id) FROM programmes_activity") == 1
    kept = (
        "SELECT text FROM programmes_passage WHERE activity_id = %s AND readers = 'people' AND shared_on = %s"
    )
    assert one(kept, shared, DAY.replace(day=1)) == "Ring me"
    assert one("SELECT person_id FROM programmes_passage_named_readers") == reader.pk
    assert PersonKey.objects.filter(person=writer).count() == 1
