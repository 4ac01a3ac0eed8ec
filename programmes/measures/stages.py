"""Stages over time: where each residency stood when a period began and ended, and the steps in between."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from embedded.charts import Bar, bar_chart
from programmes.measures.figure import Figure, Words, listed, start_high
from programmes.measures.period import Period, day_span, day_words

# What a step is called, by the stage that it leads to
STEPS_IN_WORDS: Final = {
    "idea": "returned with a reason",
    "scoping": "sent for approval",
    "approved": "approved",
    "declined": "declined",
    "recruiting": "began recruiting",
    "onboarding": "had somebody named",
    "active": "started",
    "paused": "paused",
    "closing": "began to end",
    "ended": "ended",
    "terminated_early": "stopped early",
    "withdrawn": "withdrawn",
    "legacy": "began to look back",
}
WENT_ON: Final = "went on after a pause"


@dataclass(frozen=True)
class Step:
    """From one fine stage to another; `before` is "" where it was first heard of."""

    on: datetime.date
    before: str
    after: str

    @property
    def words(self) -> str:
        return WENT_ON if (self.before, self.after) == ("paused", "active") else STEPS_IN_WORDS[self.after]


@dataclass(frozen=True)
class Life:
    """One residency: the fine stage it has now, the day it became known, its steps in the order of their days."""

    code: str
    title: str
    host: str
    stage: str
    known_since: datetime.date
    steps: tuple[Step, ...] = ()

    def stage_before(self, day: datetime.date) -> str | None:
        """What all steps before that day had led to; None while it was not known."""
        earlier = [step for step in self.steps if step.on < day]
        later = self.steps[len(earlier) :]
        if not earlier and self.known_since >= day:
            return None
        return (later[0].before or None) if later else self.stage

    def ran_in(self, period: Period) -> bool:
        """Running on at least one day of the period."""
        began = any(step.after == "active" and period.holds(step.on) for step in self.steps)
        return began or self.stage_before(period.start) == "active"


def stages_figure(
    lives: Sequence[Life],
    *,
    period: Period,
    word_of: Callable[[str], str],
    order: Sequence[str],
    words: Words,
    at: datetime.datetime,
) -> Figure:
    """How many stood at each plain stage when the period began and when it ended. `word_of` gives the plain word of a
    fine stage, `order` all plain words in the order of a life."""
    first = Counter(word_of(stage) for life in lives if (stage := life.stage_before(period.start)))
    last = Counter(word_of(stage) for life in lives if (stage := life.stage_before(period.end)))
    shown = [(start_high(word), first[word], last[word], _signed(last[word] - first[word])) for word in order]
    ran = sum(life.ran_in(period) for life in lives)
    there = last.total()
    return Figure(
        key="stages",
        title="By stage",
        sentence=f"{start_high(words.counted(ran))} {'was' if ran == 1 else 'were'} running for at least a day of the "
        f"period. On {day_words(period.last)} there {'was' if there == 1 else 'were'} {words.counted(there)} in all"
        + (f": {listed([f'{last[word]} {word}' for word in order if last[word]])}." if there else "."),
        svg=_drawn(shown, period, words) if there else "",
        head=("Stage", f"On {day_words(period.start)}", f"On {day_words(period.last)}", "Change"),
        rows=tuple(shown),
        foot=(("All", first.total(), there, _signed(there - first.total())),),
        numeric=(1, 2, 3),
        period=day_span(period),
        denominator=f"{words.counted(there)} known on {day_words(period.last)}",
        missing="Nothing." if lives else f"There are no {words.many} yet.",
        computed_at=at,
        note="The first column shows how it stood before anything happened on that day.",
    )


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else str(number).replace("-", "−")


def _drawn(shown: Sequence[tuple[str, int, int, str]], period: Period, words: Words) -> str:
    return bar_chart(
        "stages",
        f"{start_high(words.many)} by stage on {day_words(period.last)}",
        "; ".join(f"{word} {now}" for word, _, now, _ in shown),
        [Bar(word, now, str(now)) for word, _, now, _ in shown],
    )


def steps_figure(lives: Sequence[Life], *, period: Period, words: Words, at: datetime.datetime) -> Figure:
    """What happened in the period: how many took which step, in the order of a life."""
    taken = [step for life in lives for step in life.steps if period.holds(step.on) and step.before]
    taken += [step for life in lives for step in life.steps if period.holds(step.on) and _is_new(step)]
    counts = Counter(step.words for step in taken)
    order = [*STEPS_IN_WORDS.values(), WENT_ON]
    shown = [(start_high(word), counts[word]) for word in order if counts[word]]
    new = sum(
        life.stage_before(period.start) is None and life.stage_before(period.end) is not None
        for life in lives
    )
    told = listed([f"{number} {word.lower()}" for word, number in shown])
    return Figure(
        key="steps",
        title="What changed",
        sentence=f"{start_high(words.counted(new))} became known in the period. "
        + (f"In the order of a life: {told}." if told else "No step was taken."),
        head=("Step", "How often"),
        rows=tuple(shown),
        numeric=(1,),
        period=day_span(period),
        denominator=f"{sum(counts.values())} steps of {words.counted(len(lives))}",
        missing="Steps that nobody has recorded yet. Not recorded does not mean not done.",
        computed_at=at,
    )


def _is_new(step: Step) -> bool:
    """The first row of one that was brought in while it was under way; saving an idea is no step."""
    return not step.before and step.after != "idea"


def list_figure(
    lives: Sequence[Life],
    *,
    period: Period,
    word_of: Callable[[str], str],
    words: Words,
    at: datetime.datetime,
) -> Figure:
    """Each by its code, never by a number: nothing here is a rank."""
    there = [(life, stage) for life in lives if (stage := life.stage_before(period.end))]
    return Figure(
        key="list",
        title="Each of them",
        sentence=f"{start_high(words.counted(len(there)))} known on {day_words(period.last)}, by their codes."
        if there
        else f"There are no {words.many} yet.",
        head=("Code", "Title", "Host", "Stage"),
        rows=tuple(
            (life.code, life.title, life.host or "Not recorded", start_high(word_of(stage)))
            for life, stage in there
        ),
        period=f"On {day_words(period.last)}",
        denominator=words.counted(len(there)),
        missing=_hostless(sum(not life.host for life, _ in there)),
        computed_at=at,
    )


def _hostless(number: int) -> str:
    return f"{number} without a host." if number else "Nothing."
