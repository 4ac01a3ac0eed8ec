"""Brings a backup back into an empty place, and proves that what came back is what was written down."""

from __future__ import annotations

import tarfile
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from embedded import files, vault
from embedded.backup import counting, manifest, programs
from embedded.backup.manifest import Manifest
from embedded.backup.trouble import CannotBackUp, CannotRestore
from embedded.files.models import MadeFile


@dataclass(frozen=True)
class Restored:
    """What came back. `key_fits` is False when VAULT_KEY is not the one that locked people's own texts."""

    tables: int
    rows: int
    files: int
    key_fits: bool


def restore(folder: Path) -> Restored:
    """Fills the empty database and the empty data folder of the settings; raises CannotRestore."""
    told = manifest.read(folder)
    _refuse_unless_empty()
    _refuse_an_older_server(told)
    try:
        options = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        programs.run("pg_restore", *options, str(folder / manifest.DATABASE))
    except CannotBackUp as problem:
        raise CannotRestore(str(problem)) from problem
    _unpack(folder / manifest.FILES)
    _compare(told)
    rows = sum(table.rows for table in told.tables.values())
    return Restored(len(told.tables), rows, told.files, told.vault_key == vault.key_name())


def _refuse_unless_empty() -> None:
    if connection.introspection.table_names():
        raise CannotRestore(
            "There are tables in this database. Restore into an empty one: nothing is overwritten."
        )
    if counting.made_files():
        raise CannotRestore(
            f"There are files in {counting.files_folder()}. Restore into an empty folder: nothing is overwritten."
        )


def _refuse_an_older_server(told: Manifest) -> None:
    if programs.server_version() < told.postgres:
        raise CannotRestore(
            f"The backup was made by PostgreSQL {told.postgres}, and this is {programs.server_version()}. "
            f"Restore into PostgreSQL {told.postgres} or later."
        )


def _unpack(path: Path) -> None:
    """Each file goes to the place of its content; one whose name does not fit its content is not taken."""
    with tarfile.open(path) as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is None or files.disk.write(content.read()) != member.name:
                raise CannotRestore(f"The file {member.name} in {path} is damaged. Use another backup.")


def _compare(told: Manifest) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        found = counting.tables(cursor)
    wrong = sorted(
        name for name in told.tables.keys() | found.keys() if told.tables.get(name) != found.get(name)
    )
    if wrong:
        raise CannotRestore(
            f"These tables did not come back as they were: {', '.join(wrong)}. Use another backup."
        )
    missing = {made.sha256 for made in MadeFile.objects.all() if not files.disk.place(made.sha256).exists()}
    if missing:
        raise CannotRestore(f"{len(missing)} made files are missing from the backup. Use another backup.")
