"""Of two people who edit the same record at once, the second is told (P47)."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from embedded.drafts import Changed, check_version
from programmes.models import Nation, Organisation, OrganisationKind, Programme


@pytest.fixture
def sheet(db: None) -> Programme:
    """Any record with a version."""
    host = Organisation.objects.create(
        scheme="own",
        code="M1",
        legal_name="A host",
        display_name="A host",
        kind=OrganisationKind.values[0],
        nation=Nation.values[0],
    )
    return Programme.objects.create(
        slug="arc", code_prefix="ARC", name="first", lead_organisation=host, start=date(2026, 1, 1)
    )


def edit(pk: int, version: int | str | None, name: str) -> None:
    with transaction.atomic():
        record = Programme.objects.get(pk=pk)
        check_version(record, version)
        record.name = name
        record.save()


def test_edit_of_what_was_seen_is_saved_and_raises_the_version(sheet: Programme) -> None:
    edit(sheet.pk, 1, "second")
    edit(sheet.pk, "2", "third")
    sheet.refresh_from_db()
    assert (sheet.name, sheet.version) == ("third", 3)


@pytest.mark.parametrize("seen", [0, 2, 10**30, -1, None, "", "x", "1.0"])
def test_edit_of_anything_else_is_refused_and_changes_nothing(
    sheet: Programme, seen: int | str | None
) -> None:
    with pytest.raises(Changed) as refused:
        edit(sheet.pk, seen, "second")
    assert refused.value.record == sheet
    sheet.refresh_from_db()
    assert (sheet.name, sheet.version) == ("first", 1)


def test_edit_that_fails_later_leaves_the_version(sheet: Programme) -> None:
    with transaction.atomic():
        check_version(sheet, 1)
        transaction.set_rollback(True)
    edit(sheet.pk, 1, "second")


@pytest.mark.django_db(transaction=True)
def test_of_pairs_who_save_at_once_one_is_told_and_nothing_is_lost(
    transactional_db: None, sheet: Programme
) -> None:
    told: list[int] = []

    def save(version: int, name: str, together: Barrier) -> None:
        together.wait(20)
        try:
            edit(sheet.pk, version, name)
        except Changed:
            told.append(version)
        connection.close()

    for version in range(1, 21):
        together = Barrier(2)
        pair = [Thread(target=save, args=(version, f"{version} {who}", together)) for who in ("a", "b")]
        for thread in pair:
            thread.start()
        for thread in pair:
            thread.join()
    sheet.refresh_from_db()
    assert told == list(range(1, 21))
    assert sheet.version == 21
