"""Partners and what they contributed: the public counted apart, and what partners themselves have confirmed."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from programmes.measures.figure import Cell, Figure, start_high
from programmes.measures.period import Period, day_span

MOST_TOLD: Final = 100
NOBODY: Final = "Not recorded does not mean that nobody took part."


@dataclass(frozen=True)
class Contribution:
    """What one partner gave once; `kind`, `stage` and `mode` in the words that people see. Never a name."""

    kind: str
    is_public: bool
    project: str
    project_key: int
    stage: str
    mode: str
    what_changed: str
    is_confirmed: bool
    is_read_back: bool = False


def contributions_figure(
    given: Sequence[Contribution], *, open_projects: int, period: Period, at: datetime.datetime
) -> Figure:
    """Contributions by kind of partner; `open_projects` is how many were open in the period."""
    public = [one for one in given if one.is_public]
    others = [one for one in given if not one.is_public]
    touched = len({one.project_key for one in given})
    silent = sum(not one.what_changed for one in given)
    return Figure(
        key="contributions",
        title="Who contributed",
        sentence=f"{_told('Members of the public', public)} {_told('Other partners', others)}",
        head=("Kind of partner", "Contributions", "Confirmed by the partner", "Say what changed"),
        rows=(*_by_kind(public), *_by_kind(others)),
        foot=(
            _line("The public together", public),
            _line("Other partners together", others),
            _line("All", given),
        )
        if given
        else (),
        numeric=(1, 2, 3),
        period=day_span(period),
        denominator=f"{start_high(_words(len(given)))} to {touched} of {_projects(open_projects)} open in the period",
        missing=f"{_projects(max(open_projects - touched, 0))} without a contribution, and {_words(silent)} without a "
        f"word on what changed. {NOBODY}",
        computed_at=at,
        note=f"Agreed on the partner’s behalf, after it was read back: {sum(one.is_read_back for one in given)}. "
        "These are not counted as confirmed.",
    )


def _told(who: str, given: Sequence[Contribution]) -> str:
    if not given:
        return f"{who}: no contribution is recorded."
    times = {1: "once", 2: "twice"}.get(len(given), f"{len(given)} times")
    confirmed = sum(one.is_confirmed for one in given)
    return f"{who} contributed {times}, and confirmed {confirmed or 'none'} of these."


def _agrees(one: Contribution) -> str:
    if one.is_read_back:
        return "Agreed on their behalf"
    return "Confirmed" if one.is_confirmed else "Not confirmed yet"


def _by_kind(given: Iterable[Contribution]) -> list[tuple[Cell, ...]]:
    given = list(given)
    return [
        _line(kind, [one for one in given if one.kind == kind])
        for kind in sorted({one.kind for one in given})
    ]


def _line(name: str, given: Sequence[Contribution]) -> tuple[Cell, ...]:
    return (
        name,
        len(given),
        sum(one.is_confirmed for one in given),
        sum(bool(one.what_changed) for one in given),
    )


def changed_figure(given: Sequence[Contribution], *, period: Period, at: datetime.datetime) -> Figure:
    """What seems to have changed, in the words of whoever wrote it down; the public first. “Nothing” is an answer."""
    told = sorted((one for one in given if one.what_changed), key=lambda one: not one.is_public)
    return Figure(
        key="changed",
        title="What seems to have changed",
        sentence=f"{start_high(_words(len(told)))} {'says' if len(told) == 1 else 'say'} what seems to have changed. "
        "These are the words of whoever wrote it down; they claim no cause.",
        head=("Project", "From", "How, and when", "What seems to have changed", "Partner"),
        rows=tuple(
            (
                one.project,
                one.kind,
                f"{one.mode}: {one.stage.lower()}",
                one.what_changed,
                _agrees(one),
            )
            for one in told[:MOST_TOLD]
        ),
        period=day_span(period),
        denominator=f"{len(told)} of {_words(len(given))}",
        missing=f"{len(given) - len(told)} without an answer." if len(given) > len(told) else "Nothing.",
        computed_at=at,
        note=f"The first {MOST_TOLD} are shown." if len(told) > MOST_TOLD else "",
    )


def _words(number: int) -> str:
    return f"{number or 'no'} contribution{'' if number == 1 else 's'}"


def _projects(number: int) -> str:
    return f"{number} project{'' if number == 1 else 's'}"
