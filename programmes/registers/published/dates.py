"""Dates as published files write them; an impossible one is an error, not a guess."""

from __future__ import annotations

from datetime import date

EARLIEST = date(1800, 1, 1)
LATEST = date(2100, 1, 1)


def compact_date(text: str) -> date | None:
    """`20240930`; nothing gives None. Raises ValueError with an instruction's first half."""
    if not text:
        return None
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        raise ValueError(f"{text!r} is not a date of eight digits (year, month, day).")
    return _sensible(f"{text[:4]}-{text[4:6]}-{text[6:]}", text)


def iso_date(text: str) -> date | None:
    """`2024-09-30`; nothing gives None."""
    if not text:
        return None
    if len(text) != 10:
        raise ValueError(f"{text!r} is not a date written like 2024-09-30.")
    return _sensible(text, text)


def _sensible(iso: str, text: str) -> date:
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        raise ValueError(f"{text!r} is not a day of the calendar.") from None
    if not EARLIEST <= day < LATEST:
        raise ValueError(f"{text!r} lies too far from today.")
    return day
