"""What each column of an export means: the data dictionary, in the order in which the columns stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from programmes.models import ActivityKind, EarlySign, LateReason, OutputKind, Place, Readers

HEAD: Final = ["Table", "Column", "Type", "What it says", "Choices", "Always filled", "Personal"]


@dataclass(frozen=True)
class Variable:
    """`choices` are the words that can stand in it; `personal`: about a person, or somebody's own words."""

    table: str
    heading: str
    kind: str
    label: str
    choices: tuple[str, ...] = ()
    required: bool = False
    personal: bool = False

    def as_row(self) -> list[str]:
        filled, personal = ("Yes" if said else "No" for said in (self.required, self.personal))
        return [self.table, self.heading, self.kind, self.label, "; ".join(self.choices), filled, personal]


def _words(choices: type) -> tuple[str, ...]:
    return tuple(str(one.label) for one in choices)  # type: ignore[attr-defined]


def _log(heading: str, kind: str, label: str, choices: type | None = None, **more: Any) -> Variable:
    return Variable("Log", heading, kind, label, _words(choices) if choices else (), **more)


def _more(table: str, heading: str, kind: str, label: str, **more: Any) -> Variable:
    return Variable(table, heading, kind, label, **more)


LOG: Final = (
    _log("Date", "date, 2026-05-03", "The day", required=True),
    _log("Minutes", "whole number, 1 to 960", "How long it took", required=True),
    _log("Kind", "choice", "The kind of work", ActivityKind, required=True),
    _log("What", "text", "What you did", personal=True),
    _log("Residency", "code", "The residency it was for", required=True),
    _log("Host", "text", "The host it was for, where there are several"),
    _log("Place", "choice", "Where you were", Place),
    _log("Project", "text", "The project"),
    _log("Asked by", "text", "Who asked for it", personal=True),
    _log("With", "text, names parted by semicolons", "Who was with you", personal=True),
    _log("Output", "choice", "What came of it", OutputKind),
    _log("Early sign", "choice", "An early sign of change", EarlySign),
    _log("Who reads it", "choice", "Who can read what you did", Readers, required=True),
    _log("Late because", "choice", "Why it was entered more than 31 days late", LateReason),
)
DIARY: Final = (
    _more("Diary", "Date", "date", "The day", required=True),
    _more("Diary", "Text", "text", "What you wrote", required=True, personal=True),
)
PEOPLE: Final = (
    _more("People", "Name", "text", "Somebody in your own list", required=True, personal=True),
    _more("People", "Kind", "choice", "What they are to the work"),
)
REQUESTS: Final = (
    _more("Requests", "Asked on", "date", "The day on which you were asked", required=True),
    _more("Requests", "Asked by", "text", "Who asked", personal=True),
    _more("Requests", "What", "text", "What was asked for", required=True, personal=True),
    _more("Requests", "Answer", "choice", "What you answered", required=True),
    _more("Requests", "Answered on", "date", "When you decided"),
    _more("Requests", "Told on", "date", "When you told them"),
)
MONTHS: Final = (
    _more("Monthly answers", "Month", "date, its first day", "The month", required=True),
    _more("Monthly answers", "Residency", "code", "The residency", required=True),
    _more("Monthly answers", "Answers", "text", "Your answers to the three questions", personal=True),
)
TABLES: Final = {
    "Log": LOG,
    "Diary": DIARY,
    "People": PEOPLE,
    "Requests": REQUESTS,
    "Monthly answers": MONTHS,
}


def head_of(table: str) -> list[str]:
    return [variable.heading for variable in TABLES[table]]


def rows() -> list[list[str]]:
    """One line for each column of each table."""
    return [variable.as_row() for table in TABLES.values() for variable in table]
