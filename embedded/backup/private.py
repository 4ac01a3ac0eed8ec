"""Backs up and restores the data folder of a private run: what bin/backup and bin/restore start."""

from __future__ import annotations

import argparse
import contextlib
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from embedded.backup import manifest
from embedded.backup.trouble import CannotRestore
from embedded.env import ROOT
from embedded.local import binaries, checks, environment
from embedded.local.folder import DataFolder
from embedded.local.postgres import Postgres
from embedded.local.redis import Redis
from embedded.local.trouble import CannotStart


def main(words: list[str]) -> int:
    """Returns the exit code: 0, or 1 with one sentence on what is wrong."""
    chosen = _choices(words)
    place = DataFolder(chosen.data)
    try:
        if chosen.deed == "backup":
            _back_up(place, chosen.folder, chosen.keys)
        else:
            _restore(place, chosen.folder, chosen.keys)
    except (CannotStart, CannotRestore, subprocess.CalledProcessError) as problem:
        if not isinstance(problem, subprocess.CalledProcessError):  # manage.py has said it already
            print(problem, file=sys.stderr)
        return 1
    finally:
        place.unlock()
    return 0


def _choices(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin", description=__doc__)
    deeds = parser.add_subparsers(dest="deed", required=True)
    writing = deeds.add_parser(
        "backup", prog="bin/backup", description="Writes a private run down, running or not."
    )
    writing.add_argument("--data", type=Path, default=ROOT / "var", help="the data folder of the run (var)")
    writing.add_argument("--keys", type=Path, help="also copy the secrets to this file; keep it elsewhere")
    writing.add_argument("folder", type=Path, help="where backups go; each gets a folder of its own in it")
    back = deeds.add_parser(
        "restore", prog="bin/restore", description="Brings a backup back into a new data folder."
    )
    back.add_argument("--data", type=Path, required=True, help="the new data folder; it must be empty")
    back.add_argument("--keys", type=Path, help="the file of secrets that bin/backup --keys wrote")
    back.add_argument("folder", type=Path, help="the backup: the folder with manifest.json in it")
    return parser.parse_args(words)


def _back_up(place: DataFolder, into: Path, keys: Path | None) -> None:
    if not (place.path / "env").exists():
        raise CannotStart(
            f"Nothing was ever run from {place.path}. Say which folder: bin/backup --data /path/to/folder"
        )
    checks.check_disk(place.path)
    with _database(place):
        _manage(environment.kept(place), "back_up", into)
    if keys:
        environment.write_privately(keys.resolve(), (place.path / "secrets").read_text())
        print(f"The keys are in {keys.resolve()}: keep them apart from the backup.")


@contextlib.contextmanager
def _database(place: DataFolder) -> Iterator[None]:
    """The server of a run that is going on, or one for as long as this takes."""
    server = Postgres(place)
    try:
        place.lock()
    except CannotStart:
        if not server.is_ready():
            raise
        yield
        return
    with _started(server):
        yield


@contextlib.contextmanager
def _started(server: Postgres) -> Iterator[None]:
    try:
        server.start()
        yield
    finally:
        server.stop()


def _restore(place: DataFolder, folder: Path, keys: Path | None) -> None:
    told = manifest.read(folder)
    if place.path.exists() and any(place.path.iterdir()):
        raise CannotRestore(f"{place.path} is not empty. Name a new folder: nothing is overwritten.")
    secrets = _keys(keys)
    place.prepare()
    place.lock()
    checks.check_disk(place.path)
    if secrets:
        environment.write_privately(place.path / "secrets", secrets)
    (place.path / "purpose").write_text("demonstration" if told.demonstration else "real use")
    server = Postgres(place, version=_version_for(told.postgres))
    try:
        with _started(server):
            env = environment.settings(
                place,
                port=8000,
                database=server.url(),
                redis=Redis(place).url(),
                demonstration=told.demonstration,
            )
            _manage(env, "restore", folder)
    except BaseException:
        place.unlock()
        shutil.rmtree(place.path, ignore_errors=True)  # half of one is never taken for whole
        raise
    print(f"Start it: bin/run --data {place.path}")


def _keys(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_text()
    except OSError as problem:
        raise CannotRestore(f"The keys in {path} cannot be read ({problem.strerror}).") from problem


def _version_for(wanted: int) -> int | None:
    """The same PostgreSQL as before where there is one here; else whatever there is, which may be too old."""
    return wanted if wanted in {each.version for each in binaries.installed()} else None


def _manage(env: Mapping[str, str], deed: str, folder: Path) -> None:
    command = [sys.executable, str(ROOT / "manage.py"), deed, str(folder.resolve())]
    subprocess.run(command, env=dict(env), cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
