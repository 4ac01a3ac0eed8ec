"""Calendars as Outlook, Exchange, Google and Apple write them, with their traps; and what each must give between
1 March and 30 April 2026, in London. Written by hand."""

from __future__ import annotations

from dataclasses import dataclass, field

OWN = "ada@uni.example"
LONDON = "DTSTART;TZID=Europe/London:"
Found = tuple[str, int | None, str]  # day, minutes, title


@dataclass(frozen=True)
class Case:
    """One file. `left_out` counts by reason."""

    content: bytes
    found: list[Found]
    left_out: dict[str, int] = field(default_factory=dict)


def ics(*events: str, head: str = "", ends: str = "\r\n") -> bytes:
    """Each event as its lines parted by blanks in front of an upper-case name, on lines of their own."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Test//EN", *head.split("\n")]
    for event in events:
        lines += ["BEGIN:VEVENT", *event.strip().split("\n"), "END:VEVENT"]
    lines.append("END:VCALENDAR")
    return ends.join(line.strip(" ") for line in lines if line.strip()).encode() + ends.encode()


def event(start: str, end: str = "", more: str = "", title: str = "Meeting", uid: str = "one") -> str:
    lines = [f"UID:{uid}", start, end, f"SUMMARY:{title}", more]
    return "\n".join(line for line in lines if line)


def at(text: str, zone: str = "Europe/London") -> str:
    """An hour and a half from that wall time."""
    day, clock = text.split("T")
    end = f"{int(clock[:2]) + 1:02}{int(clock[2:]) + 30:02}"
    return f"DTSTART;TZID={zone}:{day}T{clock}00\nDTEND;TZID={zone}:{day}T{end}00"


def on(*days: str, minutes: int | None = 90, title: str = "Meeting") -> list[Found]:
    return [(day, minutes, title) for day in days]


OUTLOOK_ZONE = """BEGIN:VTIMEZONE
TZID:GMT Standard Time
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE"""
LYING_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+1200
TZOFFSETTO:+1200
END:STANDARD
END:VTIMEZONE"""
OWN_ZONE = """BEGIN:VTIMEZONE
TZID:Our Island
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:-1000
TZOFFSETTO:-1000
END:STANDARD
END:VTIMEZONE"""
BROKEN_ZONE = """BEGIN:VTIMEZONE
TZID:Nowhere
BEGIN:STANDARD
TZOFFSETTO:+99999
END:STANDARD
END:VTIMEZONE"""

WEEKLY = "RRULE:FREQ=WEEKLY;BYDAY=TU"
TUESDAYS = ["2026-03-03", "2026-03-10", "2026-03-17", "2026-03-24", "2026-03-31"]
APRIL = ["2026-04-07", "2026-04-14", "2026-04-21", "2026-04-28"]

