"""Reads the list of the four nations' councils, with their kinds, dates and successors."""

from __future__ import annotations

from pathlib import Path

from programmes.models import Nation, OrganisationKind, Scheme
from programmes.registers.entry import Entry
from programmes.registers.problems import BadFile, Problem
from programmes.registers.published.dates import iso_date
from programmes.registers.published.gathering import gather
from programmes.registers.rows import named_rows

SOURCE = "councils"
COLUMNS = (
    "local_authority_code",
    "gss_code",
    "official_name",
    "short_name",
    "nation",
    "region",
    "start_date",
    "end_date",
    "replaced_by",
)
NATIONS = {label: value for value, label in Nation.choices}


def read_councils(path: Path) -> list[Entry]:
    """Dates YYYY-MM-DD; `replaced_by` holds codes of the same file, commas between. Raises BadFile."""
    rows = named_rows(path, COLUMNS)
    entries = gather(path.name, rows, _council)
    _refuse_unknown_successors(path.name, rows, {entry.code for entry in entries})
    return entries


def _council(cells: dict[str, str]) -> Entry:
    if cells["nation"] not in NATIONS:
        raise ValueError(f"The nation {cells['nation']!r} is none of {', '.join(NATIONS)}.")
    region = cells["region"] if cells["region"] not in NATIONS else ""
    entry = Entry(
        scheme=Scheme.COUNCIL,
        code=cells["local_authority_code"],
        source=SOURCE,
        legal_name=cells["official_name"],
        display_name=cells["official_name"],
        kind=OrganisationKind.LOCAL_AUTHORITY,
        nation=NATIONS[cells["nation"]],
        region=region,
        gss_code=cells["gss_code"],
        opened=iso_date(cells["start_date"]),
        closed=iso_date(cells["end_date"]),
        successors=_codes(cells["replaced_by"]),
    )
    return entry.with_names(other_names=(cells["short_name"],))


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in text.split(",") if code.strip())


def _refuse_unknown_successors(file: str, rows: list[tuple[int, dict[str, str]]], known: set[str]) -> None:
    problems = [
        Problem(file, line, f"The successor {code} is not in the file.", "Add its line or correct the code.")
        for line, cells in rows
        for code in _codes(cells["replaced_by"])
        if code not in known
    ]
    if problems:
        raise BadFile(problems)
