"""What stands in the way of a start is told in one plain sentence with the fix."""

from __future__ import annotations

import shutil
import socket
import stat
import subprocess
import sys
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest

from embedded.local import checks, environment, stamps
from embedded.local.folder import DataFolder
from embedded.local.run import ROOT, main, stays_empty
from embedded.local.trouble import CannotStart

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        line.listen()
        yield line.getsockname()[1]


def check(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "embedded.local.run", "--only-check", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)


def test_port_in_use_is_told_with_a_free_one(tmp_path: Path, taken: int) -> None:
    told = check("--port", str(taken), "--data", str(tmp_path / "var"))
    assert told.returncode == 1
    assert told.stderr.startswith(
        f"Port {taken} is in use by another program. Choose another one: bin/run --port "
    )
    assert str(taken) not in told.stderr.rpartition("--port")[2]
    assert told.stderr.count("\n") == 1


@pytest.mark.parametrize("port", [0, 65536])
def test_number_that_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(CannotStart, match=f"{port} is not a port"):
        checks.check_port(port)


@pytest.mark.parametrize(("free", "refused"), [(checks.LEAST_FREE - 1, True), (checks.LEAST_FREE, False)])
def test_full_disk_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, refused: bool
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, free))
    if refused:
        with pytest.raises(CannotStart, match=r"Only 199 MB are free.*bin/run --data"):
            checks.check_disk(tmp_path)
    else:
        checks.check_disk(tmp_path)


def test_missing_pango_is_told_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(checks.PANGO, "libpango-1.0-0", "libpango-of-nowhere.so.0")
    assert "libpango-1.0-0" in checks.missing_packages(chromium=False)
    with pytest.raises(CannotStart, match=r"sudo apt-get install libpango-1\.0-0"):
        checks.check_pango()


def test_data_folder_in_use_is_told_with_its_process(place: DataFolder) -> None:
    place.lock()
    told = check("--port", "0", "--data", str(place.path))
    assert told.returncode == 1
    assert f"already runs from {place.path} (process " in told.stderr
    assert "--data" in told.stderr
    place.unlock()
    assert "already runs" not in check("--port", "0", "--data", str(place.path)).stderr


def test_folder_that_cannot_be_made_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["--only-check", "--data", str(tmp_path / "file" / "var")]) == 1
    assert "Choose one that is yours" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("first", "then", "still"), [(False, False, False), (True, True, True), (True, False, True)]
)
def test_folder_keeps_its_purpose(place: DataFolder, first: bool, then: bool, still: bool) -> None:
    assert stays_empty(place, asked=first) is first
    assert stays_empty(place, asked=then) is still


def test_demonstration_never_turns_into_real_use(place: DataFolder) -> None:
    stays_empty(place, asked=False)
    with pytest.raises(CannotStart, match=r"holds the demonstration.*bin/run --empty --data"):
        stays_empty(place, asked=True)


def test_secrets_are_made_once_and_for_their_owner_alone(place: DataFolder) -> None:
    made = environment.made_secrets(place)
    assert {len(value) for value in made.values()} == {64}
    assert made["SECRET_KEY"] != made["VAULT_KEY"]
    assert environment.made_secrets(place) == made
    assert stat.S_IMODE((place.path / "secrets").stat().st_mode) == 0o600


def test_environment_of_a_run_leads_to_nobody_elses_servers(place: DataFolder) -> None:
    outer = {
        "PGHOST": "elsewhere",
        "DATABASE_URL": "postgres://elsewhere/x",
        "HOME": "/home/a",
        "EMAIL_HOST": "smtp",
    }
    assert environment.outer(outer) == {"HOME": "/home/a", "EMAIL_HOST": "smtp"}


def test_env_file_can_be_sourced_even_with_odd_folders(tmp_path: Path) -> None:
    place = DataFolder(tmp_path / "it's a folder")
    place.prepare()
    given = environment.settings(
        place, port=8001, database="postgres://x", redis="unix://y", demonstration=False
    )
    command = '. "$1"/env && printf %s "$EMBEDDED_DATA_DIR $EMBEDDED_MODE $EMBEDDED_BASE_URL"'
    told = subprocess.run(
        ["sh", "-c", command, "sh", str(place.path)], capture_output=True, text=True, check=True
    )
    assert told.stdout == f"{place.path}/data development http://localhost:8001"
    assert given["EMBEDDED_MODE"] == "development"


def test_stamp_is_fresh_until_a_source_changes(place: DataFolder, tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    (source / "a").write_text("one")
    value = stamps.fingerprint([source])
    assert not stamps.is_fresh(place, "work", value)
    stamps.press(place, "work", value)
    assert stamps.is_fresh(place, "work", stamps.fingerprint([source]))
    (source / "a").rename(source / "b")
    assert not stamps.is_fresh(place, "work", stamps.fingerprint([source]))
