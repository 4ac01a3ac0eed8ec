"""Takes in the shipped guidance and prints what is new, so that downloads are instant."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from embedded.pdf import CannotPrint
from guidance.actions import load_library, print_editions
from guidance.catalogue import LIBRARY, NotAnEdition
from guidance.indexing import index_documents
from guidance.packs.actions import print_ready_packs
from guidance.packs.ready import ready_packs


class Command(BaseCommand):
    help = "Loads the documents of guidance/library/ and prints their PDFs. Can be run again at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--library", type=Path, default=LIBRARY, help="a folder laid out like ours")
        parser.add_argument("--no-pdf", action="store_true", help="leave the printing to the first reader")

        parser.add_argument("--no-packs", action="store_true", help="leave the packs to the background work")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            ready_packs(options["library"])
            done = load_library(library=options["library"])
        except NotAnEdition as error:
            raise CommandError(f"Nothing was changed. {error}") from error
        index_documents()  # of a library from before there was an index, too
        if not options["no_pdf"]:
            done += self._printed(packs=not options["no_packs"])
        for line in done or ["Nothing new"]:
            self.stdout.write(f"Guidance: {line}.")

    def _printed(self, packs: bool) -> list[str]:
        try:
            done = print_editions()
            return [*done, *print_ready_packs(on=timezone.localdate())] if packs else done
        except CannotPrint as error:
            self.stderr.write(f"Guidance: the PDFs were not printed. {error}")
            return []
