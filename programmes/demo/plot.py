"""What a pretend residency is told by: plain facts, in days from the day of telling (-600: twenty months ago)."""

from __future__ import annotations

from dataclasses import dataclass

from programmes.demo.cast import Actor


@dataclass(frozen=True)
class ProjectStory:
    title: str
    question: str
    classification: str
    stage: str
    started: int
    partners: tuple[tuple[str, str], ...] = ()
    contributions: tuple[tuple[str, str, str, str, int, str], ...] = ()
    """Each: partner, stage, mode, what they did or said, day, what changed."""


@dataclass(frozen=True)
class UseStory:
    what: str
    decision: str
    decided_by: str
    day: int
    written: str = ""
    outcome: str = "used"
    confirmed_by: str = ""
    project: str = ""


@dataclass(frozen=True)
class Story:
    """One residency. `goes_to` is how far it gets; `stands` says how each access item stands by its kind:
    "missing", "asked", "problem", or the days until it runs out (None: in place for good)."""

    title: str
    host: str
    theme: str
    manager: Actor
    goes_to: str
    registered: int
    start: int
    end: int
    home: str = "DEMO-WRENFORD"
    site: str = ""
    problem: str = ""
    decision: str = ""
    decision_by: int = 0
    difference: str = ""
    how_known: str = ""
    fairer_for: str = ""
    topics: tuple[str, ...] = ()
    researcher: Actor | None = None
    days_a_week: str = "3"
    money: str = ""
    why: str = ""
    conditions: tuple[tuple[str, str, int, bool], ...] = ()
    stands: tuple[tuple[str, str | int | None], ...] = ()
    projects: tuple[ProjectStory, ...] = ()
    uses: tuple[UseStory, ...] = ()
    group: str = ""
    public_partners: int | None = None
    sponsor: str = ""
    sponsor_left: int = 0
    navigator: str = ""
    exit_plan: int = 0
    logs_until: int = 0
    rhythm: str = "steady"
    adopted: bool = False
