"""Small numbers: figures that rest on fewer people than the programme allows are not shown."""

from __future__ import annotations

from typing import Final

FEWEST_PEOPLE: Final = 5  # P9; never set below 3


def enough(people: int, fewest: int = FEWEST_PEOPLE) -> bool:
    """Whether a figure about so many people may be shown."""
    return people >= max(3, fewest)
