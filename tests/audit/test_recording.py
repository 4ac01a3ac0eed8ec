"""The audit trail takes short facts, and nobody changes it afterwards."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
import structlog
from django.db import Error, IntegrityError, connection, transaction

from embedded.accounts.models import Person
from embedded.audit import events_at, record, record_read
from embedded.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def lena() -> Person:
    return Person.objects.create(display_name="Lena Lead")


def test_event_keeps_who_what_where_and_the_request(lena: Person) -> None:
    officer = Person.objects.create(display_name="Omar Officer")
    with structlog.contextvars.bound_contextvars(request_id="f" * 100):
        event = record(officer, "residency.submitted", "R01 Falls", "/p/arc/r/R01/", on_behalf_of=lena)
    event.refresh_from_db()
    assert (event.who, event.who_id) == ("Omar Officer", str(officer.pk))
    assert (event.on_behalf_of, event.on_behalf_of_id) == ("Lena Lead", str(lena.pk))
    assert (event.deed, event.what) == ("residency.submitted", "R01 Falls")
    assert (event.place, event.programme) == ("p/arc/r/R01", "arc")
    assert event.request_id == "f" * 64
    assert event.details == {}


def test_event_outside_a_request_by_nobody() -> None:
    structlog.contextvars.clear_contextvars()
    event = record(None, "vault_key.rewrapped", "3 keys")
    assert (event.who, event.who_id, event.place, event.programme) == ("Nobody signed in", "", "", "")
    assert event.request_id == ""


@pytest.mark.parametrize(
    ("place", "programme"), [("p/arc", "arc"), ("p/arc/r/R01", "arc"), ("guidance/pack", ""), ("pp/arc", "")]
)
def test_programme_comes_from_the_place(place: str, programme: str) -> None:
    assert record(None, "thing.done", "x", place).programme == programme


def test_label_of_the_day_stays_when_the_person_is_renamed(lena: Person) -> None:
    event = record(lena, "thing.done", "x")
    lena.display_name = "Lena Other"
    lena.save()
    event.refresh_from_db()
    assert event.who == "Lena Lead"


def test_long_label_is_cut_not_refused() -> None:
    assert len(record(None, "thing.done", "x" * 301).what) == 300


def test_details_are_short_facts() -> None:
    event = record(
        None,
        "thing.done",
        "x",
        details={"on": date(2026, 5, 3), "sum": Decimal("1.50"), "fields": ["a", "b"], "n": 3, "open": None},
    )
    event.refresh_from_db()
    assert event.details == {"on": "2026-05-03", "sum": "1.50", "fields": ["a", "b"], "n": 3, "open": None}


@pytest.mark.parametrize("name", ["token", "Token", "note", "notes", "text", "password", "diary"])
def test_details_refuse_names_of_free_text_and_tokens(name: str) -> None:
    with pytest.raises(ValueError, match="no free text or tokens"):
        record(None, "thing.done", "x", details={name: "y"})


def test_details_take_200_characters_and_refuse_201() -> None:
    record(None, "thing.done", "x", details={"label": "y" * 200})
    with pytest.raises(ValueError, match="short facts"):
        record(None, "thing.done", "x", details={"label": "y" * 201})
    assert Event.objects.count() == 1


@pytest.mark.parametrize("value", [{"a": 1}, ["y" * 201], object(), 1.5])
def test_details_refuse_what_is_not_a_fact(value: object) -> None:
    with pytest.raises(ValueError, match="short facts"):
        record(None, "thing.done", "x", details={"label": value})


@pytest.mark.parametrize(
    "deed", ["submitted", "Residency.submitted", "residency.", ".submitted", "a.b.c", ""]
)
def test_deed_is_noun_and_verb(deed: str) -> None:
    with pytest.raises(IntegrityError, match="event_deed_is_noun_verb"):
        record(None, deed, "x")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET who = 'Somebody else'",
        "UPDATE audit_event SET at = at",
        "DELETE FROM audit_event",
        "DELETE FROM audit_event WHERE id IN (SELECT max(id) FROM audit_event)",
    ],
)
def test_database_refuses_to_change_the_trail_by_raw_sql(statement: str, lena: Person) -> None:
    record(lena, "thing.done", "x")
    with pytest.raises(Error, match="Cannot update or delete"), transaction.atomic():
        connection.cursor().execute(statement)
    assert list(Event.objects.values_list("who", flat=True)) == ["Lena Lead"]


def test_database_refuses_to_change_the_trail_by_the_model(lena: Person) -> None:
    event = record(lena, "thing.done", "x")
    event.who = "Somebody else"
    for change in (event.save, event.delete, Event.objects.all().delete):
        with pytest.raises(Error, match="Cannot update or delete"), transaction.atomic():
            change()
    assert Event.objects.get().who == "Lena Lead"


def test_reading_leaves_a_row_each_time_and_stays_out_of_the_history(lena: Person) -> None:
    record(lena, "case_study.written", "Falls", "p/arc/r/R01")
    for _ in range(2):
        record_read(lena, "case_study", "Falls", "p/arc/r/R01")
    assert Event.objects.filter(deed="case_study.read", who_id=str(lena.pk)).count() == 2
    assert [event.deed for event in events_at("p/arc/r/R01")] == ["case_study.written"]


def test_events_at_a_place_are_its_own_and_those_below_newest_first() -> None:
    for place in ("p/arc", "p/arc/r/R1", "p/arc/r/R1/log", "p/arc/r/R10", "p/arc2/r/R1", "p/a_c/r/R1"):
        record(None, "thing.done", place, place)
    assert [event.what for event in events_at("p/arc/r/R1")] == ["p/arc/r/R1/log", "p/arc/r/R1"]
    assert [event.what for event in events_at("/p/arc/r/R1/")] == ["p/arc/r/R1/log", "p/arc/r/R1"]
    assert [event.what for event in events_at("p/a_c")] == ["p/a_c/r/R1"]
    assert Event.objects.in_programme("arc").count() == 4


def test_event_goes_with_its_deed_when_that_fails() -> None:
    with transaction.atomic():
        record(None, "thing.done", "x")
        transaction.set_rollback(True)
    assert not Event.objects.exists()
