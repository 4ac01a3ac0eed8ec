"""How far the logs go: how many logged in a period, and which running ones have fallen quiet. One query."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from programmes.measures.period import Period
from programmes.measures.reach import ask, with_opened
from programmes.models import ResidencyQuerySet

_SQL: Final = Path(__file__).with_name("logs.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Logs:
    """`running` of those that `logged` in the period run today. `quiet` are titles and last days logged of the first
    of `quiet_in_all` that run, may be opened and have no entry in the last month of the period or since."""

    logged: int = 0
    running: int = 0
    quiet: tuple[tuple[str, datetime.date | None], ...] = ()
    quiet_in_all: int = 0


def logs(
    residencies: ResidencyQuerySet, period: Period, most: int = 0, opened: ResidencyQuerySet | None = None
) -> Logs:
    """`opened` as in `standing`; at most so many quiet ones are named."""
    reach = with_opened(residencies, opened, "pk", "code", "title", "stage")
    rows = ask(_SQL, reach, start=period.start, end=period.end, last=period.months()[-1], most=most)
    counts = {part: number for part, _, _, number in rows}
    return Logs(
        counts.get("logged", 0),
        counts.get("running", 0),
        tuple((title, day) for part, title, day, _ in rows if part == "quiet"),
        counts.get("quiet", 0),
    )
