"""Made files are whole or absent, are what they say, and do not outlive their rows."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
import time
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, connection, transaction

from embedded.files import Damaged, NoRoom, disk, keep, read
from embedded.files.keeping import sweep_orphans
from embedded.files.models import MadeFile
from tests.workers import at_once

REPORT = b"%PDF-1.7 the report"
TWO_DAYS = 2 * 24 * 3600


@pytest.fixture(autouse=True)
def data_dir(settings: LazySettings, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def kept(content: bytes = REPORT) -> MadeFile:
    return keep(content, "report.pdf", "application/pdf")


def age(path: Path, seconds: float = TWO_DAYS) -> Path:
    os.utime(path, (time.time() - seconds,) * 2)
    return path


@pytest.mark.django_db
def test_keep_names_the_file_by_its_content(data_dir: Path) -> None:
    made = kept()
    sha256 = hashlib.sha256(REPORT).hexdigest()
    assert (made.sha256, made.size, made.media_type) == (sha256, len(REPORT), "application/pdf")
    assert (data_dir / "files" / sha256[:2] / sha256[2:4] / sha256).read_bytes() == REPORT
    assert read(made) == REPORT


@pytest.mark.django_db
@pytest.mark.parametrize("content", [b"", b"\0" * 3_000_000])
def test_keep_takes_nothing_and_much(content: bytes) -> None:
    assert read(kept(content)) == content


@pytest.mark.django_db
def test_keep_the_same_twice_shares_the_bytes(data_dir: Path) -> None:
    assert kept().pk != kept().pk
    assert len(list(disk.older_than(time.time() + 60))) == 1


@pytest.mark.django_db(transaction=True)
def test_keep_the_same_at_once_leaves_one_whole_file() -> None:
    rows = at_once(*[kept] * 6)
    assert len({row.pk for row in rows}) == 6
    (path,) = disk.older_than(time.time() + 60)
    assert path.read_bytes() == REPORT


@pytest.mark.django_db
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_keep_on_a_full_disk_says_so_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def full(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom, match="no room left"):
        kept()
    assert not MadeFile.objects.exists()
    assert list(disk.older_than(time.time() + 60)) == []


@pytest.mark.django_db
def test_read_refuses_what_has_changed() -> None:
    made = kept()
    disk.place(made.sha256).write_bytes(b"something else")
    with pytest.raises(Damaged):
        read(made)


@pytest.mark.django_db
def test_read_refuses_what_is_missing() -> None:
    made = kept()
    disk.place(made.sha256).unlink()
    with pytest.raises(Damaged):
        read(made)


@pytest.mark.django_db
def test_sweep_takes_old_files_without_a_row_and_no_others() -> None:
    wanted = age(disk.place(kept().sha256))
    orphan = age(disk.place(disk.write(b"its transaction was rolled back")))
    young = age(disk.place(disk.write(b"its row may be on the way")), TWO_DAYS / 4)
    half = age(_half_written(orphan.parent))
    assert sweep_orphans() == 2
    assert [path.exists() for path in (wanted, orphan, young, half)] == [True, False, True, False]


def _half_written(folder: Path) -> Path:
    path = folder / f"tmp1{disk.HALF}"
    path.write_bytes(b"kill -9 came")
    return path


@pytest.mark.django_db(transaction=True)
def test_sweep_steps_aside_while_a_file_is_being_kept() -> None:
    """An old orphan is wanted again by a row that is not committed yet."""
    orphan = age(disk.place(disk.write(REPORT)))
    keeping, swept = threading.Event(), threading.Event()
    found: list[int] = []

    def keeper() -> None:
        with transaction.atomic():
            kept()
            age(orphan)
            keeping.set()
            swept.wait(30)

    def sweeper() -> None:
        keeping.wait(30)
        found.append(sweep_orphans())
        swept.set()

    at_once(keeper, sweeper)
    assert (found, orphan.exists()) == ([0], True)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("sha256 = '../../etc/passwd'", "file_is_named_by_its_hash"),
        ("sha256 = upper(sha256)", "file_is_named_by_its_hash"),
        ("name = ''", "file_has_name_and_type"),
        ("media_type = 'text/html; x'", "file_has_name_and_type"),
        ("size = -1", "files_madefile_size_check"),
    ],
)
def test_the_database_refuses(change: str, constraint: str) -> None:
    kept()
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE files_madefile SET {change}")  # noqa: S608
