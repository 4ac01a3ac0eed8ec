"""manage.py back_up FOLDER: writes the database and the made files into a folder of their own below FOLDER."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from embedded.backup.trouble import CannotBackUp
from embedded.backup.writing import back_up


class Command(BaseCommand):
    help = "Write the database and the made files into a new folder below FOLDER. The keys are not in it."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = back_up(options["folder"].resolve(), at=timezone.now())
        except CannotBackUp as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Backed up to {made}")
        self.stdout.write(
            "Keep VAULT_KEY and SECRET_KEY apart from it: without VAULT_KEY, private notes stay locked."
        )
