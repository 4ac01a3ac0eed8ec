"""Says of each document how long it is, how hard to read and what it rests on, and which links lead nowhere."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from guidance import reading
from guidance.measuring import Measure, anchors_of, measured
from guidance.models import Edition

HEADS = "document version words minutes grade sources unknown nowhere".split()


class Command(BaseCommand):
    help = "Reports on the newest edition of every document. Fails when a source is unknown or a link leads nowhere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--csv", action="store_true", help="as a table for a spreadsheet")

    def handle(self, *args: Any, **options: Any) -> None:
        editions = reading.newest_whole()
        anchors = {one.document.slug: anchors_of(one) for one in editions}
        rows = [(one, measured(one, anchors)) for one in editions]
        if options["csv"]:
            table = csv.writer(self.stdout)
            table.writerow(HEADS)
            table.writerows(_cells(edition, measure) for edition, measure in rows)
        else:
            for edition, measure in rows:
                self.stdout.write(_sentence(edition, measure))
        wrong = [edition.document.slug for edition, measure in rows if not measure.is_sound]
        if wrong:
            raise CommandError(f"Put right the sources or links of: {', '.join(wrong)}.")


def _cells(edition: Edition, measure: Measure) -> list[object]:
    return [
        edition.document.slug,
        edition.version,
        measure.words,
        edition.reading_minutes,
        measure.grade,
        measure.sources,
        " ".join(measure.unknown),
        " ".join(measure.nowhere),
    ]


def _sentence(edition: Edition, measure: Measure) -> str:
    said = (
        f"{edition}: {measure.words:,} words, {edition.reading_minutes} minutes, reading grade {measure.grade}, "
        f"{measure.sources} source{'' if measure.sources == 1 else 's'}."
    )
    wrong = [f"unknown source {key}" for key in measure.unknown]
    wrong += [f"{target} leads nowhere" for target in measure.nowhere]
    return f"{said} Wrong: {'; '.join(wrong)}." if wrong else said
