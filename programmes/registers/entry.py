"""One organisation as our own register file holds it, and reading and writing that file."""

from __future__ import annotations

import csv
import io
import os
import re
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path

from programmes.models import Nation, OrganisationKind, Scheme
from programmes.models.organisation import GSS_FORMAT, UKPRN_FORMAT
from programmes.registers.identifiers import ODS, ROR
from programmes.registers.problems import BadFile, Problem
from programmes.registers.rows import named_rows

SHIPPED = Path(__file__).parent / "data" / "organisations.csv"
BETWEEN = "|"
_FORMER = re.compile(r"(?P<name>.+?)(?: \(until (?P<until>\d{4}-\d{2}-\d{2})\))?")
_CODE = re.compile(r"[A-Za-z0-9-]{2,20}")


@dataclass(frozen=True)
class FormerName:
    """A name that an organisation no longer bears, and its last day where that is known."""

    name: str
    until: date | None = None

    def __str__(self) -> str:
        return f"{self.name} (until {self.until})" if self.until else self.name


@dataclass(frozen=True)
class Entry:
    """One row. `source` names the published file; `address` is lines below each other; codes of successors
    belong to the same scheme."""

    scheme: str
    code: str
    source: str
    legal_name: str
    display_name: str
    kind: str
    nation: str
    other_names: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    former_names: tuple[FormerName, ...] = ()
    address: str = ""
    town: str = ""
    postcode: str = ""
    region: str = ""
    icb_code: str = ""
    gss_code: str = ""
    ror_id: str = ""
    opened: date | None = None
    closed: date | None = None
    successors: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        return (self.scheme, self.code)

    def with_names(self, **names: tuple[str, ...]) -> Entry:
        """With these other names or sites, each once whatever its case, without the organisation's own name."""
        own = {self.display_name.casefold(), self.legal_name.casefold()}
        return replace(
            self,
            **{field: tuple(_once(values, own)) for field, values in names.items()},  # type: ignore[arg-type]
        )


COLUMNS = tuple(field.name for field in fields(Entry))
_LISTS = ("other_names", "sites", "former_names", "successors")
_DATES = ("opened", "closed")


def write_entries(entries: list[Entry], path: Path) -> None:
    """Writes our own register file, ordered by scheme and code, all of it or nothing."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in sorted(entries, key=lambda entry: entry.key):
        writer.writerow([_cell(getattr(entry, column)) for column in COLUMNS])
    half_written = path.with_suffix(".part")
    half_written.write_text(out.getvalue(), encoding="utf-8")
    os.replace(half_written, path)


def read_entries(path: Path = SHIPPED) -> list[Entry]:
    """Reads our own register file; raises BadFile naming each line that cannot be right."""
    problems: list[Problem] = []
    entries: list[Entry] = []
    for line, cells in named_rows(path, COLUMNS):
        try:
            entries.append(_entry(cells))
        except ValueError as error:
            problems.append(Problem(path.name, line, str(error), "Correct the line or write the file again."))
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        if entry.key in seen:
            what = f"The code {entry.code} of {entry.scheme} is there twice."
            problems.append(Problem(path.name, 1, what, "Leave one of them."))
        seen.add(entry.key)
    if problems:
        raise BadFile(problems)
    return entries


def check_entry(entry: Entry) -> str:
    """What keeps the database from taking this entry, in words, or nothing."""
    checks = {
        f"The scheme {entry.scheme!r} is not known.": entry.scheme in Scheme.values,
        f"The kind {entry.kind!r} is not known.": entry.kind in OrganisationKind.values,
        f"The nation {entry.nation!r} is not known.": entry.nation in Nation.values,
        f"The code {entry.code!r} is not a code.": bool(_CODE.fullmatch(entry.code)),
        f"{entry.code!r} is not an ODS code.": entry.scheme != Scheme.ODS or bool(ODS.fullmatch(entry.code)),
        f"{entry.code!r} is not a UKPRN.": entry.scheme != Scheme.UKPRN
        or bool(re.fullmatch(UKPRN_FORMAT, entry.code)),
        f"{entry.gss_code!r} is not a GSS code.": not entry.gss_code
        or bool(re.match(GSS_FORMAT, entry.gss_code)),
        f"{entry.ror_id!r} is not a ROR id.": not entry.ror_id or bool(ROR.fullmatch(entry.ror_id)),
        "The name is missing.": bool(entry.legal_name and entry.display_name),
        "The name is longer than 250 characters.": max(len(entry.legal_name), len(entry.display_name)) <= 250,
        "It closes before it opens.": not (entry.opened and entry.closed) or entry.closed >= entry.opened,
        "It has a successor and no closing date.": not entry.successors or entry.closed is not None,
        "It succeeds itself.": entry.code not in entry.successors,
    }
    return next((what for what, holds in checks.items() if not holds), "")


def _entry(cells: dict[str, str]) -> Entry:
    values: dict[str, object] = {column: cells[column] for column in COLUMNS}
    for column in _LISTS:
        values[column] = tuple(part for part in cells[column].split(BETWEEN) if part)
    for column in _DATES:
        values[column] = date.fromisoformat(cells[column]) if cells[column] else None
    values["former_names"] = tuple(_former(text) for text in cells["former_names"].split(BETWEEN) if text)
    values["address"] = cells["address"].replace(BETWEEN, "\n")
    entry = Entry(**values)  # type: ignore[arg-type]
    if wrong := check_entry(entry):
        raise ValueError(wrong)
    return entry


def _former(text: str) -> FormerName:
    found = _FORMER.fullmatch(text)
    assert found is not None  # noqa: S101  the pattern takes every text of one line
    until = found["until"]
    return FormerName(found["name"], date.fromisoformat(until) if until else None)


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return BETWEEN.join(str(part) for part in value)
    return "" if value is None else str(value).replace("\n", BETWEEN)


def _once(values: tuple[str, ...], own: set[str]) -> list[str]:
    kept: dict[str, str] = {}
    for value in values:
        tidy = " ".join(value.replace(BETWEEN, " ").split())
        if tidy and tidy.casefold() not in own:
            kept.setdefault(tidy.casefold(), tidy)
    return list(kept.values())
