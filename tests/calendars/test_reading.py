"""Calendars with the traps of real ones: which meetings, on which day, for how long."""

from __future__ import annotations

import datetime
import io
import json
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from embedded.tables.reading.bounds import Bounds, CannotRead
from programmes.calendars import child
from programmes.calendars.lines import NO_CALENDAR
from programmes.calendars.reading import Meeting, meetings_in
from programmes.calendars.zones import LONDON
from tests.calendars.files import CASES, OWN, at, event, ics

FIRST, END = datetime.date(2026, 3, 1), datetime.date(2026, 5, 1)
DAY = datetime.timedelta(days=1)


def read(content: bytes) -> list[Meeting]:
    return meetings_in(content, FIRST, END, frozenset({OWN})).meetings


@pytest.mark.parametrize("name", CASES)
def test_calendar_gives_what_it_must(name: str) -> None:
    case = CASES[name]
    found = meetings_in(case.content, FIRST, END, frozenset({OWN}))
    assert [(one.on.isoformat(), one.minutes, one.title) for one in found.meetings] == case.found
    assert dict(found.left_out) == case.left_out


def test_there_are_thirty_of_them_and_more() -> None:
    assert len(CASES) >= 30


def test_who_came_and_where_is_never_read() -> None:
    more = "LOCATION:Room 5\nDESCRIPTION:Patient list\nATTENDEE;CN=Bo:mailto:bo@x.example\nORGANIZER:mailto:c@x.example"
    (meeting,) = read(ics(event(at("20260310T1000"), more=more)))
    assert meeting == Meeting("one", datetime.date(2026, 3, 10), 90, "Meeting")


def test_same_occurrence_has_the_same_key_after_it_moved() -> None:
    weekly = event(at("20260303T1000"), more="RRULE:FREQ=WEEKLY;COUNT=3")
    before = {one.key for one in read(ics(weekly))}
    moved = event(at("20260312T1400"), more="RECURRENCE-ID:20260310T100000Z")
    assert {one.key for one in read(ics(weekly, moved))} == before


@pytest.mark.parametrize("content", [b"", b"PK", b"Date,Minutes\n", b"BEGIN:VCARD\nEND:VCARD", b"\x00" * 99])
def test_what_is_no_calendar_is_said_to_be_none(content: bytes) -> None:
    with pytest.raises(CannotRead, match="not a calendar file"):
        read(content)


def test_ten_thousand_events_are_read() -> None:
    events = [event(at(f"202{i % 6}03{1 + i % 28:02}T1000"), uid=str(i)) for i in range(10_000)]
    found = read(ics(*events, event(at("20260310T1100"), uid="last")))
    assert [one.title for one in found] == ["Meeting"]


def test_more_recurrences_than_anybody_has_are_refused() -> None:
    events = [event(at("20260301T1000"), more="RRULE:FREQ=DAILY", uid=str(i)) for i in range(200)]
    with pytest.raises(CannotRead, match="shorter span"):
        read(ics(*events))


def test_rule_since_long_ago_takes_no_time() -> None:
    events = [event(at("19700101T1000"), more="RRULE:FREQ=DAILY", uid=str(i)) for i in range(100)]
    assert len(read(ics(*events))) == 6_100


def said(content: bytes, bounds: Bounds | None = None) -> list[object]:
    header = {"first": FIRST.isoformat(), "end": END.isoformat(), "own": [OWN]}
    return [json.loads(json.dumps(line)) for line in child.read(content, header, bounds or Bounds())]


def test_child_says_each_meeting_and_what_was_left_out() -> None:
    private = event(at("20260310T1000"), more="CLASS:PRIVATE", uid="two")
    line, last = said(ics(event(at("20260310T1000")), private))
    assert line == ["one", "2026-03-10", 90, "Meeting"]
    assert isinstance(last, dict) and last["left_out"] == {"private": 1}


def test_zip_of_google_is_opened() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("ada@uni.example.ics", ics(event(at("20260310T1000"))))
        packed.writestr("other.ics", ics(event(at("20260311T1000"), uid="two")))
    assert len(said(held.getvalue())) == 3


def test_zip_that_holds_none_or_too_much_is_refused() -> None:
    none, much = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(none, "w") as packed:
        packed.writestr("log.csv", "Date")
    with zipfile.ZipFile(much, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("bomb.ics", b"0" * 2_000_000)
    assert said(none.getvalue())[0]["problem"] == NO_CALENDAR  # type: ignore[index]
    assert "too large" in said(much.getvalue(), Bounds(most_unpacked=1_000_000))[0]["problem"]  # type: ignore[index]
    assert said(b"PK rubbish")[0]["problem"] == NO_CALENDAR  # type: ignore[index]
    assert said(b"x" * 11, Bounds(most_bytes=10))[0]["problem"]  # type: ignore[index]


@settings(deadline=None)
@given(
    some.dates(datetime.date(2026, 3, 2), datetime.date(2026, 4, 28)),
    some.integers(0, 23),
    some.integers(1, 960),
    some.sampled_from(["Europe/London", "GMT Standard Time"]),
)
def test_wall_time_in_london_stays_on_its_day(day: datetime.date, hour: int, minutes: int, zone: str) -> None:
    """Whatever the clocks do that night; the length is by a stopwatch."""
    begin = datetime.datetime.combine(day, datetime.time(hour, 30))
    start = begin.replace(tzinfo=LONDON).astimezone(datetime.UTC)
    end = (start + datetime.timedelta(minutes=minutes)).strftime("%Y%m%dT%H%M%SZ")
    (one,) = read(ics(event(f"DTSTART;TZID={zone}:{begin:%Y%m%dT%H%M%S}", f"DTEND:{end}")))
    assert (one.on, one.minutes) == (day, minutes)


@settings(deadline=None)
@given(
    some.dates(datetime.date(2015, 1, 1), datetime.date(2026, 4, 30)),
    some.integers(1, 9),
    some.sampled_from(["DAILY", "WEEKLY"]),
)
def test_rhythm_is_kept_however_long_ago_it_began(begun: datetime.date, step: int, freq: str) -> None:
    stride = step * (7 if freq == "WEEKLY" else 1)
    expected = [
        FIRST + n * DAY
        for n in range((END - FIRST).days)
        if FIRST + n * DAY >= begun and (FIRST + n * DAY - begun).days % stride == 0
    ]
    rule = f"RRULE:FREQ={freq};INTERVAL={step}"
    found = read(ics(event(f"DTSTART;VALUE=DATE:{begun:%Y%m%d}", more=rule)))
    assert [one.on for one in found] == expected


@settings(deadline=None)
@given(some.binary(max_size=400) | some.text(max_size=400).map(str.encode))
def test_nothing_in_a_file_breaks_the_reading(rubbish: bytes) -> None:
    lines = b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260310T100000Z\r\n"
    found = meetings_in(lines + rubbish + b"\r\nEND:VEVENT\r\n", FIRST, END)
    assert len(found.meetings) + sum(found.left_out.values()) <= 100
