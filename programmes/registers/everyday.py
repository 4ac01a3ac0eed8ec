"""What the published files do not say and everybody knows: everyday names, successors, nations of universities.

Two small files of our own: `data/everyday.csv` (hospitals and names in use, by code) and `data/facts.csv`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

from programmes.models import NameKind
from programmes.registers.entry import BETWEEN, Entry, FormerName
from programmes.registers.problems import BadFile, Problem
from programmes.registers.published.dates import iso_date
from programmes.registers.rows import named_rows

DATA = Path(__file__).parent / "data"
EVERYDAY = DATA / "everyday.csv"
FACTS = DATA / "facts.csv"
NAME_COLUMNS = ("scheme", "code", "kind", "name", "until")
FACT_COLUMNS = ("scheme", "code", "field", "value")
FACT_FIELDS = ("display_name", "nation", "successors")
_NAME_FIELDS = {NameKind.SITE: "sites", NameKind.OTHER: "other_names", NameKind.FORMER: "former_names"}

Key = tuple[str, str]


def with_what_is_known(entries: Iterable[Entry], names: Path = EVERYDAY, facts: Path = FACTS) -> list[Entry]:
    """The entries with our own names and facts added. Lines about codes that are not among them do nothing."""
    known_names = _names(names)
    known_facts = _facts(facts)
    return [_named(_with_facts(entry, known_facts[entry.key]), known_names[entry.key]) for entry in entries]


def _named(entry: Entry, names: list[tuple[str, str, date | None]]) -> Entry:
    sites = tuple(name for kind, name, _ in names if kind == NameKind.SITE)
    others = tuple(name for kind, name, _ in names if kind == NameKind.OTHER)
    former = tuple(FormerName(name, until) for kind, name, until in names if kind == NameKind.FORMER)
    named = entry.with_names(sites=entry.sites + sites, other_names=entry.other_names + others)
    return replace(named, former_names=entry.former_names + former)


def _with_facts(entry: Entry, facts: dict[str, str]) -> Entry:
    values: dict[str, object] = dict(facts)
    if "successors" in facts:
        values["successors"] = tuple(facts["successors"].split(BETWEEN)) if entry.closed else ()
    return replace(entry, **values)  # type: ignore[arg-type]


def _names(path: Path) -> dict[Key, list[tuple[str, str, date | None]]]:
    found: dict[Key, list[tuple[str, str, date | None]]] = defaultdict(list)
    problems = []
    for line, cells in named_rows(path, NAME_COLUMNS):
        if cells["kind"] not in _NAME_FIELDS or not cells["name"]:
            fix = f"Give a name and one of the kinds {', '.join(_NAME_FIELDS)}."
            problems.append(Problem(path.name, line, "The kind or the name cannot be used.", fix))
            continue
        try:
            until = iso_date(cells["until"])
        except ValueError as error:
            problems.append(
                Problem(path.name, line, str(error), "Write it like 2024-09-30 or leave it empty.")
            )
            continue
        found[cells["scheme"], cells["code"]].append((cells["kind"], cells["name"], until))
    if problems:
        raise BadFile(problems)
    return found


def _facts(path: Path) -> dict[Key, dict[str, str]]:
    found: dict[Key, dict[str, str]] = defaultdict(dict)
    for line, cells in named_rows(path, FACT_COLUMNS):
        if cells["field"] not in FACT_FIELDS:
            fix = f"Give one of {', '.join(FACT_FIELDS)}."
            raise BadFile(
                [Problem(path.name, line, f"The field {cells['field']!r} is not one of ours.", fix)]
            )
        found[cells["scheme"], cells["code"]][cells["field"]] = cells["value"]
    return found
