"""Takes a calendar file apart into its events and time zones, line by line, and keeps of each what is asked for and no
more: never who came, where it was, or what the invitation said. Knows no Django."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from embedded.tables.reading.bounds import CannotRead

NO_CALENDAR: Final = (
    "This is not a calendar file. In Outlook choose Save calendar, in Google Calendar choose Export, and upload the "
    "file that ends in .ics."
)
TOO_LONG: Final = (
    "One line of this calendar is too long to be read. Export a shorter span of days, and upload that."
)
LONGEST_LINE: Final = 100_000  # signs of a line that is kept
LONGEST_TITLE: Final = 1_000
MOST_ZONES: Final = 60
KEPT: Final = frozenset(
    "UID DTSTART DTEND DURATION RRULE RDATE EXDATE RECURRENCE-ID SUMMARY SEQUENCE "
    "X-MICROSOFT-CDO-ALLDAYEVENT".split()
)
DATED: Final = frozenset(("DTSTART", "DTEND", "RDATE", "EXDATE", "RECURRENCE-ID"))
_NAME = re.compile(r"[A-Za-z0-9-]+")
_ZONE = re.compile(r';TZID=("[^"]*"|tzone:[^;:]*|[^;:]*)', re.IGNORECASE)


@dataclass
class Block:
    """One event as it was written, without the lines that are nobody's business here."""

    lines: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    secret: str = ""  # CLASS
    status: str = ""
    is_free: bool = False
    is_away: bool = False
    is_declined: bool = False


@dataclass
class Calendar:
    """What stands in a file: its events, and the time zones that it explains itself."""

    events: list[Block] = field(default_factory=list)
    zones: dict[str, str] = field(default_factory=dict)
    is_cancelled: bool = False


def calendar_in(content: bytes, own: frozenset[str], zone_name: Callable[[str], str]) -> Calendar:
    """`own`: the addresses of whoever uploads, in small letters; what they declined is marked. `zone_name` gives the
    name by which the world knows a zone, or "". Raises CannotRead when it is no calendar."""
    found, lines = Calendar(), _lines(content)
    if next(lines, "").upper() != "BEGIN:VCALENDAR":
        raise CannotRead(NO_CALENDAR)
    for line in lines:
        name, value = _name(line), line.partition(":")[2].strip()
        if name == "BEGIN" and value.upper() == "VEVENT":
            found.events.append(_event(lines, own, zone_name))
        elif name == "BEGIN" and value.upper() == "VTIMEZONE":
            _zone(lines, found, zone_name)
        elif name == "BEGIN" and value.upper() != "VCALENDAR":
            _passed_over(lines, value.upper())
        elif name == "METHOD":
            found.is_cancelled = value.upper() == "CANCEL"
    return found


def _lines(content: bytes) -> Iterator[str]:
    """Unfolded; folds may cut a letter in two, so they are taken out before it is read as text."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        content = content.decode("utf-16", "replace").encode()
    whole = re.sub(rb"\r\n|\r", b"\n", content.removeprefix(b"\xef\xbb\xbf"))
    whole = re.sub(rb"\n[ \t]", b"", whole)
    try:
        text = whole.decode()
    except UnicodeDecodeError:
        text = whole.decode("cp1252", "replace")
    return (line for line in text.split("\n") if line.strip())


def _name(line: str) -> str:
    found = _NAME.match(line)
    return found[0].upper() if found else ""


def _passed_over(lines: Iterator[str], kind: str) -> None:
    """Tasks, alarms and whatever else; one that never ends takes the rest with it."""
    for line in lines:
        name, value = _name(line), line.partition(":")[2].strip().upper()
        if name == "END" and value == kind:
            return
        if name == "BEGIN":
            _passed_over(lines, value)


def _event(lines: Iterator[str], own: frozenset[str], zone_name: Callable[[str], str]) -> Block:
    block = Block()
    for line in lines:
        name, value = _name(line), line.partition(":")[2].strip()
        if name == "END":
            break
        if name == "BEGIN":
            _passed_over(lines, value.upper())
        elif name in KEPT:
            _keep(block, name, line, zone_name)
        else:
            _mark(block, name, line, value.upper(), own)
    return block


def _keep(block: Block, name: str, line: str, zone_name: Callable[[str], str]) -> None:
    if name == "SUMMARY":
        line = line[:LONGEST_TITLE]
    if len(line) > LONGEST_LINE:
        raise CannotRead(TOO_LONG)
    if name in DATED:
        line = _ZONE.sub(lambda found: _renamed(found[1], zone_name), line, count=1)
    block.lines.append(line)
    block.names.add(name)


def _renamed(written: str, zone_name: Callable[[str], str]) -> str:
    known = zone_name(written)
    return f";TZID={known}" if known else f';TZID="{own_name(written)}"'


def own_name(written: str) -> str:
    """A zone that only the file knows, so named that it can be nobody else's."""
    return "file:" + "".join(sign for sign in written.strip('" ') if sign.isalnum() or sign in " -_")


def _mark(block: Block, name: str, line: str, value: str, own: frozenset[str]) -> None:
    match name:
        case "CLASS":
            block.secret = value
        case "STATUS":
            block.status = value
        case "TRANSP":
            block.is_free = value == "TRANSPARENT"
        case "X-MICROSOFT-CDO-BUSYSTATUS":
            block.is_away = value == "OOF"
        case "ATTENDEE" if "PARTSTAT=DECLINED" in line.upper():
            who = value.lower().removeprefix("mailto:")
            block.is_declined = block.is_declined or who in own


def _zone(lines: Iterator[str], found: Calendar, zone_name: Callable[[str], str]) -> None:
    """Kept only where the world does not know it: a file cannot say what the time is in London."""
    held, written = ["BEGIN:VTIMEZONE"], ""
    for line in lines:
        name, value = _name(line), line.partition(":")[2].strip()
        if name == "TZID":
            written, line = value, f"TZID:{own_name(value)}"
        held.append(line[:LONGEST_LINE])
        if name == "END" and value.upper() == "VTIMEZONE":
            break
    if written and not zone_name(written) and len(found.zones) < MOST_ZONES:
        found.zones[own_name(written)] = "\r\n".join(held)
