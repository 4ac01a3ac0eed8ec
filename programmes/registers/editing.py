"""Makes a new edition of our own register file out of whichever published files are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from programmes.registers.entry import Entry, read_entries, write_entries
from programmes.registers.everyday import with_what_is_known
from programmes.registers.merging import merge
from programmes.registers.published.councils import read_councils
from programmes.registers.published.health_bodies import read_health_bodies, region_names
from programmes.registers.published.trusts import read_trusts
from programmes.registers.published.universities import read_universities
from programmes.registers.report import report_of


@dataclass(frozen=True)
class Published:
    """The published files given; those that are not stay as our own file has them."""

    trusts: Path | None = None
    other: Path | None = None
    councils: Path | None = None
    universities: Path | None = None


def write_edition(published: Published, to: Path, *, on: date, allow_fewer: bool = False) -> str:
    """Writes the file `to` and returns the report of what changed. Raises BadFile, and then nothing is written."""
    old = read_entries(to) if to.exists() else []
    fresh = with_what_is_known(_read(published, old))
    known_again = with_what_is_known(_untouched(old, fresh))
    entries, changes = merge(old, [*fresh, *known_again], on=on, allow_fewer=allow_fewer)
    if changes or not to.exists():
        write_entries(entries, to)
    return report_of(changes, len(entries))


def _read(published: Published, old: list[Entry]) -> list[Entry]:
    bodies = read_health_bodies(published.other) if published.other else []
    regions = region_names(old) | region_names(bodies)
    return [
        *bodies,
        *(read_trusts(published.trusts, regions) if published.trusts else []),
        *(read_councils(published.councils) if published.councils else []),
        *(read_universities(published.universities) if published.universities else []),
    ]


def _untouched(old: list[Entry], fresh: list[Entry]) -> list[Entry]:
    """Entries of files that were not given: they only take up our own names and facts."""
    sources = {entry.source for entry in fresh}
    return [entry for entry in old if entry.source not in sources]
