"""Published files as their owners shape them, made small, and the shipped register in the database."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from embedded.accounts.models import Person
from tests.registers.shipped import register_of_module

__all__ = ["register_of_module"]

REFERENCE = Path(__file__).resolve().parents[3] / "shared" / "reference-data"
OTHER_HEADER = ("ods_code", "name", "kind", "gss_code")
COUNCIL_HEADER = (
    "local_authority_code,gss_code,official_name,short_name,kind,nation,region,start_date,end_date,replaced_by"
).split(",")
UNIVERSITY_HEADER = ("ukprn", "name", "also_known_as", "postcode")

Write = Callable[[str, Iterable[Iterable[str]]], Path]


def trust_row(
    code: str, name: str, *, region: str = "Y56", opened: str = "19930401", closed: str = ""
) -> list[str]:
    """A row of etr.csv: 27 columns."""
    row = [
        code,
        name,
        region,
        "QKK",
        "ST THOMAS' HOSPITAL",
        "WESTMINSTER BRIDGE ROAD",
        "",
        "LONDON",
        "",
        "SE1 7EH",
    ]
    return [*row, opened, closed, *[""] * 15]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes rows as a CSV file of that name."""

    def to(name: str, rows: Iterable[Iterable[str]]) -> Path:
        path = tmp_path / name
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
        return path

    return to


@pytest.fixture
def other(write: Write) -> Path:
    rows = [
        OTHER_HEADER,
        ("Y56", "London", "nhs_england_region", "E40000003"),
        ("QKK", "NHS SOUTH EAST LONDON INTEGRATED CARE BOARD", "integrated_care_board", "E54000030"),
        ("7A4", "CARDIFF AND VALE UNIVERSITY HEALTH BOARD", "local_health_board", "W11000029"),
    ]
    return write("other.csv", rows)


@pytest.fixture
def published() -> Path:
    """The folder with the files as their owners publish them, which this project does not hold."""
    if not (REFERENCE / "etr.csv").exists():
        pytest.skip(f"the published registers are not in {REFERENCE}")
    return REFERENCE


@pytest.fixture
def register(register_of_module: None, db: None) -> None:
    """The shipped register, in the database."""


@pytest.fixture
def ada(db: None) -> Person:
    return Person.objects.create(display_name="Ada Obi")


@pytest.fixture
def ben(db: None) -> Person:
    return Person.objects.create(display_name="Ben Ali")