CASES: dict[str, Case] = {
    "one meeting in London": Case(ics(event(at("20260310T1000"))), on("2026-03-10")),
    "in universal time": Case(
        ics(event("DTSTART:20260310T230000Z", "DTEND:20260311T003000Z")), on("2026-03-10")
    ),
    "in universal time in summer, past midnight in London": Case(
        ics(event("DTSTART:20260410T233000Z", "DTEND:20260411T010000Z")), on("2026-04-11")
    ),
    "floating is London": Case(
        ics(event("DTSTART:20260410T233000", "DTEND:20260411T010000")), on("2026-04-10")
    ),
    "Outlook's name of a zone, with its own rules": Case(
        ics(event("DTSTART;TZID=GMT Standard Time:20260410T233000", "DURATION:PT1H30M"), head=OUTLOOK_ZONE),
        on("2026-04-10"),
    ),
    "Outlook's name of a zone, without rules": Case(
        ics(event('DTSTART;TZID="W. Europe Standard Time":20260410T003000', "DURATION:PT1H30M")),
        on("2026-04-09"),
    ),
    "Exchange's long name of London": Case(
        ics(
            event(
                'DTSTART;TZID="(UTC+00:00) Dublin, Edinburgh, Lisbon, London":20260410T233000',
                "DURATION:PT1H30M",
            )
        ),
        on("2026-04-10"),
    ),
    "a zone of a vendor": Case(
        ics(event("DTSTART;TZID=/citadel.org/20110101_1/Europe/London:20260410T233000", "DURATION:PT1H30M")),
        on("2026-04-10"),
    ),
    "Microsoft's universal time": Case(
        ics(event("DTSTART;TZID=tzone://Microsoft/Utc:20260410T233000", "DURATION:PT1H30M")), on("2026-04-11")
    ),
    "a zone that lies about London": Case(ics(event(at("20260310T1000")), head=LYING_ZONE), on("2026-03-10")),
    "a zone that only the file knows": Case(
        ics(event("DTSTART;TZID=Our Island:20260310T200000", "DURATION:PT1H30M"), head=OWN_ZONE),
        on("2026-03-11"),
    ),
    "a zone that nobody knows": Case(
        ics(event("DTSTART;TZID=Nowhere:20260310T200000", "DURATION:PT1H30M"), head=BROKEN_ZONE),
        on("2026-03-10"),
    ),
    "weekly for years, over the change of clocks": Case(
        ics(event(at("20190108T1000"), more=WEEKLY)), on(*TUESDAYS, *APRIL)
    ),
    "every other week keeps its rhythm": Case(
        ics(event(at("20190108T1000"), more="RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")),
        on("2026-03-10", "2026-03-24", "2026-04-07", "2026-04-21"),
    ),
    "so many times": Case(
        ics(event(at("20260303T1000"), more="RRULE:FREQ=WEEKLY;COUNT=3")), on(*TUESDAYS[:3])
    ),
    "until a moment in universal time, which is included": Case(
        ics(event(at("20260407T1000"), more="RRULE:FREQ=WEEKLY;UNTIL=20260414T090000Z")),
        on("2026-04-07", "2026-04-14"),
    ),
    "until just before it": Case(
        ics(event(at("20260407T1000"), more="RRULE:FREQ=WEEKLY;UNTIL=20260414T085959Z")), on("2026-04-07")
    ),
    "until a bare day": Case(
        ics(event(at("20260407T1000"), more="RRULE:FREQ=WEEKLY;UNTIL=20260414")),
        on("2026-04-07", "2026-04-14"),
    ),
    "the last Friday of a month": Case(
        ics(event(at("20251031T1000"), more="RRULE:FREQ=MONTHLY;BYDAY=-1FR")), on("2026-03-27", "2026-04-24")
    ),
    "one left out by its moment": Case(
        ics(
            event(
                at("20260303T1000"),
                more="RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;TZID=Europe/London:20260310T100000",
            )
        ),
        on("2026-03-03", "2026-03-17"),
    ),
    "two left out by universal time, one a line": Case(
        ics(
            event(
                at("20260407T1000"),
                more="RRULE:FREQ=WEEKLY;COUNT=4\nEXDATE:20260414T090000Z\nEXDATE:20260421T090000Z",
            )
        ),
        on("2026-04-07", "2026-04-28"),
    ),
    "one left out by its day": Case(
        ics(
            event(at("20260303T1000"), more="RRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;VALUE=DATE:20260310,20260317")
        ),
        on("2026-03-03"),
    ),
    "added dates": Case(
        ics(event(at("20260303T1000"), more="RDATE;TZID=Europe/London:20260304T100000,20260306T100000")),
        on("2026-03-03", "2026-03-04", "2026-03-06"),
    ),
    "added periods have their own length": Case(
        ics(
            event(
                at("20260303T1000"),
                more="RDATE;VALUE=PERIOD:20260304T100000Z/PT30M,20260305T100000Z/20260305T110000Z",
            )
        ),
        [
            ("2026-03-03", 90, "Meeting"),
            ("2026-03-04", 30, "Meeting"),
            ("2026-03-05", 60, "Meeting"),
        ],
    ),
    "one moved within the days": Case(
        ics(
            event(at("20260303T1000"), more="RRULE:FREQ=WEEKLY;COUNT=3"),
            event(
                at("20260312T1400"), more="RECURRENCE-ID;TZID=Europe/London:20260310T100000", title="Moved"
            ),
        ),
        [("2026-03-03", 90, "Meeting"), ("2026-03-12", 90, "Moved"), ("2026-03-17", 90, "Meeting")],
    ),
    "one moved out of the days, and one into them": Case(
        ics(
            event(at("20260303T1000"), more="RRULE:FREQ=WEEKLY;COUNT=20"),
            event(at("20260612T1400"), more="RECURRENCE-ID:20260310T100000Z"),
            event(at("20260401T1400"), more="RECURRENCE-ID:20260623T090000Z", title="Early"),
        ),
        [
            *on("2026-03-03", *TUESDAYS[2:]),
            ("2026-04-01", 90, "Early"),
            *on(*APRIL),
        ],
    ),
    "one of them cancelled": Case(
        ics(
            event(at("20260303T1000"), more="RRULE:FREQ=WEEKLY;COUNT=3"),
            event(at("20260310T1000"), more="RECURRENCE-ID:20260310T100000Z\nSTATUS:CANCELLED"),
        ),
        on("2026-03-03", "2026-03-17"),
        {"cancelled": 1},
    ),
    "this and all that follow, an hour later and longer": Case(
        ics(
            event(at("20260303T2200"), more="RRULE:FREQ=WEEKLY;COUNT=4"),
            event(
                "DTSTART;TZID=Europe/London:20260318T090000\nDTEND;TZID=Europe/London:20260318T110000",
                more="RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/London:20260317T220000",
                title="New time",
            ),
        ),
        [
            *on("2026-03-03", "2026-03-10"),
            ("2026-03-18", 120, "New time"),
            ("2026-03-25", 120, "New time"),
        ],
    ),
    "the later version of a series holds": Case(
        ics(
            event(at("20260303T1000"), more="SEQUENCE:0", title="Old"),
            event(at("20260304T1000"), more="SEQUENCE:2", title="New"),
        ),
        on("2026-03-04", title="New"),
    ),
    "an occurrence without its series": Case(
        ics(event(at("20260310T1000"), more="RECURRENCE-ID:20260303T100000Z")), on("2026-03-10")
    ),
    "one whole day": Case(
        ics(event("DTSTART;VALUE=DATE:20260310", "DTEND;VALUE=DATE:20260311")), on("2026-03-10", minutes=None)
    ),
    "whole days, each of them": Case(
        ics(event("DTSTART;VALUE=DATE:20260429", "DTEND;VALUE=DATE:20260503")),
        on("2026-04-29", "2026-04-30", minutes=None),
    ),
    "a whole day as Exchange writes it": Case(
        ics(
            event(
                "DTSTART;TZID=GMT Standard Time:20260329T000000",
                "DTEND;TZID=GMT Standard Time:20260330T000000",
            )
        ),
        on("2026-03-29", minutes=None),
    ),
    "whole days in summer, said to be so and written in universal time": Case(
        ics(
            event(
                "DTSTART:20260413T230000Z", "DTEND:20260415T230000Z", more="X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"
            )
        ),
        on("2026-04-14", "2026-04-15", minutes=None),
    ),
    "whole days in summer until a moment in universal time": Case(
        ics(
            event("DTSTART;VALUE=DATE:20260412", more="RRULE:FREQ=DAILY;UNTIL=20260413T230000Z"),
            event("DTSTART;VALUE=DATE:20260422", more="RRULE:FREQ=DAILY;UNTIL=20260423T235959Z", uid="two"),
        ),
        on("2026-04-12", "2026-04-13", "2026-04-14", "2026-04-22", "2026-04-23", minutes=None),
    ),
    "a whole day in summer left out by universal time": Case(
        ics(event("DTSTART;VALUE=DATE:20260413", more="RRULE:FREQ=DAILY;COUNT=3\nEXDATE:20260413T230000Z")),
        on("2026-04-13", "2026-04-15", minutes=None),
    ),
    "over midnight belongs to its first day": Case(
        ics(event(f"{LONDON}20260310T220000", "DTEND;TZID=Europe/London:20260311T020000")),
        on("2026-03-10", minutes=240),
    ),
    "the night the clocks go forward is an hour shorter": Case(
        ics(event(f"{LONDON}20260328T230000", "DTEND;TZID=Europe/London:20260329T030000")),
        on("2026-03-28", minutes=180),
    ),
    "no length": Case(ics(event(f"{LONDON}20260310T100000")), on("2026-03-10", minutes=None)),
    "longer than a day holds": Case(
        ics(event(f"{LONDON}20260310T100000", "DTEND;TZID=Europe/London:20260312T170000")),
        on("2026-03-10", minutes=None),
    ),
    "private, confidential, declined, free and out of office": Case(
        ics(
            event(at("20260310T1000"), more="CLASS:PRIVATE", uid="a"),
            event(at("20260310T1000"), more="CLASS:CONFIDENTIAL", uid="b"),
            event(
                at("20260310T1000"),
                more=f"ATTENDEE;CN=Ada;PARTSTAT=DECLINED:MAILTO:{OWN.upper()}\nATTENDEE:mailto:x@y.example",
                uid="c",
            ),
            event("DTSTART;VALUE=DATE:20260310", more="TRANSP:TRANSPARENT", uid="d"),
            event("DTSTART;VALUE=DATE:20260310", more="X-MICROSOFT-CDO-BUSYSTATUS:OOF", uid="e"),
            event(at("20260310T1000"), more="ATTENDEE;PARTSTAT=DECLINED:mailto:x@y.example", uid="f"),
            event(at("20260310T1000"), more="TRANSP:TRANSPARENT", uid="g"),
        ),
        on("2026-03-10", "2026-03-10"),
        {"private": 2, "declined": 1, "free": 1, "away": 1},
    ),
    "private is private for each of a series": Case(
        ics(
            event(at("20260303T1000"), more="RRULE:FREQ=WEEKLY;COUNT=3\nCLASS:PRIVATE"),
            event(at("20260310T1100"), more="RECURRENCE-ID:20260310T100000Z"),
        ),
        [],
        {"private": 1},
    ),
    "a calendar of what was called off": Case(
        ics(event(at("20260310T1000")), head="METHOD:CANCEL"), [], {"cancelled": 1}
    ),
    "alarms, tasks and notes are passed over": Case(
        ics(
            event(at("20260310T1000"), more="BEGIN:VALARM\nTRIGGER:-PT15M\nSUMMARY:Alarm\nEND:VALARM"),
            head="BEGIN:VTODO\nSUMMARY:Task\nDTSTART:20260310T100000Z\nEND:VTODO",
        ),
        on("2026-03-10"),
    ),
    "folded in the middle of a letter, with signs escaped": Case(
        ics(event(at("20260310T1000"), title="CAF\\, Hart\\; \\nand more")).replace(
            b"CAF", b"Caf\xc3\r\n \xa9"
        ),
        on("2026-03-10", title="Café, Hart; and more"),
    ),
    "ends of lines as on Unix, and a mark at the front": Case(
        b"\xef\xbb\xbf" + ics(event(at("20260310T1000")), ends="\n"), on("2026-03-10")
    ),
    "in UTF-16": Case(ics(event(at("20260310T1000"))).decode().encode("utf-16"), on("2026-03-10")),
    "as old Windows wrote it": Case(
        ics(event(at("20260310T1000"), title="Cafe")).replace(b"Cafe", b"Caf\xe9"),
        on("2026-03-10", title="Café"),
    ),
    "what cannot be understood is counted, the rest is there": Case(
        ics(
            event("DTSTART:rubbish", uid="a"),
            event(at("20260310T1000"), more="RRULE:FREQ=SECONDLY", uid="b"),
            event(at("20260310T1000"), more="RRULE:FREQ=WEEKLY;INTERVAL=0", uid="c"),
            event(at("20260310T1000"), more="RRULE:FREQ=FORTNIGHTLY", uid="d"),
            event("SUMMARY:No day", uid="e"),
            event(at("20260311T1000"), uid="f"),
        ),
        on("2026-03-11"),
        {"unreadable": 5},
    ),
    "nothing in these days": Case(ics(event(at("20240310T1000")), event(at("20280310T1000"))), []),
    "a leap day every year": Case(ics(event("DTSTART;VALUE=DATE:20240229", more="RRULE:FREQ=YEARLY")), []),
    "no end to it": Case(
        ics(event(at("20260310T1000"))).replace(b"END:VEVENT\r\nEND:VCALENDAR\r\n", b""), on("2026-03-10")
    ),
}
