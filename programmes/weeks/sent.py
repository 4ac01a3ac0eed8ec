"""Reads a week grid that was sent: what is new, changed and taken out, what is wrong, what another window changed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from embedded.nhsuk.forms import CONTROL
from programmes.entries.days import FULL, LATE_AFTER, MOST_A_DAY, check_length
from programmes.entries.durations import NotADuration, minutes_of
from programmes.models import Activity
from programmes.weeks.boxes import Box, Place, Row
from programmes.weeks.week_reading import Kept

CLOSED: Final = "You cannot log here any more"


@dataclass(frozen=True)
class NewEntry:
    row: Row
    date: datetime.date
    minutes: int


@dataclass(frozen=True)
class Change:
    """An entry with other minutes, and the version that the box was made from."""

    entry: Activity
    version: int
    minutes: int


@dataclass
class Sent:
    """`texts` is what was typed, by where. `problems` and `elsewhere` (what another window changed, whose boxes show
    both) keep it from being saved."""

    rows: list[Row] = field(default_factory=list)
    texts: dict[Place, str] = field(default_factory=dict)
    problems: dict[Place, str] = field(default_factory=dict)
    elsewhere: set[Place] = field(default_factory=set)
    new: list[NewEntry] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    removed: list[Activity] = field(default_factory=list)

    @property
    def fits(self) -> bool:
        return not self.problems and not self.elsewhere

    @property
    def empty(self) -> bool:
        return not (self.new or self.changed or self.removed)

    def asks_late_reason(self, today: datetime.date) -> bool:
        """V-60: more than 31 days late, with no reason given yet."""
        dates = [one.date for one in self.new]
        dates += [one.entry.date for one in self.changed if not one.entry.late_reason]
        return any(date < today - LATE_AFTER for date in dates)


def read(posted: Mapping[str, str], kept: Kept) -> Sent:
    """Everything that was typed into boxes, beside what is kept now."""
    sent = Sent()
    for name, text in posted.items():
        if (box := Box.named(name)) is not None:
            _read_box(box, CONTROL.sub("", text), kept, sent)
    sent.rows = list(dict.fromkeys(sent.rows))
    _check_days(kept, sent)
    return sent


def _read_box(box: Box, text: str, kept: Kept, sent: Sent) -> None:
    place = box.place
    sent.rows.append(place.row)
    try:
        minutes = minutes_of(text) if text.strip() else 0
    except NotADuration as wrong:
        sent.texts[place], sent.problems[place] = text, str(wrong)
        return
    there = kept.by_place.get(place, [])
    if minutes in (box.minutes, sum(entry.minutes for entry in there)):  # not touched, or there already
        if text and not there:
            sent.texts[place] = text  # a nought is nothing to save, and is not lost
        return
    sent.texts[place] = text
    if problem := _wrong(place, minutes, text, kept):
        sent.problems[place] = problem
        return
    if box.pk and len(there) == 1 and (there[0].pk, there[0].version) == (box.pk, box.version):
        _change(there[0], minutes, sent)
    elif box.pk or there:
        sent.elsewhere.add(place)
    else:
        sent.new.append(NewEntry(place.row, kept.week.days[place.day], minutes))


def _change(entry: Activity, minutes: int, sent: Sent) -> None:
    if minutes:
        sent.changed.append(Change(entry, entry.version, minutes))
    else:
        sent.removed.append(entry)


def _wrong(place: Place, minutes: int, text: str, kept: Kept) -> str:
    residency = kept.places.residencies.get(place.row.residency)
    if residency is None or not (kept.by_place.get(place) or kept.places.allow(place.row)):
        return CLOSED
    return check_length(minutes, half_days_only=residency.programme.half_days_only) if text.strip() else ""


def _check_days(kept: Kept, sent: Sent) -> None:
    """V-60: what one day holds over all residencies, with everything that was typed."""
    days = dict.fromkeys(kept.week.days, 0)
    for entry in kept.entries:
        days[entry.date] += entry.minutes
    for one in sent.changed:
        days[one.entry.date] += one.minutes - one.entry.minutes
    for entry in sent.removed:
        days[entry.date] -= entry.minutes
    for new in sent.new:
        days[new.date] += new.minutes
    for place in [kept.place(one.entry) for one in sent.changed if one.minutes > one.entry.minutes] + [
        Place(new.row, new.date.weekday()) for new in sent.new
    ]:
        if days[kept.week.days[place.day]] > MOST_A_DAY:
            sent.problems[place] = FULL
