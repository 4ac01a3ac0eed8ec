"""The numbers of the library: true sums, for editors and leads alone, and words for editors alone (V-97)."""

from __future__ import annotations

import csv
import datetime
import io
import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from embedded.audit.models import Event
from guidance import numbers as counted
from guidance.actions import load_library
from guidance.models import Edition, Opinion, PackCount, ReadingCount
from guidance.opinions import give_opinion
from guidance.packs.ready import ReadyPack
from programmes.models import Role
from tests.guidance.shelf import write
from tests.world import client_of, join, make_person, make_programme

pytestmark = pytest.mark.django_db
PAGE, FILE = "/guidance/numbers/", "/guidance/numbers/guidance-numbers.csv"


@pytest.fixture
def counts(shelf: Path, edition: Edition) -> Edition:
    """Two documents, one of them in two editions; the newer edition of a-guide."""
    write(shelf, version="1.1.0")
    write(shelf, slug="other", title="Another")
    load_library(library=shelf)
    newer = Edition.objects.get(document__slug="a-guide", minor=1)
    other = Edition.objects.get(document__slug="other")
    now = timezone.localdate().replace(day=1)
    for one, form, month, reader, number in [
        (edition, "html", now, "signed out", 5),
        (edition, "pdf", now, "NHS foundation trust", 2),
        (newer, "html", now - datetime.timedelta(days=40), "signed out", 4),
        (newer, "html", now - datetime.timedelta(days=800), "signed out", 1000),
        (other, "word", now, "signed out", 3),
    ]:
        ReadingCount.objects.create(
            edition=one, form=form, month=month.replace(day=1), reader=reader, readings=number
        )
    for useful, why in [(True, ""), (True, "Clear"), (False, "Too <b>long</b>")]:
        give_opinion(edition=newer, useful=useful, why=why, on=timezone.localdate())
    return newer


def lead() -> Client:
    person = make_person()
    join(person, Role.PROGRAMME_LEAD, make_programme())
    return client_of(person)


def editor() -> Client:
    return client_of(make_person("An editor", edits_library=True))


def test_numbers_are_sums_of_twelve_months(counts: Edition) -> None:
    found = counted.numbers(timezone.localdate())
    assert [(line.name, line.readings, line.useful, line.not_useful) for line in found.things] == [
        ("A guide", (9, 2, 0, 0), 2, 1),
        ("Another", (0, 0, 3, 0), 0, 0),
    ]
    assert [line.total for line in found.months if line.total] == [10, 4]
    assert len(found.months) == 12
    assert [(line.name, line.total) for line in found.readers] == [
        ("Signed out", 12),
        ("NHS foundation trust", 2),
    ]
    assert (found.total, found.useful, found.not_useful) == (14, 2, 1)


def test_numbers_of_one_document_are_by_edition(counts: Edition) -> None:
    found = counted.numbers(timezone.localdate(), "a-guide")
    assert [(line.name, line.total, line.useful) for line in found.things] == [
        ("Version 1.0.0", 7, 0),
        ("Version 1.1.0", 4, 2),
    ]


@given(st.dates(datetime.date(2000, 1, 1), datetime.date(2100, 1, 1)))
def test_twelve_months_end_with_the_present_one(today: datetime.date) -> None:
    first = counted.first_month(today)
    assert first.day == 1
    assert (today.year - first.year) * 12 + today.month - first.month == 11


def test_lead_sees_the_numbers_and_no_words(counts: Edition) -> None:
    client = lead()
    assert f'href="{PAGE}"' in client.get("/guidance/").content.decode()
    page = client.get(PAGE).content.decode()
    assert "14 readings" in page
    assert "2 of 3 answers found a page useful" in page
    assert "Too" not in page
    assert "What readers say" not in page
    assert "Version 1.1.0" in lead().get(f"{PAGE}?document=a-guide").content.decode()


def test_editor_reads_the_words_and_takes_some_away(counts: Edition) -> None:
    client = editor()
    page = client.get(PAGE).content.decode()
    assert "Too &lt;b&gt;long&lt;/b&gt;" in page
    said = Opinion.objects.get(useful=False)
    typed = {"form_key": str(uuid4()), "opinion": str(said.pk)}
    for _ in range(2):
        answer = client.post(f"/guidance/numbers/words/{said.pk}/remove/", typed)
        assert answer["Location"] == PAGE
    said.refresh_from_db()
    assert (said.why, said.useful) == ("", False)
    assert Event.objects.filter(deed="guidance.words_removed").count() == 1
    page = client.get(PAGE).content.decode()
    assert "Too" not in page
    assert "An editor took the words away" in page
    assert "2 of 3 answers" in page


