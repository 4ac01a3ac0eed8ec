"""Whose health or care should become fairer, and who is likely to be missed: the answers as they were given."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from programmes.measures.figure import Figure, Words, start_high
from programmes.measures.period import Period, day_words

LONGEST: Final = 1_500  # characters of one answer that a report repeats


@dataclass(frozen=True)
class Answer:
    """`text` is "" where the question, which is optional, was left."""

    code: str
    title: str
    text: str


def fairness_figure(
    answers: Sequence[Answer], *, period: Period, words: Words, at: datetime.datetime
) -> Figure:
    given = [answer for answer in answers if answer.text]
    return Figure(
        key="fairness",
        title="Whose health or care should become fairer",
        sentence=f"{start_high(words.counted(len(given)))} {'says' if len(given) == 1 else 'say'} whose health or care "
        "should become fairer, and who is likely to be missed.",
        head=("Code", "Title", "Whose health or care should become fairer, and who is likely to be missed"),
        rows=tuple((answer.code, answer.title, shortened(answer.text)) for answer in given),
        period=f"On {day_words(period.last)}",
        denominator=f"{words.counted(len(answers))} known then, those declined or withdrawn left out",
        missing=f"{len(answers) - len(given)} without an answer: the question is optional."
        if len(answers) > len(given)
        else "Nothing.",
        computed_at=at,
    )


def shortened(text: str) -> str:
    """The text, cut with an ellipsis where a report could not hold it."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"
