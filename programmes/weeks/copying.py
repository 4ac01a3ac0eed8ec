"""Puts the lengths of the week before into the empty boxes of a week (X-4); saved only when the week is."""

from __future__ import annotations

import datetime
from collections.abc import Container

from programmes.entries.durations import words_of
from programmes.weeks.sent import Sent
from programmes.weeks.week_reading import Kept


def fill_in(sent: Sent, kept: Kept, before: Kept, away: Container[datetime.date]) -> int:
    """How many boxes it filled; what is kept, waits or was typed stays as it is, and days away stay empty."""
    filled = 0
    for place, entries in before.by_place.items():
        is_taken = place in kept.by_place or place in kept.waiting or sent.texts.get(place, "").strip()
        if is_taken or kept.week.days[place.day] in away or not kept.places.allow(place.row):
            continue
        sent.rows.append(place.row)
        sent.texts[place] = words_of(sum(entry.minutes for entry in entries))
        filled += 1
    sent.rows = list(dict.fromkeys(sent.rows))
    return filled
