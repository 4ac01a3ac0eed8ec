"""Reads and writes the tables of answers: an address a line, a principal a column, the status in the cell.

`EMBEDDED_WRITE_MATRIX=1 bin/test tests/house/test_matrix.py tests/house/test_matrix_posts.py` writes what is, for
somebody to read and sign; without it an address, a principal or a role that has no cell turns the tests red.
"""

from __future__ import annotations

import csv
import os
from pathlib import Path
from typing import Final

from programmes.access import ROLES
from tests.house.principals import EDITORS, LINK_HOLDERS, NEXT_DOOR, PRINCIPALS, WITHOUT_A_PART

Answers = dict[str, dict[str, int]]

HERE: Final = Path(__file__).parent
GETS: Final = HERE / "matrix.csv"
POSTS: Final = HERE / "matrix_posts.csv"

OPENING: Final = {
    GETS: "What opening a page answers (GET), by the name of its address and by who asks.",
    POSTS: "What sending a page's form answers (POST), by the name of its address and by who sends it.",
}
STATUSES: Final = {
    200: "shown; of a form: shown again, with a message or what was asked for",
    302: "led on: to sign in when nobody is signed in, otherwise to where the deed leads",
    403: "seen from where one stands, and not allowed",
    404: "as if it did not exist",
    405: "there is nothing to send here",
    410: "the link is over, or there never was one",
}


def is_writing() -> bool:
    return bool(os.environ.get("EMBEDDED_WRITE_MATRIX"))


def read_matrix(path: Path) -> Answers:
    """Every cell; KeyError or ValueError where one is missing."""
    with path.open(newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    return {row["address"]: {who: int(row[who]) for who in PRINCIPALS} for row in csv.DictReader(lines)}


def columns(path: Path) -> list[str]:
    with path.open(newline="") as file:
        return next(line for line in file if not line.startswith("#")).strip().split(",")[1:]


def write_matrix(path: Path, found: Answers) -> None:
    with path.open("w", newline="") as file:
        file.writelines(f"# {line}".rstrip() + "\n" for line in _heading(path))
        writer = csv.DictWriter(file, ["address", *PRINCIPALS], lineterminator="\n")
        writer.writeheader()
        writer.writerows({"address": name} | row for name, row in sorted(found.items()))


def wrong_cells(found: Answers, expected: Answers) -> list[str]:
    """Each cell that answers otherwise than the table says, in words; addresses must be the same."""
    assert sorted(found) == sorted(expected), "an address is missing from the table, or gone"
    return [
        f"{name} to {who}: {found[name][who]}, expected {expected[name][who]}"
        for name in found
        for who in PRINCIPALS
        if found[name][who] != expected[name][who]
    ]


def _heading(path: Path) -> list[str]:
    """What somebody who answers for governance has to know to read the table and sign it."""
    roles = {role: words.description for role, words in ROLES.items()}
    return [
        OPENING[path],
        "The same request with the header HX-Request (a part of a page asked for by script) answers the same.",
        "Written by tests/house/matrices.py, which says how; signed by whoever reads the difference.",
        "",
        *(f"{status}  {words}" for status, words in STATUSES.items()),
        "",
        "Without a part in the programme:",
        *(f"  {who}: {words}" for who, words in WITHOUT_A_PART.items()),
        "With a signed link (on the addresses that a link opens; elsewhere they are nobody signed in):",
        *(f"  {who}: {words}" for who, words in LINK_HOLDERS.items()),
        "With a part in it, each in the residency, host, theme or programme that the address is about:",
        *(f"  {who}: {words}" for who, words in roles.items()),
        "With a part in the same programme, next door:",
        *(f"  {who}: {words}" for who, words in NEXT_DOOR.items()),
        "Editors of the guidance library:",
        *(f"  {who}: {words}" for who, words in EDITORS.items()),
        "There is no platform administrator: nobody reaches a programme but by a part in it (may_start is nearest).",
        "",
    ]
