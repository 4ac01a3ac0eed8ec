"""Projects: by what kind of work they are and by how far they have come."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from embedded.charts import Bar, bar_chart
from programmes.measures.figure import Figure, Words, listed, percent
from programmes.measures.period import Period, day_span, day_words


@dataclass(frozen=True)
class Work:
    """One project; `kind` and `stage` are the words that people see, `stage` the one it has now."""

    code: str
    kind: str
    is_classified: bool
    stage: str
    started_on: datetime.date
    ended_on: datetime.date | None

    def was_open_in(self, period: Period) -> bool:
        return self.started_on < period.end and (self.ended_on is None or self.ended_on >= period.start)

    def ended_in(self, period: Period) -> bool:
        return self.ended_on is not None and period.holds(self.ended_on)


def projects_by_kind_figure(
    projects: Sequence[Work], *, period: Period, kinds: Sequence[str], words: Words, at: datetime.datetime
) -> Figure:
    """All that were open on a day of the period, by kind of work in the order of `kinds`."""
    open_in = [work for work in projects if work.was_open_in(period)]
    undecided = sum(not work.is_classified for work in open_in)
    homes = len({work.code for work in open_in})
    lines = [
        (kind, len(of_kind), sum(work.ended_in(period) for work in of_kind))
        for kind in kinds
        for of_kind in [[work for work in open_in if work.kind == kind]]
    ]
    return Figure(
        key="projects-kind",
        title="By kind of work",
        sentence=f"{_projects(len(open_in))} {'was' if len(open_in) == 1 else 'were'} open in the period: "
        f"{listed([f'{number} {kind.lower()}' for kind, number, _ in lines if number])}."
        if open_in
        else "No project was open in the period.",
        svg=bar_chart(
            "projects-kind",
            f"Projects by kind of work, {day_span(period)}",
            "; ".join(f"{kind} {number}" for kind, number, _ in lines),
            [Bar(kind, number, str(number)) for kind, number, _ in lines],
        )
        if open_in
        else "",
        head=("Kind of work", "Open in the period", "Ended in it", "Share"),
        rows=tuple((kind, number, ended, percent(number, len(open_in))) for kind, number, ended in lines),
        foot=(
            ("All", len(open_in), sum(ended for _, _, ended in lines), percent(len(open_in), len(open_in))),
        ),
        numeric=(1, 2, 3),
        period=day_span(period),
        denominator=f"{_projects(len(open_in))} in {words.counted(homes)}",
        missing=f"{undecided} whose kind of work nobody has decided yet." if undecided else "Nothing.",
        computed_at=at,
    )


def projects_by_stage_figure(
    projects: Sequence[Work],
    *,
    period: Period,
    stages: Sequence[str],
    today: datetime.date,
    at: datetime.datetime,
) -> Figure:
    """Those of the period that are still open, by the stage they have now: earlier stages are not kept."""
    still = [work for work in projects if work.was_open_in(period) and work.ended_on is None]
    lines = [(stage, sum(work.stage == stage for work in still)) for stage in stages]
    return Figure(
        key="projects-stage",
        title="By stage",
        sentence=f"Of the projects still open on {day_words(today)}: "
        f"{listed([f'{number} at “{stage.lower()}”' for stage, number in lines if number])}."
        if still
        else "None of them is still open.",
        head=("Stage", "Projects", "Share"),
        rows=tuple((stage, number, percent(number, len(still))) for stage, number in lines) if still else (),
        foot=(("All", len(still), percent(len(still), len(still))),) if still else (),
        numeric=(1, 2),
        period=f"On {day_words(today)}",
        denominator=f"{_projects(len(still))} open in the period and still open",
        missing="The stages that they had earlier are not kept.",
        computed_at=at,
    )


def _projects(number: int) -> str:
    return f"{number} project{'' if number == 1 else 's'}"
