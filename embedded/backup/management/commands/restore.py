"""manage.py restore FOLDER: brings a backup back into an empty database and an empty data folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from embedded.backup.restoring import restore
from embedded.backup.trouble import CannotRestore


class Command(BaseCommand):
    help = "Bring the backup in FOLDER back, and compare every table and file with what was written down."
    requires_system_checks: list[str] = []  # they ask tables that are not there yet

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = restore(options["folder"].resolve())
        except CannotRestore as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"Restored {done.tables} tables with {done.rows:,} rows and {done.files:,} files; every checksum is equal."
        )
        if not done.key_fits:
            self.stderr.write(
                "VAULT_KEY is not the one of this backup: private notes cannot be read until it is set again."
            )
