"""What the pages of a file say: how far it is, each problem in words, each row that is ready."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final

from embedded.jobs.models import OPEN_STATES, Job, JobState
from embedded.nhsuk.words import day
from programmes.intake.reading import Counted
from programmes.models import Organisation, ResidencyFile, ResidencyFileRow, RowState

TITLE_SHOWN: Final = 80
UNREAD, WAITING, FAILED, CHECKED = "unread", "waiting", "failed", "checked"


@dataclass(frozen=True)
class Tab:
    """One of the lists of a file's rows, with how many it has."""

    name: str
    words: str
    states: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Line:
    """A row on the page: `sentences` say what to put right, or which residency it is."""

    number: int
    title: str
    host: str
    stage: str
    dates: str
    person: str
    sentences: tuple[str, ...]
    url: str
    code: str


def state_of(file: ResidencyFile) -> str:
    """Whether the file is being worked on, could not be read, or stands checked."""
    for job in (file.importing, file.job):
        if job and job.state in OPEN_STATES:
            return WAITING
        if job and job.state == JobState.FAILED:
            return FAILED
    return UNREAD if file.problem else CHECKED


def words_of_file(file: ResidencyFile) -> tuple[str, str]:
    """The state of a file in a list, and the colour of its tag."""
    return {
        WAITING: ("Being worked on", "blue"),
        FAILED: ("Interrupted", "red"),
        UNREAD: ("Could not be read", "red"),
        CHECKED: ("Checked", "green"),
    }[state_of(file)]


def progress_words(file: ResidencyFile, counts: Counted) -> str:
    job = file.importing or file.job
    if file.importing:
        settled = counts.all - counts.waiting
        return f"{settled:,} of {counts.all:,} rows are done."
    if job is None or job.state == JobState.WAITING:
        return "It is waiting its turn."
    return f"{job.step or 'It has just begun'}{_how_far(job)}."


def _how_far(job: Job) -> str:
    return f": {job.done_units:,} of {job.of_units:,}" if job.of_units else ""


def problem_sentences(row: ResidencyFileRow) -> tuple[str, ...]:
    """Each wrong cell: its column, what was found there, and what to write."""
    return tuple(_sentence(problem) for problem in row.problems)


def problem_words(row: ResidencyFileRow) -> str:
    """The same in one cell of a file."""
    return " ".join(problem_sentences(row))


def _sentence(problem: dict[str, Any]) -> str:
    fix = f"{problem['fix']}.".replace("..", ".")
    if not problem["heading"]:
        return fix
    where = f"Column {problem['column']}, {problem['heading']}" if problem["column"] else problem["heading"]
    found = f"“{problem['found']}”" if problem["found"] else "nothing is written"
    return f"{where}: {found}. {fix}"


def tabs(counts: Counted) -> list[Tab]:
    """The lists that have something in them."""
    every = [
        Tab("bad", "To be put right", (RowState.BAD,), counts.bad),
        Tab("ready", "Ready to bring in", (RowState.GOOD, RowState.SAME), counts.waiting),
        Tab("here", "Here already", (RowState.HERE,), counts.here),
        Tab("made", "Brought in", (RowState.MADE,), counts.made),
    ]
    return [tab for tab in every if tab.count]


def chosen_tab(found: list[Tab], wanted: str, *, is_over: bool) -> Tab | None:
    """The list asked for; else what came in, once that is done; else the first."""
    wanted = wanted or ("made" if is_over else "")
    return next((tab for tab in found if tab.name == wanted), next(iter(found), None))


def lines(rows: list[ResidencyFileRow], file: ResidencyFile, columns: dict[str, int]) -> list[Line]:
    """The rows of one page, with the names of their hosts asked for at once."""
    hosts = Organisation.objects.in_bulk({row.values.get("host") for row in rows} - {None})
    return [_line(row, file, hosts, columns) for row in rows]


def _line(
    row: ResidencyFileRow, file: ResidencyFile, hosts: dict[int, Organisation], columns: dict[str, int]
) -> Line:
    values = row.values
    at = columns.get("title", -1)
    found = row.cells[at] if 0 <= at < len(row.cells) else ""
    title = values.get("title") or found or "No title"
    host = hosts.get(values.get("host"))
    return Line(
        number=row.number,
        title=title if len(title) <= TITLE_SHOWN else f"{title[:TITLE_SHOWN]}…",
        host=host.display_name if host else "",
        stage=values.get("stage") or "",
        dates=_dates(values),
        person=values.get("researcher_name") or "",
        sentences=_sentences(row),
        url=_url(row, file),
        code=row.residency.code if row.residency else "",
    )


def _sentences(row: ResidencyFileRow) -> tuple[str, ...]:
    if row.state == RowState.SAME:
        return (f"The same as row {row.values.get('same_as')}: it will not come in twice.",)
    return problem_sentences(row)


def _dates(values: dict[str, Any]) -> str:
    start, end, again = (_shown(values.get(name)) for name in ("start", "end", "look_again_on"))
    span = " to ".join(filter(None, [start, end]))
    if end or not again:
        return span
    return f"From {start}. No end agreed, to be looked at again on {again}"


def _shown(text: str | None) -> str:
    return day(datetime.date.fromisoformat(text)) if text else ""


def _url(row: ResidencyFileRow, file: ResidencyFile) -> str:
    if row.residency is None:
        return ""
    row.residency.programme = file.programme
    return row.residency.get_absolute_url()
