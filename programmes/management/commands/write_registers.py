"""Writes our own register file from the files that the registers' owners publish."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from programmes.registers.editing import Published, write_edition
from programmes.registers.entry import SHIPPED
from programmes.registers.problems import BadFile


class Command(BaseCommand):
    help = (
        "Writes programmes/registers/data/organisations.csv from published files. Give those that are newer; "
        "the others stay as they are. Nothing is deleted, and a bad file changes nothing."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--trusts", type=Path, help="etr.csv of the Organisation Data Service")
        parser.add_argument("--other", type=Path, help="regions, integrated care boards, health boards")
        parser.add_argument("--councils", type=Path, help="councils of the four nations")
        parser.add_argument("--universities", type=Path, help="higher-education providers by UKPRN")
        parser.add_argument(
            "--on", type=date.fromisoformat, help="the day from which new names count (today)"
        )
        parser.add_argument("--to", type=Path, default=SHIPPED, help="the file to write")
        parser.add_argument("--report", type=Path, help="also save the report of what changed here")
        parser.add_argument("--allow-fewer", action="store_true", help="believe a file that has shrunk")

    def handle(self, *args: Any, **options: Any) -> None:
        published = Published(
            trusts=options["trusts"],
            other=options["other"],
            councils=options["councils"],
            universities=options["universities"],
        )
        try:
            report = write_edition(
                published,
                options["to"],
                on=options["on"] or date.today(),  # noqa: DTZ011  a person's own day
                allow_fewer=options["allow_fewer"],
            )
        except BadFile as error:
            raise CommandError(f"Nothing has been changed.\n{error}") from error
        if options["report"]:
            options["report"].write_text(report, encoding="utf-8")
        self.stdout.write(report, ending="")
