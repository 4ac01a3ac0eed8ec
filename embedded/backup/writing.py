"""Writes a backup: the database as it was at one moment, then the made files, then what both should add up to."""

from __future__ import annotations

import datetime
import tarfile
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from embedded import vault
from embedded.backup import counting, manifest, programs
from embedded.backup.counting import Table
from embedded.backup.trouble import CannotBackUp


def back_up(into: Path, *, at: datetime.datetime) -> Path:
    """Writes a folder of its own below `into` and returns it; raises CannotBackUp. People may go on working.

    The files come after the database: a file is there before any row names it, so every row finds its file.
    """
    half = into / f"embedded-{at:%Y%m%d-%H%M%S}.half"
    try:
        half.mkdir(mode=0o700, parents=True)
    except OSError as problem:
        raise CannotBackUp(
            f"{half} cannot be made ({problem.strerror}). Name a folder that is yours."
        ) from problem
    tables = _dump(half / manifest.DATABASE)
    files = _pack(half / manifest.FILES)
    sums = {name: manifest.sum_of(half / name) for name in (manifest.DATABASE, manifest.FILES)}
    manifest.write(
        manifest.Manifest(
            made_at=at.astimezone(datetime.UTC).isoformat(timespec="seconds"),
            postgres=programs.server_version(),
            demonstration=settings.DEMONSTRATION,
            vault_key=vault.key_name(),
            tables=tables,
            files=files,
            sums=sums,
        ),
        half,
    )
    return half.rename(half.with_suffix(""))


def _dump(path: Path) -> dict[str, Table]:
    """The dump, and the sums of its tables, both of the same moment."""
    left_out = [f"--exclude-table-data={name}" for name in sorted(counting.LEFT_OUT)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        moment = cursor.fetchone()[0]
        options = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}")
        programs.run("pg_dump", *options, *left_out, f"--file={path}")
        return counting.tables(cursor)


def _pack(path: Path) -> int:
    files = counting.made_files()
    with tarfile.open(path, "w") as tar:
        for file in files:
            tar.add(file, arcname=file.name, recursive=False)
    return len(files)