def test_others_find_nothing(counts: Edition) -> None:
    said = Opinion.objects.get(useful=False)
    somebody = client_of(make_person())
    for address in (PAGE, FILE):
        assert somebody.get(address).status_code == 404
        assert PAGE not in somebody.get("/guidance/").content.decode()
        assert Client().get(address).status_code == 302
    for client in (somebody, lead()):
        assert client.post(f"/guidance/numbers/words/{said.pk}/remove/").status_code == 404
    assert Opinion.objects.get(useful=False).why


def test_csv_has_every_count(counts: Edition) -> None:
    answer = lead().get(FILE)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == list(counted.HEAD)
    assert sum(int(row[-1]) for row in rows[1:]) == 14
    assert len(rows) == 5


@pytest.fixture
def packs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Two ready-made packs, one of which was never downloaded; and others."""
    names = ["ours", "unread"]
    ready = tuple(ReadyPack(name, f"The pack {name}", "all", "Now.", ("a-guide",)) for name in names)
    monkeypatch.setattr(counted, "ready_packs", lambda: ready)
    now = timezone.localdate().replace(day=1)
    before = (now - datetime.timedelta(days=40)).replace(day=1)
    long_ago = (now - datetime.timedelta(days=800)).replace(day=1)
    for kind, form, month, number in [
        ("ours", "pdf", now, 5),
        ("ours", "pdf", before, 2),
        ("ours", "zip", now, 1),
        ("ours", "zip", long_ago, 1000),
        ("chosen", "pdf", now, 3),
        ("own", "pdf", now, 4),
        ("not-ready-any-more", "zip", now, 6),
    ]:
        PackCount.objects.create(kind=kind, form=form, month=month, reader="signed out", downloads=number)
    return names


def test_packs_are_shown_by_name_and_all_others_together(
    counts: Edition, packs: list[str], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):
        found = counted.numbers(timezone.localdate())
    assert [(line.name, line.readings) for line in found.packs] == [
        ("The pack ours", (7, 1)),
        ("The pack unread", (0, 0)),
        ("Other packs", (7, 6)),
    ]
    assert found.total == 14
    assert counted.numbers(timezone.localdate(), "a-guide").packs == ()
    page = lead().get(PAGE).content.decode()
    heads = re.findall(r"<caption[^>]*>\s*(.*?)\s*</caption>(.*?)</thead>", page, re.DOTALL)
    columns = {name: " ".join(re.sub(r"<[^>]+>", " ", head).split()) for name, head in heads}
    assert columns["Packs"] == "Pack PDF ZIP"
    assert columns["By month"] == f"Month {' '.join(form.label for form in counted.FORMS)}"
    assert "The pack ours" not in lead().get(f"{PAGE}?document=a-guide").content.decode()


def test_packs_are_in_the_file_and_shown_where_no_document_was_read(packs: list[str], db: None) -> None:
    answer = lead().get(FILE)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(text)))[1:]
    assert {(row[0], row[1], row[3], row[5]) for row in rows} == {
        ("Pack: The pack ours", "", "PDF", "5"),
        ("Pack: The pack ours", "", "PDF", "2"),
        ("Pack: The pack ours", "", "ZIP", "1"),
        ("Pack: documents somebody chose", "", "PDF", "3"),
        ("Pack: with a residency's own papers", "", "PDF", "4"),
        ("Pack: not-ready-any-more", "", "ZIP", "6"),
    }
    page = lead().get(PAGE).content.decode()
    assert "The pack ours" in page
    assert "By document" not in page


def test_empty_library_has_a_page(db: None) -> None:
    assert "Nothing has been read yet" in editor().get(PAGE).content.decode()


@pytest.mark.parametrize("slug", ["nothing", "'; --", "\0", "x" * 500])
def test_document_that_is_none_shows_all(counts: Edition, slug: str) -> None:
    assert "By document" in lead().get(PAGE, {"document": slug}).content.decode()
