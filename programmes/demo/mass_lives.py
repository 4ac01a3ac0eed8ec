"""The lives of the mass: how many pretend residencies, when each begins and ends, and how far it gets. No database."""

from __future__ import annotations

import datetime
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

A_LIFE: Final = 500  # entries of the log that a residency has, where only one of the two numbers is given
IN_THREE_YEARS: Final = 2_100  # residencies for whose codes, which end at 999 a year, three years have room
A_YEAR: Final = 500  # where there are more
BEGINNINGS_AT_MOST: Final = 200
BEGINNINGS: Final = {
    "idea": 25,
    "scoping": 20,
    "approved": 15,
    "recruiting": 10,
    "onboarding": 15,
    "declined": 8,
    "withdrawn": 7,
}
RHYTHMS: Final = ("steady", "steady", "steady", "early", "late")


class TooFew(Exception):
    """Fewer than the story itself tells; the text says how many it takes."""


@dataclass(frozen=True)
class Scale:
    """How many there are to be in all, the story's own among them."""

    residencies: int
    activities: int

    @classmethod
    def asked(cls, residencies: int | None, activities: int | None) -> Scale:
        """Either number stands for the other, at 500 entries a residency."""
        if residencies is None:
            residencies = max(50, (activities or 0) // A_LIFE)
        return cls(residencies, A_LIFE * residencies if activities is None else activities)

    def beyond(self, told: Scale) -> Scale:
        """What the mass adds to the story; TooFew where the story has more already."""
        for name, asked, there in (
            ("residencies", self.residencies, told.residencies),
            ("activities", self.activities, told.activities),
        ):
            if asked < there:
                raise TooFew(
                    f"The story alone has {there:,} {name}, and you asked for {asked:,} in all. "
                    f"Ask for {there:,} or more: --{name} {there}"
                )
        more = Scale(self.residencies - told.residencies, self.activities - told.activities)
        if more.activities and not more.residencies:
            raise TooFew(
                "Nobody is there to log the entries beyond the story's. "
                f"Ask for more residencies than its own: --residencies {told.residencies + 1}"
            )
        return more


@dataclass(frozen=True)
class Life:
    """One residency in days from the day of telling, as in the story (-600: twenty months ago). `adopted`: it ran
    before the programme began, and was brought in then. `logs_from` and `logs_until` are empty for a beginning."""

    number: int
    stage: str
    registered: int
    start: int
    end: int
    days_a_week: int
    rhythm: str
    adopted: bool = False
    paused: int = 0

    @property
    def begun(self) -> bool:
        return self.stage not in BEGINNINGS

    def logs(self, first: int) -> tuple[int, int]:
        """The first and the last day of its log, in a programme that began on the day `first`."""
        return max(self.start, first), min(self.end, self.paused or -1, -1)


def first_day(residencies: int) -> int:
    """The day on which the programme began: three years ago, longer where that would be too many a year."""
    return -365 * (3 if residencies <= IN_THREE_YEARS else -(-residencies // A_YEAR))


def lives(chance: random.Random, residencies: int) -> list[Life]:
    """All of them in the order in which they were registered; one in ten has not begun, 200 at the most."""
    first = first_day(residencies)
    found = [
        _beginning(chance, number, first)
        if number % 10 == 9 and number < 10 * BEGINNINGS_AT_MOST
        else _begun(chance, number, first)
        for number in range(residencies)
    ]
    return sorted(found, key=lambda life: (life.registered, life.number))


def _begun(chance: random.Random, number: int, first: int) -> Life:
    length = chance.randint(365, 760)
    start = chance.randint(first - length + 60, -14)
    end, paused, stage = start + length, 0, "active"
    if end < 0:
        stage = "terminated_early" if chance.random() < 0.04 else "ended"
    elif end < 45 and chance.random() < 0.7:
        stage = "closing"
    elif start < -120 and chance.random() < 0.05:
        stage, paused = "paused", -chance.randint(10, 90)
    adopted = start < first
    return Life(
        number=number,
        stage=stage,
        registered=first if adopted else start - chance.randint(90, 150),
        start=start,
        end=end,
        days_a_week=chance.choice((1, 2, 2, 3, 3, 3, 4)),
        rhythm=chance.choice(RHYTHMS),
        adopted=adopted,
        paused=paused,
    )


def _beginning(chance: random.Random, number: int, first: int) -> Life:
    stage = chance.choices(list(BEGINNINGS), list(BEGINNINGS.values()))[0]
    is_over = stage in ("declined", "withdrawn")
    registered = chance.randint(first, -40) if is_over else -chance.randint(60, 150)
    start = registered + chance.randint(170, 300)
    return Life(number, stage, registered, start, start + chance.randint(365, 760), 3, "steady")


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """`total` in whole parts that are to each other as the weights; the parts add up to it exactly."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights] if whole else []
    parts = [int(part) for part in exact]
    left = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))[: total - sum(parts)]
    for at in left:
        parts[at] += 1
    return parts


def day_of(today: datetime.date, number: int) -> datetime.date:
    return today + datetime.timedelta(days=number)
