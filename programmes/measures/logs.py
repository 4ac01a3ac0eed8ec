"""How far the logs go: how many logged in a period, and which running ones have fallen quiet."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from programmes.measures.period import Period, day_words
from programmes.measures.reach import Question, day

_SQL: Final = Path(__file__).with_name("logs.sql").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Logs:
    """How many `logged` in the period, counted no further than asked; how many that run today are `silent` in it.
    `quiet` are titles and last days logged of the first of `quiet_in_all` that run, may be opened and have no entry in
    the last month of the period or since."""

    logged: int = 0
    silent: int = 0
    quiet: tuple[tuple[str, datetime.date | None], ...] = ()
    quiet_in_all: int = 0


def logs(period: Period, *, enough: int, most: int) -> Question[Logs]:
    """`enough` is as far as those that logged are counted; at most `most` quiet ones are named."""
    asked = {"start": period.start, "end": period.end, "last": period.months()[-1]}
    return Question(_SQL, {**asked, "enough": enough, "most": most}, _read)


def quiet_words(title: str, last: datetime.date | None) -> str:
    """What is said of a quiet log, and no more: grey, and nobody's fault."""
    return f"{title} ({f'figures to {day_words(last)}' if last else 'not recorded yet'})"


def _read(rows: list[list[Any]]) -> Logs:
    counts = {part: number for part, _, _, number in rows}
    return Logs(
        counts.get("logged", 0),
        counts.get("silent", 0),
        tuple((title, day(last)) for part, title, last, _ in rows if part == "quiet"),
        counts.get("quiet", 0),
    )
