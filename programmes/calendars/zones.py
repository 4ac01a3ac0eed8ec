"""Which time zone a calendar means, however it calls it. Knows no Django."""

from __future__ import annotations

import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from icalendar import Timezone
from icalendar.timezone import tzp
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

LONDON: Final = ZoneInfo("Europe/London")


@cache
def zone_name(written: str) -> str:
    """ "Europe/London" for itself, for Outlook's "GMT Standard Time" and "(UTC+00:00) Dublin, Edinburgh, Lisbon,
    London", and for "/vendor/20110101_1/Europe/London"; "" for what nobody but the file knows."""
    name = written.strip().strip('"').strip("/ ")
    if name in _known():
        return name
    if name in WINDOWS_TO_OLSON:
        return WINDOWS_TO_OLSON[name]
    parts = name.split("/")
    for start in range(1, len(parts)):
        tail = "/".join(parts[start:])
        if tail in _known():
            return tail
    if parts[-1].upper() in ("UTC", "Z"):
        return "UTC"
    return "Europe/London" if "London" in name else ""


@cache
def _known() -> frozenset[str]:
    return frozenset(available_timezones())


def learn(zones: dict[str, str]) -> None:
    """Makes the zones of a file known to this process, which reads no other file. One that cannot be read is none."""
    for written in zones.values():
        try:
            tzp.cache_timezone_component(Timezone.from_ical(written))
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError, IndexError):
            continue


def in_london(naive: datetime.datetime, zone: datetime.tzinfo | None) -> datetime.datetime:
    """The moment as clocks in London show it; a time without a zone is London's already."""
    return naive.replace(tzinfo=zone or LONDON).astimezone(LONDON)
