"""Finds and runs PostgreSQL's own programs for writing a database down and bringing it back."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.db import connection
from psycopg import ConnectionInfo
from psycopg.conninfo import make_conninfo

from embedded.backup.trouble import CannotBackUp
from embedded.local import binaries

ADDRESS: Final = ("host", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey")


def server_version() -> int:
    """The major version of the PostgreSQL that we are connected to."""
    return _info().server_version // 10_000


def run(name: str, *words: str) -> None:
    """Runs `pg_dump` or `pg_restore` against the database of the settings; CannotBackUp with its own last words."""
    command = [_found(name, server_version()), f"--dbname={_address()}", *words]
    done = subprocess.run(
        command,
        env=os.environ | {"PGPASSWORD": _info().password or ""},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotBackUp(f"{name} failed: {done.stderr.strip()[-500:]}")


def _info() -> ConnectionInfo:
    connection.ensure_connection()
    return connection.connection.info


def _address() -> str:
    """Where the database is, in words that older programs understand too."""
    every = _info().get_parameters()
    return make_conninfo("", **{name: every[name] for name in ADDRESS if name in every})


def _found(name: str, server: int) -> str:
    """The program of the server's own version, else the next newer one: an older one would refuse."""
    found = {version: path for path in _candidates(name) if (version := _version(path)) and version >= server}
    if not found:
        raise CannotBackUp(
            f"No {name} of version {server} or later was found. Install it: apt-get install postgresql-client-{server}"
        )
    return found[min(found)]


def _candidates(name: str) -> Iterator[str]:
    for each in binaries.installed():
        if (each.folder / name).exists():
            yield each[name]
    for path in sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    ):  # where only the client is installed
        yield str(path)
    on_path = shutil.which(name)
    if on_path:
        yield on_path


def _version(path: str) -> int | None:
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"\) (\d+)", told)
    return int(number[1]) if number else None
