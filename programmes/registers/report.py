"""Says in plain sentences what a newer edition of the registers changed."""

from __future__ import annotations

from programmes.registers.entry import Entry
from programmes.registers.merging import Changes

LISTED_AT_MOST = 60


def report_of(changes: Changes, total: int) -> str:
    """The whole report as text, ending in a line break."""
    if not changes:
        return f"{total} organisations. Nothing has changed.\n"
    parts = [f"{total} organisations."]
    parts += _part("New", [_line(entry) for entry in changes.added])
    parts += _part("Renamed", [f"{_line(new)}; before: {old.display_name}" for old, new in changes.renamed])
    parts += _part("Closed", [_closed(entry) for entry in changes.closed])
    parts += _part("Open again", [_line(entry) for entry in changes.reopened])
    parts += _part("Changed", [f"{_line(entry)}: {_fields(names)}" for entry, names in changes.changed])
    parts += _part("No longer in the file, kept as they were", [_line(entry) for entry in changes.missing])
    return "\n".join(parts) + "\n"


def _part(heading: str, lines: list[str]) -> list[str]:
    if not lines:
        return []
    shown = [f"  {line}" for line in lines[:LISTED_AT_MOST]]
    more = [f"  … and {len(lines) - LISTED_AT_MOST} more"] if len(lines) > LISTED_AT_MOST else []
    return [f"{heading}: {len(lines)}", *shown, *more]


def _line(entry: Entry) -> str:
    return f"{entry.code} {entry.display_name}"


def _closed(entry: Entry) -> str:
    after = (
        f"now {', '.join(entry.successors)}"
        if entry.successors
        else "no successor known: add it to data/facts.csv"
    )
    return f"{_line(entry)}, on {entry.closed}; {after}"


def _fields(names: tuple[str, ...]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)
