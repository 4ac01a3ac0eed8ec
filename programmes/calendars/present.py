"""What the pages of calendars say: how far a file is, and what was left out of it."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Final

from embedded.drafts import Fields
from embedded.jobs.models import OPEN_STATES, JobState
from embedded.nhsuk.words import counted, day
from programmes.calendars.choosing import Draft, Place
from programmes.calendars.forms import LENGTHS, TicksForm
from programmes.models import ActivityKind, LateReason, LogFile

WAITING, FAILED, UNREAD, READ = "waiting failed unread read".split()
WHY: Final = {
    "private": "private",
    "cancelled": "cancelled",
    "declined": "that you declined",
    "free": "whole days marked as free",
    "away": "marked as out of office",
    "unreadable": "that could not be understood",
}


def state_of(file: LogFile) -> str:
    """Where it stands between being uploaded and being read."""
    if file.job and file.job.state in OPEN_STATES:
        return WAITING
    if file.job and file.job.state == JobState.FAILED:
        return FAILED
    return UNREAD if file.problem else READ


def found_in(file: LogFile) -> list[str]:
    """What came of a calendar, a sentence each."""
    counts = file.counts
    new, known, answered = (int(counts.get(name, 0)) for name in ("new", "known", "answered"))
    lines = [f"{counted(new, 'new meeting').capitalize()} to tick."]
    if known:
        lines.append(
            f"{counted(known, 'meeting').capitalize()} waited already, and now stands as in this calendar."
        )
    if answered:
        lines.append(f"{counted(answered, 'meeting').capitalize()} you have answered before.")
    left = counts.get("left_out", {})
    said = [f"{number:,} {WHY[why]}" for why, number in left.items() if number and why in WHY]
    if said:
        lines.append(f"Left out: {', '.join(said)}.")
    return lines


def by_day(drafts: list[Draft]) -> list[tuple[str, list[Draft]]]:
    """Drafts under the words of their day, in the order in which they come."""
    return [
        (f"{on:%A} {day(on)}", list(those)) for on, those in groupby(drafts, key=lambda one: one.planned.on)
    ]


def told_of_ticks(drafts: list[Draft], typed: Fields) -> list[tuple[str, str]]:
    """(meeting, what was done with it) for each that was ticked or whose length was put right."""
    ticked, found = set(typed.get("tick", ())), []
    for one in drafts:
        pk = str(one.planned.pk)
        long = first(typed, f"long_{pk}") if f"long_{pk}" in typed else one.how_long
        if pk in ticked or long != one.how_long:
            told = ["Ticked" if pk in ticked else "Not ticked", *([long] if long else [])]
            found.append((f"{one.title}, {day(one.planned.on)}", ", ".join(told)))
    return found


def told_beside_ticks(places: Mapping[str, Place], typed: Fields) -> list[tuple[str, str]]:
    """(question, answer) for what is asked once for all that are ticked."""
    words = {
        "kind": dict(ActivityKind.choices),
        "place": {key: str(place) for key, place in places.items()},
        "whole_day": {key: said.capitalize() for key, said in LENGTHS.items()},
        "late_reason": dict(LateReason.choices),
    }
    fields = TicksForm.base_fields
    answers = {name: known.get(first(typed, name)) for name, known in words.items()}
    return [(str(fields[name].label), str(answer)) for name, answer in answers.items() if answer]


def first(typed: Fields, name: str) -> str:
    return "".join(typed.get(name, ())[:1]).strip()
