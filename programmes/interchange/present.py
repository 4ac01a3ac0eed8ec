"""What the pages of a file say: how far it is, each problem in words, each row as it was understood."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from embedded.jobs.models import OPEN_STATES, JobState
from embedded.nhsuk.words import counted, day
from embedded.tables.reading.headings import letter
from programmes.interchange.columns import BY_NAME, WHY
from programmes.interchange.reading import Head, Row
from programmes.models import LogFile, RowState

WAITING, FAILED, UNREAD, ASKING, CHECKED, COMING, IN, UNDONE = (
    "waiting failed unread asking checked coming in undone".split()
)
WORDS: Final = {
    WAITING: ("Being worked on", "blue"),
    COMING: ("Coming in", "blue"),
    FAILED: ("Interrupted", "red"),
    UNREAD: ("Could not be read", "red"),
    ASKING: ("Say what its columns mean", "yellow"),
    CHECKED: ("Ready to bring in", "yellow"),
    IN: ("Brought in", "green"),
    UNDONE: ("Undone", "grey"),
}
SHOWN: Final = 60  # signs of what was found that a message repeats
NOTHING: Final = "nothing is written"
TABS: Final = (
    ("bad", "To be put right", RowState.BAD),
    ("good", "Ready to bring in", RowState.GOOD),
    ("same", "The same as an earlier row", RowState.SAME),
    ("here", "In your log already", RowState.HERE),
    ("made", "Brought in", RowState.MADE),
)


@dataclass(frozen=True)
class Tab:
    name: str
    words: str
    state: str
    count: int


@dataclass(frozen=True)
class Line:
    """A row on the page."""

    number: int
    day: str
    minutes: int | None
    kind: str
    text: str
    about: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """A cause for which rows do not come in; `cells` are what was found, and in which rows."""

    name: str
    where: str
    fix: str
    rows: int
    cells: list[tuple[str, str]]


def state_of(file: LogFile) -> str:
    """Where the file stands between being uploaded and being undone."""
    for job, open_state in ((file.importing, COMING), (file.job, WAITING)):
        if job and job.state in OPEN_STATES:
            return open_state
        if job and job.state == JobState.FAILED:
            return FAILED
    if file.problem:
        return UNREAD
    if file.undone_at:
        return UNDONE
    if file.brought_in_at:
        return IN
    return CHECKED if file.checked_at else ASKING


def tabs(file: LogFile) -> list[Tab]:
    """The lists that have something in them."""
    every = [Tab(name, words, state, file.counts.get(state, 0)) for name, words, state in TABS]
    return [tab for tab in every if tab.count]


def progress_words(file: LogFile) -> str:
    job = file.importing or file.job
    if job is None or job.state == JobState.WAITING:
        return "It is waiting its turn."
    done = f": {counted(job.done_units, 'row', 'rows')}" if job.done_units else ""
    return f"{job.step or 'It has just begun'}{done}."


def line(row: Row, head: Head, at: dict[str, int]) -> Line:
    there = row.row
    about = [there.residency.code if there.residency else "", there.project.title if there.project else ""]
    return Line(
        number=there.number,
        day=day(there.date) if there.date else "",
        minutes=there.minutes,
        kind=there.get_kind_display() if there.kind else "",
        text=row.text,
        about=", ".join(filter(None, about)),
        sentences=sentences(row, head, at),
    )


def sentences(row: Row, head: Head, at: dict[str, int]) -> tuple[str, ...]:
    """Each wrong cell: its column, what was found there, and what to write."""
    if row.same_as is not None:
        return (f"The same as row {row.same_as}: it will not come in twice.",)
    return tuple(_sentence(row, head, at.get(name), BY_NAME[name].heading, fix) for name, fix in row.problems)


def _sentence(row: Row, head: Head, at: int | None, heading: str, fix: str) -> str:
    if at is None:
        return f"{heading}: {NOTHING}. {fix}."
    return f"{_where(head, at, heading)}: {_found(row, at)}. {fix}."


def _where(head: Head, at: int | None, heading: str) -> str:
    if at is None:
        return heading
    return f"Column {letter(at)}, {head.head[at] if at < len(head.head) else heading}"


def _found(row: Row, at: int | None) -> str:
    text = row.cells[at] if at is not None and at < len(row.cells) else ""
    return f"“{text if len(text) <= SHOWN else text[:SHOWN] + '…'}”" if text else NOTHING


def left_out(head: Head, taken: Collection[int]) -> list[str]:
    """The headings of the columns from which nothing is taken."""
    return [text for at, text in enumerate(head.head) if text and at not in taken and text != WHY]


def faults(rows: Iterable[Row], head: Head, at: dict[str, int]) -> list[Fault]:
    """What is wrong in these rows, the most frequent first: each column and cause once, with what was found."""
    found: dict[tuple[str, str], dict[str, list[int]]] = {}
    for row in rows:
        for name, fix in row.problems:
            cells = found.setdefault((name, fix), {})
            cells.setdefault(_found(row, at.get(name)), []).append(row.row.number)
    every = [
        Fault(
            name=name,
            where=_where(head, at.get(name), BY_NAME[name].heading),
            fix=fix,
            rows=sum(map(len, cells.values())),
            cells=[(text, _rows_words(numbers)) for text, numbers in cells.items()],
        )
        for (name, fix), cells in found.items()
    ]
    return sorted(every, key=lambda fault: -fault.rows)


def _rows_words(numbers: list[int]) -> str:
    """Row 2, or rows 2, 5 and 7."""
    *some, last = map(str, numbers)
    return f"rows {', '.join(some)} and {last}" if some else f"row {last}"
