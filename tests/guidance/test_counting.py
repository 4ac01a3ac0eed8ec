"""Readings are counted, readers are not known (V-97)."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from guidance.models import Edition, ReadingCount
from programmes.models import Role
from tests.world import client_of, join, make_organisation, make_person, make_programme

pytestmark = pytest.mark.django_db
PDF = "/guidance/a-guide/a-guide-1.0.0.pdf"


def counts() -> dict[tuple[str, str], int]:
    return {(one.form, one.reader): one.readings for one in ReadingCount.objects.all()}


def test_readings_are_counted_by_form_in_one_row_a_month(client: Client, edition: Edition) -> None:
    for _ in range(3):
        client.get("/guidance/a-guide/")
    client.get(PDF)
    assert counts() == {("html", "signed out"): 3, ("pdf", "signed out"): 1}
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
