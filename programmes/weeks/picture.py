"""One's own picture of a residency: sentence, drawing and table of the same figures, for nobody else."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from embedded.accounts.models import Person
from embedded.charts import Bar, bar_chart, markup
from embedded.nhsuk.words import counted, minutes
from programmes.measures import own, own_rows
from programmes.measures.own import KindShare
from programmes.models import Place, RequestAnswer, Residency, UseInDecision

SPANS: Final = {"3": "The last 3 months", "12": "The last 12 months", "all": "All of it"}
NOT_SAID: Final = "Not said"


@dataclass(frozen=True)
class Picture:
    total: int
    sentence: str
    drawing: Markup
    kinds: list[KindShare]
    is_agreed: bool
    places: list[tuple[str, str]]
    projects: list[tuple[str, str]]
    asked: str
    uses: list[UseInDecision]


def picture_of(
    person: Person, residency: Residency, span: str, today: datetime.date, *, belongs: bool
) -> Picture:
    """`span` is one of SPANS; `belongs` while the person has a part in the residency."""
    since = first_day(span, today)
    spent = own_rows.spent(person, residency, since)
    agreed = {share.kind: share.percent for share in own_rows.shares_on(residency, today)}
    kinds = own.by_kind(spent, agreed)
    places = {str(place.label): own.by_place(spent).get(place.value, 0) for place in Place}
    return Picture(
        total=sum(one.minutes for one in spent),
        sentence=_sentence(kinds),
        drawing=_drawing(kinds),
        kinds=kinds,
        is_agreed=any(one.agreed is not None for one in kinds),
        places=_told(places | {NOT_SAID: own.by_place(spent).get("", 0)}),
        projects=_told(_projects(spent)),
        asked=_asked(person, residency, since),
        uses=own_rows.uses(person, residency, since, belongs=belongs),
    )


def first_day(span: str, today: datetime.date) -> datetime.date | None:
    """The first of the month with which the span begins, this month being its last; None for all of it."""
    if span == "all":
        return None
    months = today.year * 12 + today.month - int(span)
    return datetime.date(months // 12, months % 12 + 1, 1)


def _sentence(kinds: list[KindShare]) -> str:
    """What differs most from what was agreed; without an agreement, where most of the time went."""
    known = [one for one in kinds if one.share is not None]
    if not known:
        return "Nothing is logged in this time."
    if beside := [one for one in known if one.agreed is not None]:
        far = max(beside, key=lambda one: abs((one.share or 0) * 100 - (one.agreed or 0)))
        return f"{far.kind}: {far.said} of your time, {far.agreed}% agreed."
    most = max(known, key=lambda one: one.minutes)
    return (
        f"The largest part of your time, {most.said}, went into this: {most.kind[:1].lower()}{most.kind[1:]}."
    )


def _drawing(kinds: list[KindShare]) -> Markup:
    """Each kind as its part of a whole bar; what was agreed is a line across it."""
    marks = [None if one.agreed is None else one.agreed / 100 for one in kinds]
    bars = [
        Bar(one.kind, one.share or 0, one.said, mark=mark) for one, mark in zip(kinds, marks, strict=True)
    ]
    told = "The same figures are in the table"
    drawn = bar_chart("own-kinds", "Your time by kind of work", told, bars, most=1)
    return markup(drawn)


def _projects(spent: list[own.Spent]) -> dict[str, int]:
    """By title; what is on none at the end."""
    sums = own.by_project(spent)
    return {title or "No project": sums[title] for title in sorted(sums, key=lambda one: (not one, one))}


def _told(sums: dict[str, int]) -> list[tuple[str, str]]:
    return [(name, minutes(total)) for name, total in sums.items() if total]


def _asked(person: Person, residency: Residency, since: datetime.date | None) -> str:
    answers = own_rows.requests(person, residency, since)
    total = sum(answers.values())
    if not total:
        return "No request is entered in this time."
    parts = [
        f"{answers[answer.value]} {words}"
        for answer, words in (
            (RequestAnswer.YES, "yes"),
            (RequestAnswer.NOT_NOW, "not now"),
            (RequestAnswer.NO, "no"),
            (RequestAnswer.WAITING, "waiting for an answer"),
        )
        if answers[answer.value]
    ]
    return f"You were asked for {counted(total, 'thing', 'things')}: {', '.join(parts)}."
