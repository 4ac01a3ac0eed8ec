"""The restore drill (P52): dump, files and keys onto an empty data folder; checksums are equal, everything opens."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Callable
from pathlib import Path

from django.db import connection

from embedded.backup import counting
from tests.backup.conftest import REPORT, SECRET, Kept, restore

Look = Callable[[Path, str], dict[str, object]]


def test_everything_comes_back_and_opens(
    kept: Kept, backup: Path, keys: Path, look: Look, tmp_path: Path
) -> None:
    done = restore(backup, tmp_path / "new", "--keys", str(keys))
    assert done.returncode == 0, done.stderr
    assert "every checksum is equal" in done.stdout
    assert f"bin/run --data {tmp_path / 'new'}" in done.stdout
    assert look(tmp_path / "new", kept.token) == {
        "note": SECRET,
        "file": REPORT.decode(),
        "link": True,
        "residencies": kept.residencies,
    }


def test_without_the_keys_all_but_private_notes_comes_back_and_it_says_so(
    kept: Kept, backup: Path, look: Look, tmp_path: Path
) -> None:
    done = restore(backup, tmp_path / "new")
    assert done.returncode == 0, done.stderr
    assert "private notes cannot be read until it is set again" in done.stderr
    found = look(tmp_path / "new", kept.token)
    assert found["note"] is None
    assert found["file"] == REPORT.decode()
    assert found["residencies"] == kept.residencies


def test_nothing_secret_is_in_a_backup_in_the_clear(backup: Path, settings: object) -> None:
    with tarfile.open(backup / "files.tar") as tar:
        assert len(tar.getmembers()) == 1
    for name in ("manifest.json", "database.dump"):
        content = (backup / name).read_bytes()
        assert SECRET.encode() not in content
        assert settings.VAULT_KEY.encode() not in content  # type: ignore[attr-defined]
    assert (backup.stat().st_mode & 0o077) == 0


def test_sessions_and_throttles_stay_behind_and_every_other_table_is_counted(backup: Path) -> None:
    told = json.loads((backup / "manifest.json").read_text())["tables"]
    assert set(told) == set(connection.introspection.table_names()) - counting.LEFT_OUT
    assert told["programmes_activity"][0] == 1
    assert told["embedded_files_madefile" if "embedded_files_madefile" in told else "files_madefile"][0] == 1


def test_a_damaged_backup_is_refused_before_anything_is_made(backup: Path, tmp_path: Path) -> None:
    dump = backup / "database.dump"
    content = bytearray(dump.read_bytes())
    content[len(content) // 2] ^= 1
    dump.write_bytes(content)
    done = restore(backup, tmp_path / "new")
    assert done.returncode == 1
    assert f"{dump} is not what was written down. Use another backup." in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_folder_that_holds_something_is_left_alone(backup: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / "mine").write_text("mine")
    done = restore(backup, new)
    assert done.returncode == 1
    assert "is not empty" in done.stderr
    assert [path.name for path in new.iterdir()] == ["mine"]


def test_a_folder_without_a_backup_is_named(tmp_path: Path) -> None:
    done = restore(tmp_path, tmp_path / "new")
    assert done.returncode == 1
    assert f"There is no backup in {tmp_path}" in done.stderr


def test_a_table_that_came_back_otherwise_is_named_and_nothing_is_left(backup: Path, tmp_path: Path) -> None:
    path = backup / "manifest.json"
    told = json.loads(path.read_text())
    told["tables"]["programmes_activity"] = [told["tables"]["programmes_activity"][0], "1"]
    path.write_text(json.dumps(told))
    done = restore(backup, tmp_path / "new")
    assert done.returncode == 1
    assert "These tables did not come back as they were: programmes_activity." in done.stderr
    assert not (tmp_path / "new").exists()


def test_the_checksum_sees_one_changed_letter_and_not_the_order(kept: Kept) -> None:
    with connection.cursor() as cursor:
        before = counting.tables(cursor)["programmes_residency"]
        cursor.execute("UPDATE programmes_residency SET title = title || 'x'")
        after = counting.tables(cursor)["programmes_residency"]
        cursor.execute("UPDATE programmes_residency SET title = left(title, -1)")
        assert counting.tables(cursor)["programmes_residency"] == before
    assert after.rows == before.rows
    assert after.checksum != before.checksum
