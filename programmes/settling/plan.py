"""The first hundred days as a list, made from what the record knows: by week, with the names of the people in it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from programmes.models import Residency

WEEKS: Final = 15
WEEK: Final = datetime.timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """One thing to do by the end of a week; `page` is the name of an address of the residency where it is done."""

    key: str
    week: int
    words: str
    page: str = ""


@dataclass(frozen=True)
class Kept:
    """What somebody keeps of their list: a line of the record (`key`) that they ticked, or one in their own words."""

    pk: int
    key: str
    week: int
    words: str
    done_on: datetime.date | None


@dataclass(frozen=True)
class Shown:
    """A line as the page shows it; `value` is what its button sends."""

    value: str
    week: int
    words: str
    page: str
    by: datetime.date | None
    done_on: datetime.date | None
    is_own: bool


def from_the_record(residency: Residency) -> Iterator[Line]:
    """The lines that this residency has reason for."""
    manager = residency.host_manager_name or "your manager at the host"
    supervisors = residency.academic_supervisors or "your academic supervisor"
    yield Line("manager", 1, f"Meet {manager}: where you sit, which days, whom to ask first")
    if residency.navigator_name:
        yield Line("navigator", 1, f"Go round with {residency.navigator_name}, who knows the place")
    yield Line("access", 1, "See what is missing of your access, and who sees to it", "access")
    yield Line("log", 1, "Log your first day", "log")
    if residency.host_supervisor_name:
        yield Line(
            "host_supervisor", 2, f"Meet {residency.host_supervisor_name}, your supervisor at the host"
        )
    yield Line("supervisor", 2, f"Meet {supervisors}, and agree how often you meet", "supervision")
    yield Line("agreement", 2, "Read how you work together, and say what is not right", "agreements")
    yield Line("plan", 3, "Read what was planned together, and ask about it", "planning")
    if residency.mentor_name:
        yield Line("mentor", 4, f"Meet {residency.mentor_name}, who thinks along")
    yield Line("time", 4, "Agree what the time is for", "focus")
    yield Line("asking", 4, "Agree how work is asked for, and keep requests on one list", "focus")
    yield Line("people", 6, "Have met people in at least three teams, where they work")
    yield Line("help", 7, "Have done one small thing that somebody asked for")
    yield Line("project", 8, "Have the first project written down, with a partner", "projects")
    if residency.public_partners_in_guiding_group:
        yield Line("public", 10, "Have met the members of the public who help to guide it")
    if residency.sponsor_name:
        yield Line("sponsor", 12, f"Have told {residency.sponsor_name} what you found so far")
    yield Line("look", 14, "Look at it together: what works, what to change", "planning")


def shown(residency: Residency, kept: list[Kept], start: datetime.date | None) -> list[Shown]:
    """Lines of the record with their ticks, and one's own, by week; `start` gives each week its last day."""
    done = {line.key: line.done_on for line in kept if line.key}
    found = [
        Shown(line.key, line.week, line.words, line.page, _by(line.week, start), done.get(line.key), False)
        for line in from_the_record(residency)
    ]
    found += [
        Shown(f"own-{line.pk}", line.week, line.words, "", _by(line.week, start), line.done_on, True)
        for line in kept
        if not line.key
    ]
    return sorted(found, key=lambda line: line.week)


def _by(week: int, start: datetime.date | None) -> datetime.date | None:
    return start + week * WEEK - datetime.timedelta(days=1) if start else None


def week_of(start: datetime.date | None, today: datetime.date) -> int | None:
    """The week of the hundred days that a day is in; None before and after them."""
    if start is None or today < start:
        return None
    week = (today - start) // WEEK + 1
    return week if week <= WEEKS else None
