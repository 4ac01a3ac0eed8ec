"""Reads the list of NHS England's regions, integrated care boards and Welsh health boards."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from programmes.models import Nation, OrganisationKind, Scheme
from programmes.registers.display_case import display_case
from programmes.registers.entry import Entry
from programmes.registers.published.gathering import gather
from programmes.registers.rows import named_rows

SOURCE = "nhs_other"
COLUMNS = ("ods_code", "name", "kind", "gss_code")
REGION_PREFIX = "NHS England "

KINDS = {
    "nhs_england_region": (OrganisationKind.NHS_ENGLAND_REGION, Nation.ENGLAND),
    "integrated_care_board": (OrganisationKind.ICB, Nation.ENGLAND),
    "local_health_board": (OrganisationKind.HEALTH_BOARD, Nation.WALES),
}


def read_health_bodies(path: Path) -> list[Entry]:
    """Columns ods_code, name, kind, gss_code. Raises BadFile."""
    return gather(path.name, named_rows(path, COLUMNS), _body)


def region_names(entries: Iterable[Entry]) -> dict[str, str]:
    """The bare name of each NHS England region by its code: Y56 is London."""
    return {
        entry.code: entry.display_name.removeprefix(REGION_PREFIX)
        for entry in entries
        if entry.kind == OrganisationKind.NHS_ENGLAND_REGION
    }


def _body(cells: dict[str, str]) -> Entry:
    if cells["kind"] not in KINDS:
        raise ValueError(f"The kind {cells['kind']!r} is none of {', '.join(KINDS)}.")
    kind, nation = KINDS[cells["kind"]]
    prefix = REGION_PREFIX if kind == OrganisationKind.NHS_ENGLAND_REGION and cells["name"] else ""
    return Entry(
        scheme=Scheme.ODS,
        code=cells["ods_code"],
        source=SOURCE,
        legal_name=prefix + cells["name"],
        display_name=prefix + display_case(cells["name"]),
        kind=kind,
        nation=nation,
        gss_code=cells["gss_code"],
    )
