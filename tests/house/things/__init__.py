"""One of everything that the rooms of the log keep; importing this enters them all."""

from tests.house.things import (
    api,
    bites,
    calendars,
    cases,
    desk,
    diary,
    focus,
    interchange,
    library,
    logging,
    packs,
    weeks,
)

__all__ = [
    "api",
    "bites",
    "calendars",
    "cases",
    "desk",
    "diary",
    "focus",
    "interchange",
    "library",
    "logging",
    "packs",
    "weeks",
]
