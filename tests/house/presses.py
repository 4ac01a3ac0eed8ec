"""The whole table of presses, gathered from its parts."""

from __future__ import annotations

import pytest

from tests.house import (
    presses_agreements,
    presses_api,
    presses_begin,
    presses_calendars,
    presses_course,
    presses_desk,
    presses_diary,
    presses_focus,
    presses_interchange,
    presses_library,
    presses_logging,
    presses_own,
    presses_packs,
    presses_people,
    presses_planning,
    presses_recruitment,
    presses_weeks,
    presses_work,
)
from tests.house.addresses import Things
from tests.house.pressing import NOBODY, PRESSES, WITHOUT_A_DEED, Press

__all__ = ["NAMES", "NOBODY", "PRESSES", "WITHOUT_A_DEED", "Press", "each_press", "press_of"]
PARTS = (
    presses_agreements,
    presses_api,
    presses_begin,
    presses_calendars,
    presses_course,
    presses_desk,
    presses_diary,
    presses_focus,
    presses_interchange,
    presses_library,
    presses_logging,
    presses_own,
    presses_packs,
    presses_people,
    presses_planning,
    presses_recruitment,
    presses_weeks,
    presses_work,
)

NAMES = sorted(PRESSES)
each_press = pytest.mark.parametrize("name", NAMES)


def press_of(name: str, things: Things) -> Press:
    return PRESSES[name](things)
