"""Ten questions that tell whether an organisation is ready for an embedded researcher (domain.md §5.1). What is
answered stands in the address of the result and nowhere else: it is neither stored nor logged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from embedded.nhsuk.forms import NhsForm, RadioField

YES, WORKING, NO = "yes", "working", "no"
ANSWERS: Final = [(YES, "Yes"), (WORKING, "We are working on it"), (NO, "No")]


@dataclass(frozen=True)
class Question:
    """What is asked, what it means when it is there, and what to do when it is not."""

    name: str
    asked: str
    ready: str
    first: str


QUESTIONS: Final = (
    Question(
        "sponsor",
        "Is there somebody at board level who will stand behind it, by name?",
        "Somebody at board level stands behind it.",
        "Ask one person at board level to stand behind it, and write down their name.",
    ),
    Question(
        "decision",
        "Is there a decision coming up that it could inform?",
        "There is a decision that it could inform.",
        "Find the decision that should come out differently, who makes it and by when.",
    ),
    Question(
        "supervisor",
        "Does somebody on your side have time to manage the researcher, an hour a week or more?",
        "Somebody has time to manage the researcher.",
        "Agree who manages the researcher from day to day, and take an hour a week out of that person's other work.",
    ),
    Question(
        "desk",
        "Do you know where the researcher would sit, and who sees to access to buildings and computers?",
        "There is a place to work, and somebody sees to access.",
        "Find a desk in the team, and ask your research office how long permission to be on site takes.",
    ),
    Question(
        "money",
        "Is there money for it, with a part for involving patients and the public?",
        "There is money, with a part for involving the public.",
        "Find out who could pay, and put aside money for involving patients and the public from the start.",
    ),
    Question(
        "public",
        "Is a member of the public part of it from the start?",
        "A member of the public is part of it from the start.",
        "Ask two members of the public to help to shape it, before the plan is written.",
    ),
    Question(
        "publish",
        "Is it agreed that findings may be published, whatever they say?",
        "It is agreed that findings may be published.",
        "Agree in writing that findings may be published, and who reads them first, for how long.",
    ),
    Question(
        "news",
        "Do you know who would hear uncomfortable findings first, and what happens then?",
        "There is a way for uncomfortable findings to be heard.",
        "Agree who hears uncomfortable findings first, in which room, and what happens next.",
    ),
    Question(
        "refusing",
        "Is there a way for the researcher to say no to a request?",
        "The researcher can say no to a request.",
        "Name one person through whom requests go, so that the researcher can say no without falling out.",
    ),
    Question(
        "ending",
        "Do you know how it would end, and what stays?",
        "There is a plan for the end.",
        "Write three lines about the end: when you decide, who takes over, what stays.",
    ),
)


class ReadyForm(NhsForm):
    """Ten questions; none has to be answered."""

    def __init__(self, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        for one in QUESTIONS:
            field = RadioField(one.asked, ANSWERS, required=False, small=True)
            field.marks_optional = False
            self.fields[one.name] = field


@dataclass(frozen=True)
class Result:
    """What is there, what is on its way, what to do first; `summary` in one sentence."""

    summary: str
    ready: list[str]
    under_way: list[str]
    first: list[str]
    unanswered: int


def result_of(answers: Mapping[str, str]) -> Result | None:
    """What the answers say; None where there are none."""
    given = {one: answers.get(one.name, "") for one in QUESTIONS}
    ready = [one.ready for one, answer in given.items() if answer == YES]
    under_way = [one.first for one, answer in given.items() if answer == WORKING]
    first = [one.first for one, answer in given.items() if answer == NO]
    answered = len(ready) + len(under_way) + len(first)
    if not answered:
        return None
    return Result(
        _summary(len(ready), len(first), answered), ready, under_way, first, len(QUESTIONS) - answered
    )


def _summary(ready: int, lacking: int, answered: int) -> str:
    if ready == len(QUESTIONS):
        return "You are ready. Talk to a programme now."
    if not ready and not lacking:
        return "You are on your way, and nothing is in place yet. Go on with the list below."
    if not lacking and 2 * ready < answered:
        return f"You are on your way: {ready} of {answered} are in place. Go on with the list below."
    if not lacking:
        return f"You are nearly there: {ready} of {answered} are in place, and the rest is on its way."
    if ready >= lacking:
        return f"You have a good start: {ready} of {answered} are in place. See to the list below before you begin."
    return "It is early. Begin with the list below, and talk to a programme while you do: they can help."
