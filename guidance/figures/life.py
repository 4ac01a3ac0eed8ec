"""Figures of time: the life of a residency, the calendar counted backwards, the first hundred days."""

from __future__ import annotations

from typing import Final

from embedded.charts.drawing import INK, line
from guidance.figures.parts import (
    BLUE,
    DEEP,
    EDGE,
    GREEN,
    LINE,
    MINT,
    SKY,
    SMALL,
    WHITE,
    Figure,
    badge,
    lines,
    panel,
    shape,
)

# domain.md §1.2: name and what is settled, each in lines of at most 19 letters
STAGES: Final = (
    (("Idea",), ("which problem,", "which decision,", "by when")),
    (("Planning", "together"), ("ten themes, with", "all who have a", "part in it")),
    (("Approval", "and money"), ("how long, how many", "days, who employs,", "who pays")),
    (("Recruiting",), ("duties, what is", "essential, who is", "on the panel")),
    (("Getting", "started"), ("permissions, checks,", "desk, log-ins")),
    (("The first", "100 days"), ("where to be, with", "whom; ground rules")),
    (("Running",), ("what to take on,", "what to refuse")),
    (("Review,", "half-way"), ("go on, change,", "extend or stop")),
    (("Ending",), ("who keeps data,", "tools and contacts")),
    (("Looking", "back"), ("what has lasted,", "and who says so")),
)
PITCH: Final = 136


def life() -> Figure:
    rows = "".join(_stage(number) for number in range(len(STAGES)))
    heads = lines(0, 14, ["Before it starts"], bold=True, fill=DEEP) + lines(
        0, 170, ["From day one to after the end"], bold=True, fill=GREEN
    )
    told = "; ".join(
        f"{number} {' '.join(name)}: {' '.join(settled).strip()}"
        for number, (name, settled) in enumerate(STAGES, 1)
    )
    return Figure(
        "The life of a residency in ten stages",
        f"Each stage and what is settled in it. Before it starts: {told.replace('; 6 The', '. From day one: 6 The')}.",
        288,
        heads + rows,
    )


def _stage(number: int) -> str:
    name, settled = STAGES[number]
    early = number < 5
    x, y = number % 5 * PITCH, 24 if early else 180
    fill, ink = (DEEP, WHITE) if early else (GREEN, WHITE)
    right = x + PITCH - 4
    chevron = [(x, y), (right - 12, y), (right, y + 26), (right - 12, y + 52), (x, y + 52), (x + 12, y + 26)]
    top = y + (31 if len(name) == 1 else 22)
    return (
        shape(chevron, fill)
        + lines(x + 20, top, [f"{number + 1}"], fill=ink, bold=True, points=SMALL)
        + lines(x + 40, top, name, fill=ink, bold=True, points=SMALL)
        + lines(x + 8, y + 74, settled, points=SMALL)
    )


# users.md §9, row 5.1: months before the start, and to whom one writes
LETTERS: Final = (
    (
        6,
        186,
        (("Sponsor, finance, university",), ("R&D, HR,", "information governance"), ("Two public partners",)),
    ),
    (4, 96, (("HR on both", "sides"), ("Both contracts", "offices"))),
    (3, 96, (("The person", "appointed"), ("Information", "governance"))),
    (2, 96, (("IT, estates,", "R&D, HR"),)),
    (1, 96, (("The team",), ("Researcher", "and partners"))),
)
MONTH: Final = 98


def calendar() -> Figure:
    axis = line(14, 46, 616, 46, EDGE, width=3)
    points = "".join(_letters(*row) for row in LETTERS)
    start = shape([(606, 18), (680, 18), (680, 74), (606, 74), (590, 46)], GREEN) + lines(
        642, 42, ["Start", "date"], at="middle", fill=WHITE, bold=True
    )
    told = "; ".join(
        f"{months} {_months(months)} before: {', '.join(' '.join(whom) for whom in groups)}"
        for months, _, groups in LETTERS
    )
    return Figure(
        "Counting back from the start date: who to write to", f"{told}.", 176, axis + points + start
    )


def _letters(months: int, width: float, groups: tuple[tuple[str, ...], ...]) -> str:
    x = (6 - months) * MONTH + 14
    drawn = lines(x - 12, 24, [f"{months} {_months(months)}"], bold=True, fill=DEEP)
    drawn += badge(x, 46, str(months)) + panel(x - 14, 72, width - 4, 100, SKY)
    y = 92.0
    for whom in groups:
        drawn += lines(x - 7, y, whom, points=SMALL)
        y += len(whom) * LINE + 7
    return drawn


def _months(months: int) -> str:
    return "month" if months == 1 else "months"


STEPS: Final = (
    ("Before day one", "Ready", ("A buddy, a badge,", "a log-in, a desk;", "the team knows")),
    ("Weeks 1 and 2", "Arrive", ("Ten people met,", "the two public", "partners too")),
    ("Weeks 3 to 6", "Look and help", ("Shadow, ask, read", "the agreement; one", "small useful thing")),
    ("Weeks 7 to 12", "Choose", ("One question on a", "page; its decision;", "“not now” to the rest")),
    ("Day 100", "Talk together", ("What has changed,", "what is missing,", "what do we stop?")),
)
RISE: Final = 26


def hundred_days() -> Figure:
    told = "; ".join(
        f"{number} {when}, {name}: {' '.join(what)}" for number, (when, name, what) in enumerate(STEPS, 1)
    )
    body = "".join(_step(number) for number in range(len(STEPS)))
    return Figure("The first 100 days in five steps", told, 236, body)


def _step(number: int) -> str:
    when, name, what = STEPS[number]
    x, y, last = number * PITCH, (4 - number) * RISE, number == len(STEPS) - 1
    fill, ink, top = (
        (DEEP, WHITE, DEEP) if last else (MINT if number == 0 else SKY, INK, GREEN if number == 0 else BLUE)
    )
    head = WHITE if last else DEEP
    return (
        panel(x, y, PITCH - 4, 236 - y, fill, round_by=0)
        + panel(x, y, PITCH - 4, 6, top, round_by=0)
        + lines(x + 8, y + 26, [when], points=SMALL, fill=ink)
        + lines(x + 8, y + 46, [name], bold=True, fill=head)
        + lines(x + 8, y + 68, what, points=SMALL, fill=ink)
    )
