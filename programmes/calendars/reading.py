"""What one calendar file holds for a log: which meetings, on which days, for how long. Knows no Django."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import icalendar

from embedded.tables.reading.bounds import CannotRead
from programmes.calendars.lines import Block, calendar_in
from programmes.calendars.occurrences import (
    DAY,
    MIDNIGHT,
    TOO_MANY,
    Budget,
    Event,
    Occurrence,
    Unreadable,
    Window,
    day_of,
    occurrences,
    wall,
)
from programmes.calendars.zones import in_london, learn, zone_name

MOST_MEETINGS: Final = 10_000
LONGEST_TITLE: Final = 200
MOST_DAYS: Final = 100  # of one event
MOST_MINUTES: Final = 960  # V-60
PRIVATE, CANCELLED, DECLINED, FREE, AWAY, UNREADABLE = (
    "private cancelled declined free away unreadable".split()
)
_DAY_WRITTEN: Final = re.compile(r"DT(?:START|END)(?:;[^:]*)?:(\d{8})(?!\d)", re.IGNORECASE)
HOUR: Final = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Meeting:
    """`minutes` none where a whole day, or no length, is written."""

    key: str
    on: datetime.date
    minutes: int | None
    title: str


@dataclass
class Found:
    meetings: list[Meeting]
    left_out: Counter[str]


def meetings_in(
    content: bytes, first: datetime.date, end: datetime.date, own: frozenset[str] = frozenset()
) -> Found:
    """The meetings from `first` up to and not including `end`, by the days of London, the earliest first; and how many
    events were left out for which reason. `own`: addresses of whose calendar it is. Raises CannotRead."""
    calendar = calendar_in(content, own, zone_name)
    learn(calendar.zones)
    window = Window(datetime.datetime.combine(first, MIDNIGHT), datetime.datetime.combine(end, MIDNIGHT))
    left_out: Counter[str] = Counter()
    series: dict[str, list[Event]] = defaultdict(list)
    for block in calendar.events:
        if _is_far(block, first - 2 * DAY, end + 2 * DAY):
            continue
        try:
            event = _event(block, calendar.is_cancelled)
        except Unreadable:
            left_out[UNREADABLE] += 1
        else:
            series[event.uid].append(event)
    found = sorted(_in_window(series, window, left_out), key=lambda one: (one[0], one[1].key))
    return Found([meeting for _, meeting in found], left_out)


def _in_window(
    series: dict[str, list[Event]], window: Window, left_out: Counter[str]
) -> Iterator[tuple[datetime.datetime, Meeting]]:
    """With the moment at which each begins, for their order."""
    budget, count = Budget(), 0
    for events in series.values():
        _share_secrets(events)
        try:
            touching = [
                (occurrence.event.why_left_out, at, meeting)
                for occurrence in occurrences(events, window.widened(1), budget)
                for at, meeting in _days(occurrence)
                if window.holds(meeting.on)
            ]
        except (Unreadable, OverflowError):
            left_out[UNREADABLE] += 1
            continue
        left_out.update({why for why, _, _ in touching if why})
        wanted = [(at, meeting) for why, at, meeting in touching if not why]
        count += len(wanted)
        if count > MOST_MEETINGS:
            raise CannotRead(TOO_MANY)
        yield from wanted


def _share_secrets(events: list[Event]) -> None:
    """What is private of a series as a whole is so of its occurrences too."""
    if any(event.why_left_out == PRIVATE and event.recurs_as is None for event in events):
        for event in events:
            event.why_left_out = PRIVATE


def _days(occurrence: Occurrence) -> Iterator[tuple[datetime.datetime, Meeting]]:
    """One meeting on the day it begins; of whole days one each."""
    event, start = occurrence.event, occurrence.start
    title = " ".join(event.title.split())[:LONGEST_TITLE]
    if not event.is_day:
        at = in_london(start, event.zone)
        minutes = round(occurrence.length / datetime.timedelta(minutes=1))
        known = minutes if 1 <= minutes <= MOST_MINUTES else None
        yield at.replace(tzinfo=None), Meeting(occurrence.key, at.date(), known, title)
        return
    for number in range(min(max(1, round(occurrence.length / DAY)), MOST_DAYS)):
        on = start + number * DAY
        key = f"{occurrence.key}|day {number + 1}" if number else occurrence.key
        yield on, Meeting(key, on.date(), None, title)


def _is_far(block: Block, first: datetime.date, end: datetime.date) -> bool:
    """Whether an event that takes place once is so plainly outside these days that nobody need read it further."""
    if block.names & {"RRULE", "RDATE", "RECURRENCE-ID", "DURATION"}:
        return False
    days = [found[1] for line in block.lines if (found := _DAY_WRITTEN.match(line))]
    return bool(days) and (max(days) < f"{first:%Y%m%d}" or min(days) > f"{end:%Y%m%d}")


def _event(block: Block, is_cancelled: bool) -> Event:
    """Reads one event by icalendar; Unreadable where it cannot be understood."""
    written = "\r\n".join(["BEGIN:VEVENT", *block.lines, "END:VEVENT", ""])
    try:
        read = icalendar.Event.from_ical(written)
        if read.errors:
            raise Unreadable("One of its lines cannot be read.")
        return _understood(read, block, is_cancelled)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError) as problem:
        raise Unreadable("It cannot be read.") from problem


def _understood(read: Any, block: Block, is_cancelled: bool) -> Event:
    begins = read["DTSTART"].dt
    start, zone, is_day = _moment(begins)
    length = _length(read, start, zone, is_day)
    if not is_day and (read.get("X-MICROSOFT-CDO-ALLDAYEVENT") == "TRUE" or _is_whole_days(start, length)):
        start, zone, is_day = datetime.datetime.combine(day_of(begins), MIDNIGHT), None, True
    event = Event(_uid(read, block), start, zone, is_day, length, str(read.get("SUMMARY", "")))
    event.rule = _first(read.get("RRULE"))
    event.added = [_added(said, zone) for said in _dates(read, "RDATE")]
    for said in _dates(read, "EXDATE"):
        if isinstance(said, datetime.datetime) and not is_day:
            event.left_out.add(wall(said, zone))
        else:
            event.left_out_days.add(day_of(said) if isinstance(said, datetime.datetime) else said)
    if "RECURRENCE-ID" in read:
        said = _first(read["RECURRENCE-ID"])
        event.recurs_as = said.dt if isinstance(said.dt, datetime.datetime) else _moment(said.dt)[0]
        event.and_after = said.params.get("RANGE", "").upper() == "THISANDFUTURE"
    event.sequence = int(read.get("SEQUENCE", 0))
    event.why_left_out = CANCELLED if is_cancelled else _why_left_out(block, is_day)
    return event


def _first(said: Any) -> Any:
    """What stands once, though it was written twice against the rules."""
    return said[0] if isinstance(said, list) else said


def _uid(read: Any, block: Block) -> str:
    """Its own name, or one made of what it says."""
    uid = str(_first(read.get("UID", ""))).strip()
    return uid or hashlib.sha256("\n".join(sorted(block.lines)).encode()).hexdigest()


def _moment(said: Any) -> tuple[datetime.datetime, datetime.tzinfo | None, bool]:
    """The wall time, its zone (none: it floats, and is London's), and whether it is a whole day."""
    if isinstance(said, datetime.datetime):
        return said.replace(tzinfo=None), said.tzinfo, False
    if isinstance(said, datetime.date):
        return datetime.datetime.combine(said, MIDNIGHT), None, True
    raise Unreadable("It has no day.")


def _length(
    read: Any, start: datetime.datetime, zone: datetime.tzinfo | None, is_day: bool
) -> datetime.timedelta:
    """As long as it lasts by a stopwatch; whole days by the calendar."""
    if "DTEND" in read:
        end, its_zone, _ = _moment(read["DTEND"].dt)
        return end - start if is_day else _between(start, zone, end, its_zone or zone)
    if "DURATION" in read:
        lasts: datetime.timedelta = read["DURATION"].dt
        return lasts
    return DAY if is_day else datetime.timedelta()


def _between(
    start: datetime.datetime,
    zone: datetime.tzinfo | None,
    end: datetime.datetime,
    other: datetime.tzinfo | None,
) -> datetime.timedelta:
    return in_london(end, other).astimezone(datetime.UTC) - in_london(start, zone).astimezone(datetime.UTC)


def _is_whole_days(start: datetime.datetime, length: datetime.timedelta) -> bool:
    """From midnight to midnight, as Exchange writes a whole day."""
    return start.time() == MIDNIGHT and length >= DAY and abs(length - round(length / DAY) * DAY) <= HOUR


def _dates(read: Any, name: str) -> Iterator[Any]:
    """All that EXDATE or RDATE lists, however many lines it took."""
    held = read.get(name, [])
    for listed in held if isinstance(held, list) else [held]:
        for one in listed.dts:
            yield one.dt


def _added(said: Any, zone: datetime.tzinfo | None) -> tuple[datetime.datetime, datetime.timedelta | None]:
    """One RDATE in the wall time of its event, with its own length where it is a period."""
    if not isinstance(said, tuple):
        return wall(said, zone) if isinstance(said, datetime.datetime) else _moment(said)[0], None
    begins, ends = said
    if isinstance(ends, datetime.timedelta):
        return wall(begins, zone), ends
    return wall(begins, zone), _between(*_moment(begins)[:2], *_moment(ends)[:2])


def _why_left_out(block: Block, is_day: bool) -> str:
    """Why an event never becomes a draft, or ""."""
    if block.secret in ("PRIVATE", "CONFIDENTIAL"):
        return PRIVATE
    if block.status == "CANCELLED":
        return CANCELLED
    if block.is_declined:
        return DECLINED
    if block.is_away:
        return AWAY
    return FREE if block.is_free and is_day else ""
