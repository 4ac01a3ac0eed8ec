"""What the pages of reports say that the records do not: states in words, sizes, lines of the history."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from embedded.jobs.models import Job, JobState
from programmes.measures.period import Period, day_span
from programmes.models import Report

STATES: Final = {
    JobState.WAITING: ("Waiting its turn", "grey"),
    JobState.RUNNING: ("Being made", "blue"),
    JobState.DONE: ("Ready", "green"),
    JobState.FAILED: ("Could not be made", "red"),
}


@dataclass(frozen=True)
class Line:
    """One report in the history; `has_failed` offers "Try again"."""

    number: int
    url: str
    about: str
    period: str
    prepared_for: str
    asked_by: str
    asked_at: datetime.datetime
    state: str
    colour: str
    has_failed: bool
    pdf_url: str = ""
    pdf_size: str = ""


def line(report: Report, pdf_url: str) -> Line:
    state = state_of(report)
    words, colour = STATES[state]
    made = report.pdf is not None
    return Line(
        number=report.pk,
        url=report.get_absolute_url(),
        about=f"Theme: {report.theme.name}" if report.theme else "Whole programme",
        period=day_span(Period(report.start, report.end)),
        prepared_for=report.prepared_for,
        asked_by=report.asked_by.display_name,
        asked_at=report.asked_at,
        state=words,
        colour=colour,
        has_failed=state == JobState.FAILED,
        pdf_url=pdf_url if made else "",
        pdf_size=size_words(report.pdf.size) if report.pdf else "",
    )


def state_of(report: Report) -> JobState:
    """A report's state is its job's."""
    if report.made_at is not None:
        return JobState.DONE
    return JobState(report.job.state) if report.job else JobState.WAITING


def is_open(report: Report) -> bool:
    """Still to come."""
    return state_of(report) in (JobState.WAITING, JobState.RUNNING)


def progress_words(job: Job | None) -> str:
    """Where the making is, in a sentence."""
    if job is None or job.state == JobState.WAITING:
        again = " The first try was interrupted; it begins again by itself." if job and job.tries else ""
        return f"It is waiting its turn.{again}"
    if not job.step:
        return "It has just begun."
    return f"Step {job.done_units} of {job.of_units}: {job.step[:1].lower()}{job.step[1:]}."


def size_words(size: int) -> str:
    """ "86 KB" or "1.2 MB", kept on one line."""
    shown = f"{max(1, round(size / 1000))} KB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"
    return shown.replace(" ", "\N{NO-BREAK SPACE}")
