"""Readings are counted, readers are not known (V-97)."""

from __future__ import annotations

import json

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from embedded import tally
from embedded.jobs.asking import ask
from embedded.jobs.models import Job
from guidance.counting import READINGS, take_over
from guidance.models import Edition, ReadingCount
from programmes.models import Role
from tests.workers import run_jobs
from tests.world import client_of, join, make_organisation, make_person, make_programme

pytestmark = pytest.mark.django_db
PDF = "/guidance/a-guide/a-guide-1.0.0.pdf"


def counts() -> dict[tuple[str, str], int]:
    """What stands in the database once the round has come by."""
    take_over()
    return {(one.form, one.reader): one.readings for one in ReadingCount.objects.all()}


def test_readings_are_counted_by_form_in_one_row_a_month(client: Client, edition: Edition) -> None:
    for _ in range(3):
        client.get("/guidance/a-guide/")
    client.get(PDF)
    assert counts() == {("html", "signed out"): 3, ("pdf", "signed out"): 1}
    client.get(PDF)
    assert counts() == {("html", "signed out"): 3, ("pdf", "signed out"): 2}
    assert {one.month for one in ReadingCount.objects.all()} == {timezone.localdate().replace(day=1)}


def test_what_was_not_read_is_not_counted(client: Client, edition: Edition) -> None:
    client.head("/guidance/a-guide/")
    client.get("/guidance/")
    client.get("/guidance/a-guide/editions/")
    client.get("/guidance/nothing/")
    first = client.get(PDF)
    client.get(PDF, headers={"if-none-match": first["ETag"]})
    assert counts() == {("pdf", "signed out"): 1}


def test_signed_in_reader_is_counted_by_kind_of_organisation_only(client: Client, edition: Edition) -> None:
    person = make_person("Rosalind Unusual-Name")
    assert person.user is not None
    client.force_login(person.user)
    client.get("/guidance/a-guide/")
    assert counts() == {("html", "no organisation"): 1}
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(one)::text FROM guidance_readingcount one")
        rows = " ".join(row[0] for row in cursor.fetchall())
    assert "Rosalind" not in rows
    assert person.email not in rows


def test_reader_of_an_organisation_is_counted_as_its_kind(edition: Edition) -> None:
    person, trust = make_person(), make_organisation(kind="nhs_foundation_trust")
    join(person, Role.HOST_MANAGER, make_programme(), trust)
    client_of(person).get("/guidance/a-guide/")
    assert counts() == {("html", "NHS foundation trust"): 1}


def test_count_has_no_place_for_an_identity() -> None:
    """No person, account, address, session, browser or time of day."""
    assert {field.name for field in ReadingCount._meta.get_fields()} == {
        "id",
        "edition",
        "form",
        "month",
        "reader",
        "readings",
    }


def test_reading_signed_out_leaves_no_cookie(client: Client, edition: Edition) -> None:
    for address in ("/guidance/", "/guidance/a-guide/", PDF):
        assert not client.get(address).cookies, address


def test_reading_asks_the_database_no_more_for_being_counted(client: Client, edition: Edition) -> None:
    """Redis counts, and only once the reader has the page."""
    client.get("/guidance/a-guide/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/guidance/a-guide/")
    assert not [one for one in queries.captured_queries if "readingcount" in one["sql"]]


def test_without_redis_the_database_counts(
    client: Client, edition: Edition, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    monkeypatch.setattr(tally, "_rested_until", 0.0)
    for _ in range(3):
        assert client.get("/guidance/a-guide/").status_code == 200
    assert ReadingCount.objects.get().readings == 3


def test_what_redis_kept_longer_than_the_database_is_left_out(client: Client, edition: Edition) -> None:
    """After a backup was put back, or by an older or newer version of this program."""
    client.get("/guidance/a-guide/")
    for strange in ([0, "html"], [edition.pk, "stone tablet"]):
        tally.add(READINGS, json.dumps([*strange, "2026-11-01", "signed out"]))
    assert counts() == {("html", "signed out"): 1}


def test_round_brings_readings_into_the_database(client: Client, edition: Edition) -> None:
    client.get("/guidance/a-guide/")
    Job.objects.all().delete()
    ask("guidance.count_readings", "now", {}, asker=None)
    run_jobs()
    assert ReadingCount.objects.get().readings == 1


def test_readings_are_taken_over_while_another_writes_the_same_row(client: Client, edition: Edition) -> None:
    client.get("/guidance/a-guide/")
    counts()
    client.get("/guidance/a-guide/")
    row = (edition.pk, "html", timezone.localdate().replace(day=1), "signed out")
    ReadingCount.objects.add({row: 5})
    assert counts() == {("html", "signed out"): 7}
