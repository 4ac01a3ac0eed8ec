"""Drafts come back to their writer, say nothing to anybody else, and are kept long enough (P18)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine
from django.http import QueryDict

from embedded.accounts.models import Person
from embedded.drafts import drop_draft, load_draft, save_draft
from embedded.drafts.models import ONE_DAY, Draft, FormKey, ParkedPost
from embedded.drafts.sweeping import DRAFTS_KEPT, FORM_KEYS_KEPT, sweep
from embedded.vault import destroy_key

pytestmark = pytest.mark.django_db
TYPED = {"title": "Falls on ward 7", "start": None, "days": [1, 2], "note": "Canary é 日本語\r\n" * 100}


@pytest.fixture
def rosa() -> Person:
    return Person.objects.create(display_name="Rosa Researcher")


def test_draft_comes_back_as_it_was(rosa: Person) -> None:
    assert load_draft(rosa, "registration") is None
    save_draft(rosa, "registration", TYPED)
    assert load_draft(Person.objects.get(pk=rosa.pk), "registration") == TYPED


def test_later_draft_replaces_the_former(rosa: Person) -> None:
    save_draft(rosa, "registration", TYPED)
    save_draft(rosa, "registration", {"title": "Other"})
    assert load_draft(rosa, "registration") == {"title": "Other"}
    assert Draft.objects.count() == 1


def test_draft_belongs_to_one_person_and_one_purpose(rosa: Person) -> None:
    sam = Person.objects.create(display_name="Sam")
    save_draft(rosa, "registration", TYPED)
    assert load_draft(sam, "registration") is None
    assert load_draft(rosa, "use p/arc/r/R01") is None


def test_draft_is_not_readable_in_the_table(rosa: Person) -> None:
    save_draft(rosa, "registration", TYPED)
    assert b"Canary" not in bytes(Draft.objects.get().payload)
    assert b"title" not in bytes(Draft.objects.get().payload)


def test_draft_takes_dates_and_decimals_as_text_and_a_post_without_its_token(rosa: Person) -> None:
    save_draft(rosa, "registration", {"on": date(2026, 5, 3), "sum": Decimal("1.50")})
    assert load_draft(rosa, "registration") == {"on": "2026-05-03", "sum": "1.50"}
    save_draft(rosa, "registration", QueryDict("csrfmiddlewaretoken=x&kind=a&kind=b&title="))
    assert load_draft(rosa, "registration") == {"kind": ["a", "b"], "title": [""]}


def test_dropped_draft_is_gone(rosa: Person) -> None:
    save_draft(rosa, "registration", TYPED)
    save_draft(rosa, "other", TYPED)
    drop_draft(rosa, "registration")
    assert load_draft(rosa, "registration") is None
    assert load_draft(rosa, "other") == TYPED


def test_draft_that_cannot_be_read_any_more_counts_as_none(rosa: Person) -> None:
    save_draft(rosa, "registration", TYPED)
    destroy_key(rosa, by=None)
    assert load_draft(rosa, "registration") is None


def test_draft_of_another_persons_row_is_refused(rosa: Person) -> None:
    sam = Person.objects.create(display_name="Sam")
    save_draft(rosa, "registration", TYPED)
    save_draft(sam, "other", {})
    Draft.objects.filter(person=rosa).update(person=sam)
    assert load_draft(sam, "registration") is None


def test_sweep_keeps_drafts_for_60_days_keys_for_30_and_parked_posts_for_one(rosa: Person) -> None:
    now = datetime(2026, 5, 4, 12, tzinfo=UTC)
    second = timedelta(seconds=1)
    for age, name in ((DRAFTS_KEPT, "old"), (DRAFTS_KEPT - second, "young")):
        with time_machine.travel(now - age, tick=False):
            save_draft(rosa, name, TYPED)
    for age in (FORM_KEYS_KEPT, FORM_KEYS_KEPT - second):
        FormKey.objects.create(person=rosa, key=uuid4(), led_to="/", sent_at=now - age)
    for age in (ONE_DAY, ONE_DAY - second):
        ParkedPost.objects.create(path="/", ciphertext=b"", made_at=now - age)
    none = dict.fromkeys(("drafts", "form_keys", "parked_posts", "sessions", "sign_ins"), 0)
    assert sweep(now) == none | {"drafts": 1, "form_keys": 1, "parked_posts": 1}
    assert sweep(now) == none
    assert (load_draft(rosa, "old"), load_draft(rosa, "young")) == (None, TYPED)
    assert timedelta(days=30) <= DRAFTS_KEPT
