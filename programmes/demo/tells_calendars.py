"""The demonstration's researcher has handed in a calendar: some meetings wait for a tick, one was private."""

from __future__ import annotations

import datetime
from typing import Final

from embedded.accounts.models import Person
from programmes.calendars.actions import hand_in
from programmes.calendars.work import read_calendar
from programmes.demo import cast
from programmes.demo.teller import Teller
from programmes.models import Residency

# in so many days · the clock · how long · title · what else is written of it
_MEETINGS: Final = (
    (-3, "090000", "PT1H", "Falls steering group", ""),
    (-2, "140000", "PT1H30M", "Ward round with the night sisters", ""),
    (-1, "103000", "PT45M", "Call with the audit team", ""),
    (-1, "160000", "PT30M", "Dentist", "CLASS:PRIVATE"),
    (4, "100000", "PT2H", "Quality committee", ""),
)


def tell_calendars(teller: Teller, residency: Residency, researcher: Person) -> None:
    """Of the one researcher whom a visitor can play."""
    if researcher != teller.person(cast.RESEARCHER):
        return
    file = hand_in(content=_calendar(teller.day(0)), by=researcher, at=teller.at(teller.day(0)))
    read_calendar(file, lambda step, done, of: None)


def _calendar(today: datetime.date) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Demonstration//EN"]
    for days, clock, length, title, more in _MEETINGS:
        day = today + datetime.timedelta(days=days)
        start = f"DTSTART;TZID=GMT Standard Time:{day:%Y%m%d}T{clock}"
        lines += ["BEGIN:VEVENT", f"UID:{title}", start, f"DURATION:{length}", f"SUMMARY:{title}", more]
        lines.append("END:VEVENT")
    return "\r\n".join([*(line for line in lines if line), "END:VCALENDAR", ""]).encode()
