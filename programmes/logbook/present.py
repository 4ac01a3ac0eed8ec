"""What the log's pages say that the records do not."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.nhsuk.words import counted, day, minutes
from embedded.vault import Sealer
from programmes.entries.days import side_of
from programmes.entries.waiting import text_planned
from programmes.logbook import reading
from programmes.models import Activity, Away, PlannedEntry, Residency

UNDO_FOR: Final = datetime.timedelta(minutes=15)


@dataclass(frozen=True)
class Saved:
    """What the page says after Save: `undo` is where a press takes it back."""

    words: str
    warning: str
    undo: str


@dataclass(frozen=True)
class Waiting:
    """What waits, with its words; `has_come` when it may be ticked."""

    planned: PlannedEntry
    text: str
    has_come: bool


def outside_dates(residency: Residency, date: datetime.date, today: datetime.date) -> str:
    """A warning, never a block (X-13), when the residency had not begun on a day, or was over."""
    match side_of(residency, date):
        case "before" if date == today:
            return "This has not started yet. You can log what you do to prepare."
        case "before":
            return f"{day(date)} is before this started. It is logged all the same."
        case "after" if date == today:
            return "This has ended. You can still log what was left to do."
        case "after":
            return f"{day(date)} is after this ended. It is logged all the same."
    return ""


def saved(residency: Residency, person: Person, pk: str, today: datetime.date) -> Saved | None:
    """Says back what was saved a moment ago, so that a remembered kind is no silent error (users.md §3). Its words are
    not in it."""
    activity = reading.just_made(residency, person, pk, timezone.now() - UNDO_FOR)
    if activity is None:
        return None
    return Saved(
        words=said(activity, today),
        warning=outside_dates(residency, activity.date, today),
        undo=_address("log_remove", residency, activity),
    )


def said(activity: Activity, today: datetime.date) -> str:
    """How long, what kind and when."""
    when = "today" if activity.date == today else day(activity.date)
    return f"Saved: {minutes(activity.minutes)}, {activity.get_kind_display().lower()}, {when}"


def goes_along(activity: Activity) -> list[str]:
    """What is taken out together with an entry, each as a sentence says it."""
    comments, lines = activity.comments.count(), activity.portfolio_lines.count()
    told = [f"{counted(comments, 'comment')} on what you wrote"] if comments else []
    return told + ["its line in your portfolio, with your own words there"] * bool(lines)


def planned(residency: Residency, one: PlannedEntry) -> Saved:
    """Says that it waits."""
    return Saved(
        words=f"Planned. It waits until {day(one.on)}, and counts once you say that it happened",
        warning="Until then only you read it.",
        undo=_address("log_waiting", residency, one),
    )


def waiting(there: list[PlannedEntry], person: Person, today: datetime.date) -> list[Waiting]:
    """What has come first, each with its words."""
    opener = Sealer(person)
    return [Waiting(one, text_planned(one, opener), one.on <= today) for one in there]


def ends_of(away: Away) -> tuple[str, str]:
    """The first and the last day away, as they are said."""
    first = f"{day(away.start)}, afternoon" if away.start_afternoon else day(away.start)
    return first, f"{day(away.end)}, morning" if away.end_noon else day(away.end)


def _address(name: str, residency: Residency, record: Activity | PlannedEntry) -> str:
    return reverse(name, args=[residency.programme.slug, residency.code, record.pk])
