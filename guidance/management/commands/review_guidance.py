"""Notes that somebody real has read a document, so that its pages say so."""

from __future__ import annotations

import datetime
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import Http404

from guidance import reading
from guidance.actions import print_edition, record_review
from guidance.models import Review


class Command(BaseCommand):
    help = "Records a review of the newest edition of a document, and prints its PDF again with it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", help="the document, as it stands in its address")
        parser.add_argument("--reader", choices=Review.Reader.values, required=True)
        parser.add_argument("--on", type=datetime.date.fromisoformat, required=True, metavar="YYYY-MM-DD")
        parser.add_argument("--name", default="", help="only if they agreed to be named")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            edition = reading.current(options["slug"])
        except Http404 as error:
            raise CommandError(f"There is no document {options['slug']!r} to review.") from error
        record_review(
            edition=edition, by=None, reader=options["reader"], name=options["name"], on=options["on"]
        )
        print_edition(edition=reading.current(options["slug"]))
        self.stdout.write(f"Noted a review of {edition}.")
