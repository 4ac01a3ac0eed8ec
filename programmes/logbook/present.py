"""What the log's pages say that the records do not."""

from __future__ import annotations

import datetime

from programmes.models import Residency


def outside_dates(residency: Residency, today: datetime.date) -> str:
    """A warning, never a block (X-13), when the residency has not begun or is over."""
    if residency.started_on is None or today < residency.started_on:
        return "This has not started yet. You can log what you do to prepare."
    if residency.ended_on and today > residency.ended_on:
        return "This has ended. You can still log what was left to do."
    return ""
