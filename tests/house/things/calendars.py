"""What calendars and reminders leave, and more of it."""

from __future__ import annotations

from typing import Any

from programmes.models import LogHabit
from tests.house.registry import thing


@thing("log_habit")
def log_habit(things: Any) -> LogHabit:
    return LogHabit.objects.get_or_create(person=things.world.people["researcher"])[0]
