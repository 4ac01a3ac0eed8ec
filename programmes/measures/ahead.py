"""Dates ahead: what is going to happen in the next days, from the facts that the rules look at too. standing.sql picks
and counts them by the same days."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from programmes.measures.attention import lapse_of
from programmes.measures.facts import Facts

DAYS_AHEAD: Final = 90
BEFORE_START: Final = ("scoping", "approved", "recruiting", "onboarding")
GOING_ON: Final = ("active", "paused", "closing")
OVER: Final = ("ended", "legacy", "terminated_early")


@dataclass(frozen=True)
class Ahead:
    """A date to come; `page` and `args` name the address where it is seen to."""

    day: datetime.date
    words: str
    code: str
    title: str
    page: str
    args: tuple[object, ...]


def dates_ahead(facts: Iterable[Facts], today: datetime.date, days: int = DAYS_AHEAD) -> list[Ahead]:
    """From today on, the day itself included, before `days` have passed; the nearest first."""
    until = today + datetime.timedelta(days=days)
    found = [ahead for one in facts for ahead in _of(one, today) if today <= ahead.day < until]
    return sorted(found, key=lambda ahead: (ahead.day, ahead.code, ahead.words))


def _of(facts: Facts, today: datetime.date) -> Iterator[Ahead]:
    def ahead(day: datetime.date, words: str, page: str, *more: object) -> Ahead:
        return Ahead(day, words, facts.code, facts.title, page, (facts.slug, facts.code, *more))

    if facts.stage in BEFORE_START and facts.planned_start:
        yield ahead(facts.planned_start, "Is planned to start", "residency")
    if facts.stage == "paused" and facts.review_on:
        yield ahead(facts.review_on, "Is looked at again: does it go on?", "course")
    elif facts.stage in OVER and facts.review_on:
        yield ahead(facts.review_on, "Looking back: what lasted?", "looking_back")
    elif facts.review_on:
        yield ahead(facts.review_on, "Is looked at again", "course")
    if facts.stage in GOING_ON and facts.end:
        yield ahead(facts.end, "Is planned to end", "steering")
    if facts.stage in BEFORE_START + GOING_ON:
        if facts.decision_by:
            yield ahead(facts.decision_by, "The decision that it should inform is made", "residency")
        for condition in facts.conditions:
            yield ahead(condition.due, f"Condition due: {condition.what}", "condition_met", condition.pk)
    if facts.stage in GOING_ON:
        for project in facts.projects:
            if project.feedback_due:
                yield ahead(
                    project.feedback_due, f"First feedback due: {project.title}", "project", project.pk
                )
    for item in facts.items if facts.stage in (*GOING_ON, "onboarding") else ():
        if day := lapse_of(item, facts, today):
            yield ahead(day, f"{item.name} runs out", "access_item", item.pk)
