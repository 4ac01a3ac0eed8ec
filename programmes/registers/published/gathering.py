"""Turns rows into entries one by one, gathers what is wrong with them, and refuses the file if anything is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from programmes.registers.entry import Entry, check_entry
from programmes.registers.problems import BadFile, Problem

R = TypeVar("R")
FIX = "Correct this cell, or download the file again."


def gather(file: str, rows: Iterable[tuple[int, R]], make: Callable[[R], Entry]) -> list[Entry]:
    """The entries of all rows; `make` raises ValueError for a bad one. Raises BadFile; refuses double codes."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    lines: dict[tuple[str, str], int] = {}
    for line, row in rows:
        try:
            entry = make(row)
            if wrong := check_entry(entry):
                raise ValueError(wrong)
        except ValueError as error:
            problems.append(Problem(file, line, str(error), FIX))
            continue
        if entry.key in lines:
            what = f"The code {entry.code} is already on line {lines[entry.key]}."
            problems.append(Problem(file, line, what, "Leave one of the two lines."))
        lines.setdefault(entry.key, line)
        entries.append(entry)
    if problems:
        raise BadFile(problems)
    return entries
