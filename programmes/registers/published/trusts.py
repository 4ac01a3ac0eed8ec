"""Reads `etr.csv`, the NHS trusts of England and Wales as the Organisation Data Service publishes them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from programmes.models import Nation, OrganisationKind, Scheme
from programmes.registers.display_case import display_case
from programmes.registers.entry import Entry
from programmes.registers.identifiers import BadIdentifier, ods_code, postcode
from programmes.registers.published.dates import compact_date
from programmes.registers.published.gathering import gather
from programmes.registers.rows import Row, rows_of

SOURCE = "etr"
WIDTH = 27
CODE, NAME, REGION, ICB, ADDRESS, TOWN, COUNTY, POSTCODE, OPENED, CLOSED = 0, 1, 2, 3, 4, 7, 8, 9, 10, 11
WELSH = "W00"  # the file's stand-in for a region: no NHS England region has it
NO_ICB = "Q99"

KINDS_IN_NAMES = (
    ("AMBULANCE", OrganisationKind.AMBULANCE_TRUST),
    ("MENTAL HEALTH", OrganisationKind.MENTAL_HEALTH_TRUST),
    ("COMMUNITY HEALTH", OrganisationKind.COMMUNITY_TRUST),
    ("COMMUNITY SERVICES", OrganisationKind.COMMUNITY_TRUST),
    ("COMMUNITY NHS", OrganisationKind.COMMUNITY_TRUST),
    ("FOUNDATION TRUST", OrganisationKind.NHS_FOUNDATION_TRUST),
)


def read_trusts(path: Path, regions: Mapping[str, str]) -> list[Entry]:
    """No header, 27 columns, dates YYYYMMDD, names in capitals. `regions`: names of NHS England's regions by code.

    Raises BadFile.
    """
    rows = rows_of(path, WIDTH)
    return gather(path.name, ((row.line, row) for row in rows), lambda row: _trust(row, regions))


def kind_of(name: str) -> str:
    """What kind of trust it is, as far as its name says it plainly."""
    upper = name.upper()
    return next((kind for words, kind in KINDS_IN_NAMES if words in upper), OrganisationKind.NHS_TRUST)


def _trust(row: Row, regions: Mapping[str, str]) -> Entry:
    cells = row.cells
    if cells[NAME].casefold() in ("name", "organisation name"):
        raise ValueError("This is a header; the published file has none.")
    lines = [display_case(cells[column]) for column in range(ADDRESS, COUNTY + 1) if cells[column]]
    return Entry(
        scheme=Scheme.ODS,
        code=_code(cells[CODE]),
        source=SOURCE,
        legal_name=cells[NAME],
        display_name=display_case(cells[NAME]),
        kind=kind_of(cells[NAME]),
        nation=Nation.WALES if cells[REGION] == WELSH else Nation.ENGLAND,
        address="\n".join(lines),
        town=display_case(cells[TOWN]),
        postcode=_postcode(cells[POSTCODE]),
        region=_region(cells[REGION], regions),
        icb_code="" if cells[ICB] == NO_ICB else cells[ICB],
        opened=compact_date(cells[OPENED]),
        closed=compact_date(cells[CLOSED]),
    )


def _code(text: str) -> str:
    try:
        code = ods_code(text)
    except BadIdentifier:
        code = ""
    if code != text:
        raise ValueError(f"{text!r} is not an ODS code (3 to 12 capital letters and digits).")
    return code


def _postcode(text: str) -> str:
    try:
        return postcode(text) if text else ""
    except BadIdentifier:
        raise ValueError(f"{text!r} is not a postcode.") from None


def _region(code: str, regions: Mapping[str, str]) -> str:
    if code in ("", WELSH):
        return ""
    if code not in regions:
        raise ValueError(f"The region {code!r} is not known: give the newer list of regions with --other.")
    return regions[code]
