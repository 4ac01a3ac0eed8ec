"""The Word file and the spreadsheet of an edition: where they are, what they are called, made once and counted."""

from __future__ import annotations

import datetime
import io
import re
from pathlib import Path

import openpyxl
import pytest
from django.test import Client

from embedded import word
from embedded.files import disk
from embedded.files.disk import place
from embedded.files.models import MadeFile
from embedded.tables.xlsx import XLSX
from guidance import making
from guidance.actions import load_library, print_editions, withdraw_edition
from guidance.counting import take_over
from guidance.making import make_file
from guidance.models import Edition, ReadingCount
from tests.guidance.shelf import BODY, write
from tests.word import reading
from tests.workers import at_once

WORD = "/guidance/a-guide/a-guide-1.0.0.docx"
SHEET = "/guidance/a-guide/a-guide-1.0.0.xlsx"
KINDS = {WORD: ("docx", word.MEDIA_TYPE), SHEET: ("xlsx", XLSX)}
TABLE = "Table: Costs\n\n| What | Each |\n|---|---|\n| Meals | |\n| All | {= sum B} |\n\n## Who to write to"
both = pytest.mark.parametrize("address", KINDS)

pytestmark = pytest.mark.django_db


@pytest.fixture
def filled_in(shelf: Path, db: None) -> Edition:
    """An edition that is also a Word file and a spreadsheet."""
    write(shelf, body=BODY.replace("## Who to write to", TABLE), word="true", sheet="true")
    load_library(library=shelf)
    return Edition.objects.select_related("document").get()


@both
def test_file_is_saved_under_the_name_of_the_edition(
    client: Client, filled_in: Edition, address: str
) -> None:
    ending, media_type = KINDS[address]
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"] == f'attachment; filename="a-guide-1.0.0.{ending}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies


def test_files_open(client: Client, filled_in: Edition) -> None:
    assert reading.headings(reading.read(client.get(WORD).content))[0] == (1, "A guide")
    assert "Costs" in openpyxl.load_workbook(io.BytesIO(client.get(SHEET).content)).sheetnames


@both
def test_file_is_made_once_and_known_again(client: Client, filled_in: Edition, address: str) -> None:
    first = client.get(address)
    assert client.get(address).content == first.content
    assert MadeFile.objects.count() == 1
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@both
def test_file_lost_from_the_disk_is_made_again(client: Client, filled_in: Edition, address: str) -> None:
    first = client.get(address)
    place(MadeFile.objects.get().sha256).unlink()
    assert client.get(address).content == first.content


def test_page_and_editions_offer_each_file_with_its_kind_and_size(client: Client, filled_in: Edition) -> None:
    assert "Download (Word)" in client.get("/guidance/a-guide/").content.decode()
    assert [line.rsplit(" ", 1)[-1] for line in print_editions()] == ["1.0.0", "(word)", "(sheet)"]
    assert print_editions() == []
    for address in ("/guidance/a-guide/", "/guidance/a-guide/editions/"):
        page = client.get(address).content.decode()
        for form, ending in ((r"PDF, \d pages?", "pdf"), ("Word", "docx"), ("Excel", "xlsx")):
            assert f'href="/guidance/a-guide/a-guide-1.0.0.{ending}"' in page
            assert re.search(rf"\({form}, \d+\u00a0KB\)", page)


def test_document_that_is_only_read_has_no_such_files(client: Client, edition: Edition) -> None:
    assert "Download (Word" not in client.get("/guidance/a-guide/").content.decode()
    assert {client.get(address).status_code for address in KINDS} == {404}


@both
def test_file_of_what_is_withdrawn_is_gone(client: Client, filled_in: Edition, address: str) -> None:
    withdraw_edition(edition=filled_in, by=None, on=datetime.date(2026, 12, 1))
    assert client.get(address).status_code == 410
    assert client.get(address.replace("1.0.0", "9.9.9")).status_code == 404
    assert client.get(address.replace("/a-guide-", "/other-")).status_code == 404
    assert client.post(address).status_code == 405


def test_downloads_are_counted_by_form(client: Client, filled_in: Edition) -> None:
    for address in (WORD, WORD, SHEET):
        client.get(address)
    take_over()
    assert {one.form: one.readings for one in ReadingCount.objects.all()} == {"word": 2, "sheet": 1}


def test_file_is_made_anew_when_its_words_or_its_look_change(
    filled_in: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_file(edition=filled_in, form="word")
    assert make_file(edition=filled_in, form="word") == made
    filled_in.title = "Another title"
    fresh = make_file(edition=filled_in, form="word")
    assert fresh.sha256 != made.sha256
    monkeypatch.setattr(making.word, "look", lambda: "another look")
    assert make_file(edition=filled_in, form="word") != fresh


@pytest.mark.django_db(transaction=True)
def test_two_readers_at_once_make_one_file(filled_in: Edition) -> None:
    first, second = at_once(*[lambda: Client().get(WORD).content] * 2)
    assert first == second
    assert MadeFile.objects.count() == 1


@both
def test_disk_that_is_full_is_told_and_the_web_page_offered(
    client: Client, filled_in: Edition, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(disk, "_write_whole", no_room)
        client.raise_request_exception = False
        answer = client.get(address)
    assert answer.status_code == 503
    assert "There is no room left to keep the file" in answer.content.decode()
    assert "/guidance/a-guide/?version=1.0.0" in answer.content.decode()
    assert client.get(address).status_code == 200
