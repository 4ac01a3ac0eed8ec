"""The shape of the pretend log: more host days at the start, quiet Augusts and Decembers, findings towards the end."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

# weights of kinds at the start, in the middle and towards the end of a residency
WEIGHTS: Final = {
    "relational": (9, 4, 3),
    "knowledge_creation": (2, 8, 6),
    "educational": (1, 2, 4),
    "advice_consultation": (1, 3, 5),
    "project_management": (4, 2, 2),
    "supervision_support": (2, 2, 2),
    "academic_home": (1, 2, 3),
    "bid_development": (0, 0, 1),
    "reflection": (1, 1, 1),
}
WHAT: Final = {
    "relational": (
        "Shadowed the morning round",
        "Met the ward sisters",
        "Coffee with the therapy team",
        "Walked the route home with the transport team",
        "Introduced two teams that had not met",
    ),
    "knowledge_creation": (
        "Two conversations and notes",
        "Read what others have found",
        "Went through the figures with the analyst",
        "Wrote up first findings",
        "Fed back to the team",
    ),
    "educational": (
        "Journal club",
        "Helped a nurse with her search",
        "Half an hour on asking good questions",
    ),
    "advice_consultation": ("Asked whether a survey would help", "Answered a question about numbers"),
    "project_management": (
        "Planned the next month",
        "Form for the R&D office",
        "Report for the guiding group",
    ),
    "supervision_support": ("Supervision", "Learning set"),
    "academic_home": ("Teaching", "Department meeting", "Worked on the paper"),
    "bid_development": ("Outline of a bid with the trust",),
    "reflection": ("Thinking time",),
}
MOST_A_DAY: Final = 960  # V-60, minutes; however many entries there are
LENGTHS: Final = (30, 45, 60, 60, 90, 90, 120, 150, 225)
PLACES: Final = {
    "academic_home": "academic_home",
    "reflection": "remote",
    "supervision_support": "academic_home",
}
NOTES: Final = (
    "I was the only one in the room who had asked a patient.",
    "They went quiet when I mentioned the figures. Ask why, one to one.",
    "Good day. Somebody asked for me by name.",
)


@dataclass(frozen=True)
class Moment:
    """One entry to be: day, minutes, kind, what was done, where, and sometimes a private note."""

    day: datetime.date
    minutes: int
    kind: str
    what: str
    place: str
    on_project: bool
    note: str


def moments(
    chance: random.Random,
    start: datetime.date,
    until: datetime.date,
    end: datetime.date,
    days_a_week: float,
    rhythm: str,
) -> Iterator[Moment]:
    """Entries from `start` up to and with `until`, for a residency that ends on `end`. `rhythm` is steady, early
    (much at the start, little now) or late (most of it towards the end)."""
    day = start
    while day <= until:
        part = min(1.0, (day - start).days / max(1, (end - start).days))
        if day.weekday() < 5 and chance.random() < days_a_week / 5 * _season(day) * _phase(part, rhythm):
            for _ in range(chance.choice((1, 1, 2))):
                yield _moment(chance, day, part)
        day += datetime.timedelta(days=1)


def _moment(chance: random.Random, day: datetime.date, part: float) -> Moment:
    third = min(2, int(part * 3))
    kinds = list(WEIGHTS)
    kind = chance.choices(kinds, [WEIGHTS[one][third] for one in kinds])[0]
    return Moment(
        day=day,
        minutes=chance.choice(LENGTHS),
        kind=kind,
        what=chance.choice(WHAT[kind]),
        place=PLACES.get(kind, "host" if chance.random() < 0.85 else "remote"),
        on_project=kind in ("knowledge_creation", "educational") and chance.random() < 0.8,
        note=chance.choice(NOTES) if chance.random() < 0.02 else "",
    )


def _season(day: datetime.date) -> float:
    """Fewer days in August and around Christmas, none between the years."""
    if (day.month, day.day) >= (12, 23) or (day.month, day.day) <= (1, 2):
        return 0.0
    return {8: 0.4, 12: 0.7}.get(day.month, 1.0)


def _phase(part: float, rhythm: str) -> float:
    starts = {"early": 1.1 - part * 0.8, "late": 0.5 + part * 0.6}
    return starts.get(rhythm, 0.95 - abs(part - 0.4) * 0.3)


def so_many_moments(
    chance: random.Random,
    count: int,
    start: datetime.date,
    until: datetime.date,
    end: datetime.date,
    rhythm: str,
) -> Iterator[Moment]:
    """Exactly `count` entries of the same shape, from `start` up to and with `until`, the earliest first; none where
    nobody works on any of these days."""
    length = max(1, (end - start).days)
    span = (start + datetime.timedelta(days=number) for number in range((until - start).days + 1))
    days = [day for day in span if day.weekday() < 5]
    weights = [_season(day) * _phase(min(1.0, (day - start).days / length), rhythm) for day in days]
    if not any(weights):
        return
    for day, number in sorted(Counter(chance.choices(days, weights, k=count)).items()):
        left = MOST_A_DAY
        for still in reversed(range(number)):
            found = _moment(chance, day, min(1.0, (day - start).days / length))
            found = replace(found, minutes=max(1, min(found.minutes, left - still)))
            left -= found.minutes
            yield found
