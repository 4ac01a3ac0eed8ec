"""Takes the shipped register of organisations into the database; safe to run at every start."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from programmes.registers.entry import SHIPPED
from programmes.registers.loading import load
from programmes.registers.problems import BadFile


class Command(BaseCommand):
    help = (
        "Loads the shipped register of organisations. Nothing is deleted; a second run finds nothing to do."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", type=Path, default=SHIPPED, dest="path", help="another register file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load(options["path"], at=timezone.now())
        except BadFile as error:
            raise CommandError(f"Nothing has been changed.\n{error}") from error
        if loaded.was_known:
            self.stdout.write("The register is up to date.")
            return
        self.stdout.write(
            f"The register is loaded: {loaded.added} new, {loaded.renamed} renamed, {loaded.closed} closed, "
            f"{loaded.changed} changed."
        )
