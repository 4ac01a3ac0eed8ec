"""Names in capitals get the case in which people write them."""

import csv
from pathlib import Path

import pytest

from programmes.registers.display_case import CAPITALS, SMALL, display_case

EXAMPLES = {
    "GUY'S AND ST THOMAS' NHS FOUNDATION TRUST": "Guy's and St Thomas' NHS Foundation Trust",
    "KING'S COLLEGE HOSPITAL NHS FOUNDATION TRUST": "King's College Hospital NHS Foundation Trust",
    "UNIVERSITY HOSPITALS OF DERBY AND BURTON NHS FOUNDATION TRUST": (
        "University Hospitals of Derby and Burton NHS Foundation Trust"
    ),
    "THE NEWCASTLE UPON TYNE HOSPITALS NHS FOUNDATION TRUST": "The Newcastle upon Tyne Hospitals NHS Foundation Trust",
    "THE QUEEN ELIZABETH HOSPITAL, KING'S LYNN, NHS FOUNDATION TRUST": (
        "The Queen Elizabeth Hospital, King's Lynn, NHS Foundation Trust"
    ),
    "GREAT ORMOND STREET HOSPITAL FOR CHILDREN NHS FOUNDATION TRUST": (
        "Great Ormond Street Hospital for Children NHS Foundation Trust"
    ),
    "NHS STAFFORDSHIRE AND STOKE-ON-TRENT INTEGRATED CARE BOARD": (
        "NHS Staffordshire and Stoke-on-Trent Integrated Care Board"
    ),
    "NHS CORNWALL AND THE ISLES OF SCILLY INTEGRATED CARE BOARD": (
        "NHS Cornwall and the Isles of Scilly Integrated Care Board"
    ),
    "KENT AND MEDWAY NHS AND SOCIAL CARE PARTNERSHIP TRUST": "Kent and Medway NHS and Social Care Partnership Trust",
    "LANCASHIRE & SOUTH CUMBRIA NHS FOUNDATION TRUST": "Lancashire & South Cumbria NHS Foundation Trust",
    "ST. JAMES'S UNIVERSITY HOSPITAL": "St. James's University Hospital",
    "4TH FLOOR, EAST WING": "4th Floor, East Wing",
    "729 THE RIDGE": "729 The Ridge",
    "UNIT 1A HOWARD COURT": "Unit 1A Howard Court",
    "ST. LEONARDS-ON-SEA": "St. Leonards-on-Sea",
    "ASHTON-UNDER-LYNE": "Ashton-under-Lyne",
    "C E M E CENTRE": "C E M E Centre",
    "MIDLAND METROPOLITAN UNIVERSITY HOS": "Midland Metropolitan University Hospital",
    "MOUNT MCKINLEY": "Mount McKinley",
    "O'BRIEN HOUSE": "O'Brien House",
    "KING’S COLLEGE": "King’s College",
    "(FORMERLY THE INFIRMARY)": "(Formerly the Infirmary)",
    "YSBYTY GLAN CLWYD Ŵ": "Ysbyty Glan Clwyd Ŵ",
    "A&E AT 10/12 HIGH STREET": "A&E at 10/12 High Street",
}


@pytest.mark.parametrize(("capitals", "expected"), EXAMPLES.items())
def test_display_case_is_right(capitals: str, expected: str) -> None:
    assert display_case(capitals) == expected


@pytest.mark.parametrize(
    "written",
    [
        "King’s College London",
        "University of the West of England, Bristol",
        "SOAS, University of London",
        "",
        "iCare",
    ],
)
def test_a_name_that_is_not_in_capitals_is_left_alone(written: str) -> None:
    assert display_case(written) == written


def test_stray_spaces_go() -> None:
    assert display_case("North Somerset  Council ") == "North Somerset Council"


def test_every_published_name_and_address_comes_out_well(published: Path) -> None:
    """All 210 trusts of the file: the same letters, no capitals but known ones, small words small."""
    with (published / "etr.csv").open(encoding="utf-8", newline="") as file:
        texts = {row[column] for row in csv.reader(file) for column in (1, 4, 5, 6, 7, 8) if row[column]}
    assert len(texts) > 600
    for text in texts:
        shown = display_case(text)
        assert shown[0] == text[0]
        for word in shown.replace("/", " ").replace(",", " ").split():
            if word.isalpha() and word.isupper() and len(word) > 1:
                assert word in CAPITALS, shown
            assert not word.endswith("'S"), shown
            assert word.islower() or word[0] == word[0].upper(), shown
            assert not (word.isalpha() and word.islower()) or word in SMALL, shown
