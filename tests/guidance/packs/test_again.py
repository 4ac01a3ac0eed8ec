"""The second download: the same answer without a question to the database, for ten seconds and for open files alone."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from embedded.files import again, disk, keep
from guidance.actions import withdraw_edition
from guidance.models import Edition, Pack, PackCount
from guidance.packs import counting
from tests.guidance.packs.binding import asked
from tests.guidance.packs.test_pages import finished, private
from tests.house.test_reading import DOWNLOADS, HEADERS
from tests.world import client_of, make_person

pytestmark = pytest.mark.django_db
__all__ = ["private"]
Queries = Callable[[int], AbstractContextManager[object]]
GUIDE = "/guidance/d-guide/d-guide-1.0.0.pdf"


@pytest.fixture
def pack(library: Path) -> Pack:
    return finished(asked("b-guide", "d-guide"))


@pytest.fixture
def address(pack: Pack) -> str:
    return f"{pack.get_absolute_url()}pack.pdf"


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Puts the clock of the memory forward."""
    now = [100.0]
    monkeypatch.setattr(again, "clock", lambda: now[0])

    def later(seconds: float) -> None:
        now[0] += seconds

    return later


def file_of(pack: Pack) -> Path:
    assert pack.pdf
    return disk.place(pack.pdf.sha256)


def headers(answer: HttpResponse) -> dict[str, str]:
    """All but the number of the request."""
    return {name: value for name, value in answer.items() if name != "X-Request-ID"}


def withdraw(slug: str) -> None:
    withdraw_edition(edition=Edition.objects.get(document__slug=slug), by=None, on=timezone.localdate())


@pytest.mark.parametrize("form", ["pdf", "zip"])
def test_second_download_is_the_first_without_a_question(
    client: Client, pack: Pack, form: str, django_assert_num_queries: Queries
) -> None:
    here = f"{pack.get_absolute_url()}pack.{form}"
    first = client.get(here)
    with django_assert_num_queries(0):
        second, looked = client.get(here), client.head(here)
    assert second.status_code == looked.status_code == 200
    assert second.content == first.content
    assert looked.content == b""
    assert headers(second) == headers(first) == headers(looked)
    assert second["X-Request-ID"] != first["X-Request-ID"]
    for name, pattern in HEADERS.items():
        assert re.fullmatch(pattern, second[name]), name
    assert second["Content-Security-Policy"] == DOWNLOADS
    assert "Cookie" in second["Vary"]


@pytest.mark.parametrize(
    ("asked_for", "status"),
    [("if-none-match", 304), ("if-match", 200)],
)
def test_who_has_the_file_is_told_the_same_the_first_and_the_second_time(
    client: Client, address: str, asked_for: str, status: int, django_assert_num_queries: Queries
) -> None:
    etag = client.get(address)["ETag"]
    again.forget()
    first = client.get(address, headers={asked_for: etag})
    client.get(address)
    with django_assert_num_queries(0):
        second = client.get(address, headers={asked_for: etag})
    assert first.status_code == second.status_code == status
    assert second.content == first.content
    assert second["ETag"] == first["ETag"] == etag
    assert second["Cache-Control"] == first["Cache-Control"] == "public, max-age=3600"


def test_who_wants_another_file_is_refused_the_first_and_the_second_time(
    client: Client, address: str
) -> None:
    for _ in range(2):
        assert client.get(address, headers={"if-match": '"another"'}).status_code == 412
        assert client.get(address).status_code == 200


def test_withdrawn_pack_is_gone_after_ten_seconds(
    client: Client, address: str, wait: Callable[[float], None]
) -> None:
    assert client.get(address).status_code == 200
    withdraw("d-guide")
    wait(again.SECONDS - 0.1)
    assert client.get(address).status_code == 200
    wait(0.1)
    assert client.get(address).status_code == 410
    assert client.get(address).status_code == 410


def test_readings_do_not_put_off_the_next_look(
    client: Client, address: str, wait: Callable[[float], None]
) -> None:
    client.get(address)
    withdraw("d-guide")
    for _ in range(4):
        wait(again.SECONDS / 4)
        last = client.get(address)
    assert last.status_code == 410


def test_file_that_was_lost_or_damaged_is_not_handed_out_again(
    client: Client, pack: Pack, address: str
) -> None:
    whole = client.get(address).content
    file = file_of(pack)
    written = file.stat().st_mtime_ns
    file.write_bytes(b"X" * len(whole))
    os.utime(file, ns=(written + 1, written + 1))
    assert client.get(address)["Location"] == pack.get_absolute_url()
    file.write_bytes(whole)
    assert client.get(address).content == client.get(address).content == whole
    file.unlink()
    assert client.get(address)["Location"] == pack.get_absolute_url()


def test_damage_that_left_no_mark_is_found_after_ten_seconds(
    client: Client, pack: Pack, address: str, wait: Callable[[float], None]
) -> None:
    whole = client.get(address).content
    file = file_of(pack)
    written = file.stat().st_mtime_ns
    file.write_bytes(b"X" * len(whole))
    os.utime(file, ns=(written, written))
    wait(again.SECONDS)
    assert client.get(address)["Location"] == pack.get_absolute_url()


def test_private_pack_is_never_remembered(client: Client, private: Pack, settings: LazySettings) -> None:
    here = f"{private.get_absolute_url()}pack.pdf"
    reader = client_of(make_person("Ada Reader"))
    assert reader.get(here).status_code == 200
    assert not again._kept
    assert client.get(here).status_code == 404
    settings.PACK_READER = "guidance.packs.reading.nobody"
    assert reader.get(here).status_code == 404


def test_every_download_is_counted_and_by_the_kind_of_who_is_signed_in(client: Client, address: str) -> None:
    reader = client_of(make_person("Ada Reader"))
    for one in (client, client, reader, client, reader):
        assert one.get(address).status_code == 200
    client.head(address)
    client.get(address, headers={"if-none-match": client.get(address)["ETag"]})
    counting.take_over()
    assert {one.reader: one.downloads for one in PackCount.objects.all()} == {
        "signed out": 4,
        "no organisation": 2,
    }


def test_other_methods_and_hosts_and_questions_are_answered_as_before(client: Client, address: str) -> None:
    client.get(address)
    assert client.post(address).status_code == 405
    client.raise_request_exception = False
    assert client.get(address, headers={"host": "evil.example"}).status_code == 400
    assert client.get(f"{address}?any=thing").status_code == 200
    assert client.get(address.replace("pack.pdf", "pack.zip")).content.startswith(b"PK")


def test_memory_is_bounded(client: Client, pack: Pack, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(again, "MOST", 1)
    for form in ("pdf", "zip", "pdf"):
        assert client.get(f"{pack.get_absolute_url()}pack.{form}").status_code == 200
    assert len(again._kept) == 1


def test_file_of_a_document_too(
    client: Client, library: Path, wait: Callable[[float], None], django_assert_num_queries: Queries
) -> None:
    edition = Edition.objects.get(document__slug="d-guide")
    edition.pdf = keep(b"%PDF-1.7", "d.pdf", "application/pdf")
    edition.save()
    first = client.get(GUIDE)
    with django_assert_num_queries(0):
        second = client.get(GUIDE)
    assert second.content == first.content == b"%PDF-1.7"
    assert headers(second) == headers(first)
    withdraw("d-guide")
    wait(again.SECONDS)
    assert client.get(GUIDE).status_code not in (200, 304)
