"""What was recorded since a moment, in plain words."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.utils import timezone

from programmes.measures.figure import start_high
from programmes.measures.happenings import Change
from programmes.measures.period import Period, day_span, day_words
from programmes.measures.reach import Question
from programmes.models import UseOutcome

_SQL: Final = Path(__file__).with_name("changes.sql").read_text(encoding="utf-8")
_REPORTS: Final = """
SELECT id, start, "end", made_at FROM programmes_report
WHERE programme_id = %(programme)s AND made_at > %(since)s AND (%(asker)s::bigint IS NULL OR asked_by_id = %(asker)s)
ORDER BY made_at, id
"""
_STEP_WORDS: Final = {
    "idea": "returned",
    "scoping": "sent for approval",
    "approved": "approved",
    "recruiting": "recruiting began",
    "onboarding": "a person was named",
    "active": "started",
    "paused": "paused",
    "closing": "began to end",
    "ended": "ended",
    "legacy": "looking back began",
    "declined": "declined",
    "withdrawn": "withdrawn",
    "terminated_early": "stopped early",
}
_PAGES: Final = {"use": "use", "confirmed": "use", "project": "project"}


@dataclass(frozen=True)
class Changes:
    """The latest of them, and how many there are in all."""

    latest: list[Change]
    total: int


def changes(slug: str, since: datetime.datetime, *, most: int | None = None) -> Question[Changes]:
    """What was recorded of the residencies of one programme that may be opened, the latest first, `most` at most.
    Where a record keeps only its day, that whole day counts."""
    asked = {
        "since": since,
        "day": timezone.localtime(since).date(),
        "zone": timezone.get_current_timezone_name(),
        "most": most,
    }

    def read(rows: list[list[Any]]) -> Changes:
        return Changes([_change(slug, *row[:-1]) for row in rows], rows[0][-1] if rows else 0)

    return Question(_SQL, asked, read)


def reports_made(
    programme: int, slug: str, since: datetime.datetime, asker: int | None = None
) -> Question[list[Change]]:
    """Reports of a programme that were made since; only those that `asker` asked for, unless it is None."""
    asked = {"programme": programme, "since": since, "asker": asker}
    return Question(_REPORTS, asked, lambda rows: [_report_made(slug, *row) for row in rows])


def with_reports(found: Changes, reports: Iterable[Change], most: int | None = None) -> Changes:
    """The two together, the latest first."""
    made = list(reports)
    latest = sorted([*found.latest, *made], key=lambda change: (change.on, change.code), reverse=True)
    return Changes(latest[:most], found.total + len(made))


def _change(
    slug: str,
    part: str,
    on: str,
    code: str,
    title: str,
    adopted_on: str | None,
    about: int | None,
    told: list[str],
) -> Change:
    words = _steps(told, on == adopted_on) if part == "steps" else _words(part, told)
    args = (slug, code, *([about] if about else []))
    return Change(datetime.date.fromisoformat(on), words, code, title, _PAGES.get(part, "residency"), args)


def _words(part: str, told: list[Any]) -> str:
    match part:
        case "use":
            used = "Used in a decision" if told[0] == UseOutcome.USED else "Considered and not used"
            return f"{used}: {told[1]}"
        case "confirmed":
            return f"The host confirmed a use: {told[0]}"
        case "project":
            return f"New project: {told[0]}"
        case "post":
            return f"{told[0]} accepted the post"
        case "end":
            return f"The end was moved to {day_words(datetime.date.fromisoformat(told[0]))}"
        case _:
            return f"A condition was met: {told[0]}"


def _steps(told: list[str], is_adoption: bool) -> str:
    """The steps of one day and residency in the order they were taken, each once; bringing in what is running already
    is one step, whatever rows were written for it."""
    if is_adoption:
        return "Brought in while it was running"
    return start_high(", ".join(dict.fromkeys(_step(*step.split(">")) for step in told)))


def _step(before: str, after: str, conditions: str) -> str:
    if not before:
        return "saved as an idea"
    if (before, after) == ("paused", "active"):
        return "went on after a pause"
    return f"{_STEP_WORDS[after]} {conditions}".strip()


def _report_made(slug: str, pk: int, start: str, end: str, made_at: str) -> Change:
    span = day_span(Period(datetime.date.fromisoformat(start), datetime.date.fromisoformat(end)))
    made = timezone.localtime(datetime.datetime.fromisoformat(made_at)).date()
    return Change(made, f"A report is ready: {span}", "", "", "report", (slug, pk))
