"""Reads how long something took, however people write it, and says it back."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

HALF_DAY: Final = 225  # a full-time week of 37.5 hours in ten halves
DAY: Final = 450

_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d)")
_HOURS_AND_MINUTES = re.compile(
    r"(?:(\d{1,9}(?:[.,]\d{1,9})?)\s*(?:h|hr|hrs|hour|hours))?\s*(?:(\d{1,9})\s*(?:m|min|mins|minute|minutes)?)?"
)
_DECIMAL = re.compile(r"(\d{1,9})[.,](\d{1,9})")
_FRACTION = re.compile(r"(\d{0,9}) ?([¼½¾])")
_PARTS = {"¼": "25", "½": "5", "¾": "75"}
_DAYS = {
    "half day": HALF_DAY,
    "half a day": HALF_DAY,
    "½ day": HALF_DAY,
    "day": DAY,
    "a day": DAY,
    "1 day": DAY,
    "full day": DAY,
    "half an hour": 30,
    "an hour": 60,
}


class NotADuration(ValueError):
    """The text says no length of time; the message is an instruction."""


def minutes_of(text: str) -> int:
    """Whole minutes: `90`, `1:30`, `1h30`, `1.5`, `1½` and `1,5h` are the same (X-2). A bare whole number is minutes,
    a number with a fraction is hours. Raises NotADuration."""
    words = " ".join(text.strip().lower().split())
    if words in _DAYS:
        return _DAYS[words]
    words = _FRACTION.sub(lambda found: f"{found[1] or 0}.{_PARTS[found[2]]}", words)
    if clock := _CLOCK.fullmatch(words):
        return int(clock[1]) * 60 + int(clock[2])
    if decimal := _DECIMAL.fullmatch(words):
        return _rounded(Decimal(f"{decimal[1]}.{decimal[2]}") * 60)
    both = _HOURS_AND_MINUTES.fullmatch(words)
    if not words or both is None or not (both[1] or both[2]):
        raise NotADuration("Enter how long it took, like 90, 1:30 or 1.5")
    hours = Decimal((both[1] or "0").replace(",", "."))
    return _rounded(hours * 60) + int(both[2] or 0)


def words_of(minutes: int) -> str:
    """Whole minutes as a box shows them; `minutes_of` gives them back."""
    return f"{minutes // 60}:{minutes % 60:02}"


def half_days(minutes: int) -> int:
    """The nearest number of half-days, one at the least, for programmes that know no minutes."""
    return max(1, (minutes + HALF_DAY // 2) // HALF_DAY)


def _rounded(minutes: Decimal) -> int:
    return int(minutes.quantize(Decimal(1), rounding=ROUND_HALF_UP))
