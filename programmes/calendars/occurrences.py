"""When an event takes place: recurrences in the wall time of their own zone, with what was added, left out and moved.
Knows no Django."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from dateutil.rrule import rrulestr
from icalendar.prop import vRecur

from embedded.tables.reading.bounds import CannotRead
from programmes.calendars.zones import LONDON

DAY: Final = datetime.timedelta(days=1)
MIDNIGHT: Final = datetime.time()
TOO_OFTEN: Final = ("SECONDLY", "MINUTELY", "HOURLY")
MOST_STEPS: Final = 300_000
TOO_MANY: Final = (
    "This calendar holds more than can be read at once. Export a shorter span of days, and upload that."
)


class Unreadable(ValueError):
    """One event that cannot be understood; the others can."""


@dataclass
class Budget:
    """What one file may ask for, so that a rule without end ends."""

    steps: int = MOST_STEPS

    def spend(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise CannotRead(TOO_MANY)


@dataclass(frozen=True)
class Window:
    """Wall times from `start` up to and not including `end`."""

    start: datetime.datetime
    end: datetime.datetime

    def widened(self, days: int) -> Window:
        return Window(self.start - days * DAY, self.end + days * DAY)

    def holds(self, on: datetime.date) -> bool:
        return self.start.date() <= on < self.end.date()


@dataclass
class Event:
    """One component: `start` in wall time, `zone` none for times that float and for days. `recurs_as` is which
    occurrence of a series it stands for, in the same wall time, and `and_after` whether for all later ones too."""

    uid: str
    start: datetime.datetime
    zone: datetime.tzinfo | None
    is_day: bool
    length: datetime.timedelta
    title: str = ""
    rule: vRecur | None = None
    added: list[tuple[datetime.datetime, datetime.timedelta | None]] = field(default_factory=list)
    left_out: set[datetime.datetime] = field(default_factory=set)
    left_out_days: set[datetime.date] = field(default_factory=set)
    recurs_as: datetime.datetime | None = None
    and_after: bool = False
    sequence: int = 0
    why_left_out: str = ""


@dataclass(frozen=True)
class Occurrence:
    """`key` names it for ever: the event, and which of its occurrences it was before anybody moved it."""

    key: str
    event: Event
    start: datetime.datetime
    length: datetime.timedelta


def occurrences(series: list[Event], window: Window, budget: Budget) -> Iterator[Occurrence]:
    """Of all components with one UID, those that may touch the window; what was moved into it is there, what was moved
    out of it is not."""
    masters = [event for event in series if event.recurs_as is None]
    master = max(masters, key=lambda event: event.sequence, default=None)
    moved = _latest(series, master)
    if master is not None:
        yield from _of_master(master, moved, window, budget)
    for at, event in moved.items():
        yield Occurrence(f"{event.uid}|{at.isoformat()}", event, event.start, event.length)


def _latest(series: list[Event], master: Event | None) -> dict[datetime.datetime, Event]:
    """What replaces one occurrence, by the wall time at which the series would have it; the last one written holds."""
    found: dict[datetime.datetime, Event] = {}
    for event in sorted(series, key=lambda one: one.sequence):
        if event.recurs_as is not None:
            found[wall(event.recurs_as, (master or event).zone)] = event
    return found


def wall(at: datetime.datetime, zone: datetime.tzinfo | None) -> datetime.datetime:
    """A moment as the clocks of a zone show it, London's for none; what has no zone is such a time already."""
    return at if at.tzinfo is None else at.astimezone(zone or LONDON).replace(tzinfo=None)


def day_of(at: datetime.datetime) -> datetime.date:
    """Which day a whole-day event means by a moment: the one that begins in London then, which in summer universal time
    writes as 23:00 of the day before; otherwise the day as it is written."""
    local = wall(at, LONDON)
    return local.date() if local.time() == MIDNIGHT else at.date()


def _of_master(
    master: Event, moved: dict[datetime.datetime, Event], window: Window, budget: Budget
) -> Iterator[Occurrence]:
    """What the series itself says; from a "this and following" on, with its shift, length and words."""
    following = sorted((at, event) for at, event in moved.items() if event.and_after)
    is_series = master.rule is not None or bool(master.added)
    shifts = [abs(event.start - at) for at, event in following]
    wide = window.widened(2 + max((shift.days + 1 for shift in shifts), default=0))
    days = master.left_out_days | {at.date() for at in moved if at.time() == MIDNIGHT}
    for at, length in _starts(master, wide, budget):
        if at in moved or at in master.left_out or at.date() in days:
            continue
        from_, event = next((one for one in reversed(following) if one[0] <= at), (at, master))
        start = event.start + (at - from_) if event is not master else at
        lasts = (length or master.length) if event is master else event.length
        yield Occurrence(f"{master.uid}|{at.isoformat()}" if is_series else master.uid, event, start, lasts)


def _starts(
    event: Event, window: Window, budget: Budget
) -> Iterator[tuple[datetime.datetime, datetime.timedelta | None]]:
    """Wall times at which a series begins, each once; the length where one of them has its own."""
    reach = max([event.length, *(length or event.length for _, length in event.added)])
    first = window.start - reach
    seen = {event.start}
    yield event.start, None
    for at, length in event.added:
        if at not in seen:
            seen.add(at)
            yield at, length
    if event.rule is None:
        return
    for at in _by_rule(event, event.rule, first, window.end, budget):
        if at not in seen:
            seen.add(at)
            yield at, None


def _by_rule(
    event: Event, rule: vRecur, first: datetime.datetime, end: datetime.datetime, budget: Budget
) -> Iterator[datetime.datetime]:
    """The rule's own occurrences between two wall times."""
    written: dict[str, Any] = {name.upper(): value for name, value in rule.items()}
    freq = str(written.get("FREQ", [""])[0]).upper()
    step = int(written.get("INTERVAL", [1])[0])
    if freq in TOO_OFTEN or step < 1:
        raise Unreadable("It recurs within a day.")
    until = _until(written.pop("UNTIL", None), event)
    text = vRecur({name: value for name, value in rule.items() if name.upper() != "UNTIL"}).to_ical().decode()
    start = event.start if "COUNT" in written else _nearer(event.start, first, freq, step)
    try:
        every = rrulestr(text, dtstart=start)
    except (ValueError, TypeError) as problem:
        raise Unreadable("Its rule is none.") from problem
    last = min(end, until) if until else end
    for at in every:
        budget.spend()
        if at > last:
            return
        if at >= first:
            yield at


def _nearer(start: datetime.datetime, first: datetime.datetime, freq: str, step: int) -> datetime.datetime:
    """A start of the same rhythm just before the window, for rules that count days or weeks; the same one else."""
    days = {"DAILY": 1, "WEEKLY": 7}.get(freq)
    if days is None:
        return start
    stride = days * step
    return start + max(0, (first - start).days - stride) // stride * stride * DAY


def _until(said: Any, event: Event) -> datetime.datetime | None:
    """The last moment in the event's own wall time; a bare day is meant to its end."""
    last = said[0] if isinstance(said, list) and said else said
    if isinstance(last, datetime.datetime):
        if not event.is_day:
            return wall(last, event.zone)
        last = day_of(last)
    if isinstance(last, datetime.date):
        return datetime.datetime.combine(last, datetime.time.max)
    return None
