"""Says in words what was typed into a week and is not saved yet."""

from __future__ import annotations

from embedded.drafts import Fields
from programmes.entries.durations import words_of
from programmes.models import LateReason
from programmes.weeks.boxes import Box
from programmes.weeks.grid import kind_of, told_of
from programmes.weeks.week_forms import WHY_LATE
from programmes.weeks.week_reading import Kept


def told_of_week(kept: Kept, typed: Fields) -> list[tuple[str, str]]:
    """(where, what) for each box that no longer says what it was made from."""
    found = []
    for name, values in typed.items():
        box, text = Box.named(name), "".join(values[:1]).strip()
        if box is not None and text != (words_of(box.minutes) if box.minutes else ""):
            day = kept.week.days[box.place.day]
            where = [f"{day:%A} {day.day}", kind_of(box.place.row), *told_of(box.place.row, kept)]
            found.append((", ".join(where), text or "Emptied"))
    late = "".join(typed.get("late_reason", ())[:1])
    if found and late in LateReason.values:
        found.append((WHY_LATE, str(LateReason(late).label)))
    return found


def in_one_line(kept: Kept, typed: Fields) -> str:
    return "; ".join(f"{where}: {text}" for where, text in told_of_week(kept, typed))
