"""Reads the list of the United Kingdom's higher-education providers by UKPRN."""

from __future__ import annotations

from pathlib import Path

from programmes.models import Nation, OrganisationKind, Scheme
from programmes.registers.entry import BETWEEN, Entry
from programmes.registers.identifiers import BadIdentifier, postcode, ukprn
from programmes.registers.published.gathering import gather
from programmes.registers.rows import named_rows

SOURCE = "universities"
COLUMNS = ("ukprn", "name", "also_known_as", "postcode")


def read_universities(path: Path) -> list[Entry]:
    """Columns ukprn, name, also_known_as (names between bars), postcode. Raises BadFile.

    The file does not say the nation: England stands here, and our own facts put the others right.
    """
    return gather(path.name, named_rows(path, COLUMNS), _university)


def _university(cells: dict[str, str]) -> Entry:
    try:
        code = ukprn(cells["ukprn"])
        where = postcode(cells["postcode"]) if cells["postcode"] else ""
    except BadIdentifier as error:
        raise ValueError(f"{error}.") from None
    entry = Entry(
        scheme=Scheme.UKPRN,
        code=code,
        source=SOURCE,
        legal_name=cells["name"],
        display_name=cells["name"],
        kind=OrganisationKind.HEI,
        nation=Nation.ENGLAND,
        postcode=where,
    )
    return entry.with_names(other_names=tuple(cells["also_known_as"].split(BETWEEN)))
