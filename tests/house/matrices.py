"""Reads and writes the tables of answers: an address a line, a role a column, the status in the cell."""

from __future__ import annotations

import csv
from pathlib import Path

from tests.house.crawling import PRINCIPALS

Answers = dict[str, dict[str, int]]


def read_matrix(path: Path) -> Answers:
    with path.open(newline="") as file:
        return {row["address"]: {who: int(row[who]) for who in PRINCIPALS} for row in csv.DictReader(file)}


def write_matrix(path: Path, found: Answers) -> None:
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, ["address", *PRINCIPALS], lineterminator="\n")
        writer.writeheader()
        writer.writerows({"address": name} | row for name, row in sorted(found.items()))
