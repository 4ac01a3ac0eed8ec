"""What each column of an export means: the data dictionary, in the order in which the columns stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from embedded.tables.xlsx import Kind
from programmes.models import (
    ActivityKind,
    EarlySign,
    LateReason,
    OutputKind,
    PartnerKind,
    PeerSetKind,
    Place,
    PlannedOrigin,
    PortfolioModule,
    PulseAnswer,
    Readers,
    RequestAnswer,
    Side,
)

HEAD: Final = ["Table", "Column", "Type", "What it says", "Choices", "Always filled", "Personal"]


@dataclass(frozen=True)
class Variable:
    """`choices` are the words that can stand in it; `personal`: about a person, or somebody's own words; `typed`: what
    somebody typed, and no word of ours."""

    table: str
    heading: str
    kind: str
    label: str
    choices: tuple[str, ...] = ()
    required: bool = False
    personal: bool = False
    typed: bool = False

    def as_row(self) -> list[str]:
        filled, personal = ("Yes" if said else "No" for said in (self.required, self.personal))
        return [self.table, self.heading, self.kind, self.label, "; ".join(self.choices), filled, personal]


def _words(choices: type) -> tuple[str, ...]:
    return tuple(str(one.label) for one in choices)  # type: ignore[attr-defined]


def _of(
    table: str, heading: str, kind: str, label: str, choices: type | None = None, **more: Any
) -> Variable:
    return Variable(table, heading, kind, label, _words(choices) if choices else (), **more)


_log = partial(_of, "Log")
_diary = partial(_of, "Diary")
_shared = partial(_of, "Shared")
_people = partial(_of, "People")
_requests = partial(_of, "Requests")
_months = partial(_of, "Monthly answers")
_portfolio = partial(_of, "Portfolio")
_waiting = partial(_of, "Waiting")
_away = partial(_of, "Away")
_first = partial(_of, "First days")
_comments = partial(_of, "Comments")
_supervision = partial(_of, "Supervision")
_sets = partial(_of, "Peer sets")
_meetings = partial(_of, "Peer meetings")
A_PASSAGE, AN_ENTRY, A_MONTH = ABOUT = ("Shared words", "An entry", "A month")

LOG: Final = (
    _log("Date", "date, 2026-05-03", "The day", required=True),
    _log("Minutes", "whole number, 1 to 960", "How long it took", required=True),
    _log("Kind", "choice", "The kind of work", ActivityKind, required=True),
    _log("What", "text", "What you did", personal=True, typed=True),
    _log("Residency", "programme/code", "The residency it was for", required=True),
    _log("Host", "text", "The host it was for, where there are several", typed=True),
    _log("Place", "choice", "Where you were", Place),
    _log("Project", "text", "The project", typed=True),
    _log("Asked by", "text", "Who asked for it", personal=True, typed=True),
    _log("With", "text, names parted by semicolons", "Who was with you", personal=True, typed=True),
    _log("Output", "choice", "What came of it", OutputKind),
    _log("Early sign", "choice", "An early sign of change", EarlySign),
    _log("Who reads it", "choice", "Who can read what you did", Readers, required=True),
    _log(
        "Named readers",
        "text, names parted by semicolons",
        "Who they are, where you named them",
        personal=True,
        typed=True,
    ),
    _log("Late because", "choice", "Why it was entered more than 31 days late", LateReason),
)
DIARY: Final = (
    _diary("Date", "date", "The day", required=True),
    _diary("Text", "text", "What you wrote", required=True, personal=True, typed=True),
)
SHARED: Final = (
    _shared("Shared on", "date", "The day on which you shared it", required=True),
    _shared("Residency", "programme/code", "The residency in which it is read", required=True),
    _shared("Text", "text", "What you shared", required=True, personal=True, typed=True),
    _shared("Who reads it", "choice", "Who can read it", Readers, required=True),
    _shared(
        "Named readers",
        "text, names parted by semicolons",
        "Who they are, where you named them",
        personal=True,
        typed=True,
    ),
    _shared("Taken back on", "date", "The day on which you took it back"),
)
PEOPLE: Final = (
    _people("Name", "text", "Somebody in your own list", required=True, personal=True, typed=True),
    _people("Kind", "choice", "What they are to the work", PartnerKind),
    _people("Organisation", "text", "Where they are from", typed=True),
)
REQUESTS: Final = (
    _requests("Asked on", "date", "The day on which you were asked", required=True),
    _requests("Residency", "programme/code", "The residency in which you were asked", required=True),
    _requests("Asked by", "text", "Who asked", personal=True, typed=True),
    _requests("What", "text", "What was asked for", required=True, personal=True, typed=True),
    _requests("Answer", "choice", "What you answered", RequestAnswer, required=True),
    _requests("Answered on", "date", "When you decided"),
    _requests("Told on", "date", "When you told them"),
)
MONTHS: Final = (
    _months("Month", "date, its first day", "The month", required=True),
    _months("Residency", "programme/code", "The residency", required=True),
    _months("Getting in", "choice", "Your answer", PulseAnswer, personal=True),
    _months("A clear line of work", "choice", "Your answer", PulseAnswer, personal=True),
    _months("Staying an academic", "choice", "Your answer", PulseAnswer, personal=True),
    _months("Shared on", "date", "The day on which you shared the answers"),
)
FIRST_DAYS: Final = (
    _first("Residency", "programme/code", "The residency", required=True),
    _first("Week", "whole number, 1 to 15", "By the end of which week", required=True),
    _first("Line", "code", "Which line of the list it is, where you did not write it"),
    _first("Own words", "text", "What you wrote", personal=True, typed=True),
    _first("Done on", "date", "The day on which you ticked it"),
)
PORTFOLIO: Final = (
    _portfolio("Module", "choice", "The module", PortfolioModule, required=True),
    _portfolio("Own words", "text", "What you wrote", personal=True, typed=True),
    _portfolio("Stands for", "text", "What of your record it is about", typed=True),
)
WAITING: Final = (
    _waiting("Date", "date", "The day", required=True),
    _waiting("Minutes", "whole number, 1 to 960", "How long it may take"),
    _waiting("Kind", "choice", "The kind of work", ActivityKind),
    _waiting("What", "text", "What it is", personal=True, typed=True),
    _waiting("Residency", "programme/code", "The residency it is for"),
    _waiting("Where from", "choice", "How it came here", PlannedOrigin, required=True),
)
AWAY: Final = (
    _away("First day", "date", "The first day away", required=True),
    _away("Last day", "date", "The last day away", required=True),
    _away("From noon", "yes or no", "Only the afternoon of the first day", required=True),
    _away("Until noon", "yes or no", "Only the morning of the last day", required=True),
)
COMMENTS: Final = (
    _comments("Date", "date", "The day on which it was said", required=True),
    _comments("Residency", "programme/code", "The residency", required=True),
    _comments("By", "text", "Who said it", required=True, personal=True, typed=True),
    Variable("Comments", "About", "choice", "What it is about", ABOUT, required=True),
    _comments("Day", "date", "The day of what it is about: of a month its first, of what is not yours none"),
    _comments("Comment", "text", "What was said", required=True, personal=True, typed=True),
)
SUPERVISION: Final = (
    _supervision("Date", "date", "The day of the meeting", required=True),
    _supervision("Residency", "programme/code", "The residency", required=True),
    _supervision("Researcher", "text", "Whose supervision it was", required=True, personal=True, typed=True),
    _supervision("Side", "choice", "From which side", Side, required=True),
    _supervision("With", "text", "The supervisor", required=True, personal=True, typed=True),
    _supervision("Recorded by", "text", "Who wrote it down", required=True, personal=True, typed=True),
    _supervision("Agreed", "text", "What was agreed", personal=True, typed=True),
    _supervision("Next on", "date", "The next meeting"),
)
PEER_SETS: Final = (
    _sets("Set", "text", "The set you belong to", required=True, typed=True),
    _sets("Kind", "choice", "Which kind of set", PeerSetKind, required=True),
    _sets("Programme", "text", "The short name of its programme", required=True),
    _sets("Since", "date", "From which day on you belong to it", required=True),
    _sets("Until", "date", "The first day on which you no longer do"),
)
PEER_MEETINGS: Final = (
    _meetings("Date", "date", "The day of the meeting", required=True),
    _meetings("Set", "text", "The set that met", required=True, typed=True),
    _meetings("Learning", "text", "The learning that the set let out", personal=True, typed=True),
)
TABLES: Final = {
    "Log": LOG,
    "Diary": DIARY,
    "Shared": SHARED,
    "People": PEOPLE,
    "Requests": REQUESTS,
    "Monthly answers": MONTHS,
    "First days": FIRST_DAYS,
    "Portfolio": PORTFOLIO,
    "Waiting": WAITING,
    "Away": AWAY,
    "Comments": COMMENTS,
    "Supervision": SUPERVISION,
    "Peer sets": PEER_SETS,
    "Peer meetings": PEER_MEETINGS,
}


def head_of(table: str) -> list[str]:
    return [variable.heading for variable in TABLES[table]]


def typed_in(table: str) -> list[int]:
    """At which places of a row stands what somebody typed."""
    return [at for at, variable in enumerate(TABLES[table]) if variable.typed]


def kinds_in(table: str) -> dict[int, Kind]:
    """At which places of a row stand days, whole numbers and longer texts, for a workbook."""
    found = ((at, _kind_of(variable)) for at, variable in enumerate(TABLES[table]))
    return {at: kind for at, kind in found if kind is not None}


def _kind_of(variable: Variable) -> Kind | None:
    if variable.kind.startswith("date"):
        return "day"
    if variable.kind.startswith("whole number"):
        return "number"
    return "words" if variable.kind == "text" and variable.personal else None


def rows() -> list[list[str]]:
    """One line for each column of each table."""
    return [variable.as_row() for table in TABLES.values() for variable in table]
