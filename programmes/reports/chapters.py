"""The chapters of a report, in the order in which readers ask: what came of it first, hours last."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Final

from programmes.lifecycle import STAGE_WORDS, stage_word
from programmes.measures.access_figures import access_readiness_figure
from programmes.measures.access_times import access_readiness
from programmes.measures.attention import signals
from programmes.measures.attention_counts import attention_figure
from programmes.measures.decisions import decisions_figure
from programmes.measures.fairness import fairness_figure
from programmes.measures.figure import Figure, Words, start_high
from programmes.measures.figures import activity_mix_figure
from programmes.measures.involvement import changed_figure, contributions_figure
from programmes.measures.period import Period, day_words
from programmes.measures.posts import posts_figure
from programmes.measures.projects import projects_by_kind_figure, projects_by_stage_figure
from programmes.measures.stages import list_figure, stages_figure, steps_figure
from programmes.models import Classification, LifecycleStage, Programme
from programmes.reports.content import Chapter
from programmes.reports.gathering import Gathered

MOST_ROWS: Final = 250
OVER: Final = ("ended", "legacy", "declined", "withdrawn", "terminated_early")
BRIEF: Final = (
    "The notes that people keep are never read for a report. What is logged is told by kind, for whole months that "
    "are over and rest on at least five people; nobody’s own hours are shown."
)


@dataclass(frozen=True)
class Frame:
    """What every figure of one report shares."""

    programme: Programme
    period: Period
    today: datetime.date
    at: datetime.datetime

    @property
    def words(self) -> Words:
        return Words(self.programme.residency_word, self.programme.residencies_word)

    @property
    def researchers(self) -> Words:
        return Words(self.programme.researcher_word, self.programme.researchers_word)


def chapters(gathered: Gathered, frame: Frame) -> tuple[Chapter, ...]:
    many = frame.words.many
    as_of = (
        f"As it stood on {day_words(frame.today)}, when this report was made: earlier states are not kept."
    )
    found = (
        Chapter("decisions", "Used in decisions", "", (_decisions(gathered, frame),)),
        Chapter("partners", "Partners and what they contributed", "", _partners(gathered, frame)),
        Chapter("stages", f"The {many}", "", _stages(gathered, frame)),
        Chapter("people", f"The {frame.researchers.many}", "", (_posts(gathered, frame),)),
        Chapter("projects", "Projects", "", _projects(gathered, frame)),
        Chapter("fairness", "Whose health or care should become fairer", "", (_fairness(gathered, frame),)),
        Chapter("time", "What the time went into", BRIEF, (_mix(gathered, frame),)),
        Chapter("access", "Access", as_of, (_access(gathered, frame),)),
        Chapter("attention", "What needs attention", as_of, (_attention(gathered, frame),)),
    )
    return tuple(replace(chapter, figures=tuple(map(_bounded, chapter.figures))) for chapter in found)


def _bounded(figure: Figure) -> Figure:
    """No table so long that the report cannot be printed (trust.md F6); its sums stay whole."""
    if len(figure.rows) <= MOST_ROWS:
        return figure
    told = (
        f"The first {MOST_ROWS} of {len(figure.rows)} lines are shown; sums and sentences count all of them."
    )
    return replace(figure, rows=figure.rows[:MOST_ROWS], note=f"{figure.note} {told}".strip())


def _decisions(gathered: Gathered, frame: Frame) -> Figure:
    ran = [life.code for life in gathered.lives if life.ran_in(frame.period)]
    return decisions_figure(gathered.uses, ran=ran, period=frame.period, words=frame.words, at=frame.at)


def _partners(gathered: Gathered, frame: Frame) -> tuple[Figure, ...]:
    open_projects = sum(work.was_open_in(frame.period) for work in gathered.projects)
    return (
        changed_figure(gathered.given, period=frame.period, at=frame.at),
        contributions_figure(gathered.given, open_projects=open_projects, period=frame.period, at=frame.at),
    )


def _stages(gathered: Gathered, frame: Frame) -> tuple[Figure, ...]:
    period, words, at = frame.period, frame.words, frame.at
    order = tuple(STAGE_WORDS)
    return (
        stages_figure(gathered.lives, period=period, word_of=stage_word, order=order, words=words, at=at),
        steps_figure(gathered.lives, period=period, words=words, at=at),
        list_figure(gathered.lives, period=period, word_of=stage_word, words=words, at=at),
    )


def _posts(gathered: Gathered, frame: Frame) -> Figure:
    running = [life.code for life in gathered.lives if life.stage_before(frame.period.end) == "active"]
    return posts_figure(
        gathered.posts, running=running, period=frame.period, researchers=frame.researchers, at=frame.at
    )


def _projects(gathered: Gathered, frame: Frame) -> tuple[Figure, ...]:
    kinds, stages = list(Classification.labels), list(LifecycleStage.labels)
    period, at = frame.period, frame.at
    return (
        projects_by_kind_figure(gathered.projects, period=period, kinds=kinds, words=frame.words, at=at),
        projects_by_stage_figure(gathered.projects, period=period, stages=stages, today=frame.today, at=at),
    )


def _fairness(gathered: Gathered, frame: Frame) -> Figure:
    return fairness_figure(gathered.answers, period=frame.period, words=frame.words, at=frame.at)


def _mix(gathered: Gathered, frame: Frame) -> Figure:
    if not gathered.logged:
        return _no_month(frame)
    ran = {life.code for life in gathered.lives if life.ran_in(frame.period)}
    return activity_mix_figure(
        gathered.logged,
        running=len(ran),
        silent=len(ran - gathered.with_log),
        words=frame.words,
        at=frame.at,
        hidden=gathered.hidden,
    )


def _no_month(frame: Frame) -> Figure:
    return Figure(
        key="mix",
        title="What the time went into",
        sentence="No month of this period is over yet, so there is nothing to show.",
        head=(),
        rows=(),
        period="Whole months that are over",
        denominator="no month",
        missing="Everything of the month that is running.",
        computed_at=frame.at,
    )


def _access(gathered: Gathered, frame: Frame) -> Figure:
    return access_readiness_figure(
        access_readiness(gathered.facts, frame.today), today=frame.today, at=frame.at
    )


def _attention(gathered: Gathered, frame: Frame) -> Figure:
    programme = frame.programme
    found = signals(
        gathered.facts,
        today=frame.today,
        rules_on=programme.rules_on,
        expiring_within_days=programme.expiring_within_days,
    )
    return attention_figure(
        found,
        rules_on=programme.rules_on,
        looked_at=sum(one.stage not in OVER for one in gathered.facts),
        today=frame.today,
        words=frame.words,
        at=frame.at,
    )


def definitions(frame: Frame) -> tuple[tuple[str, str], ...]:
    """What the words of the report mean, for those who have to defend a figure."""
    one, many = frame.words.one, frame.words.many
    return (
        (
            "Snapshot",
            "All figures were read at one moment, the time of making. They do not change when the records do; "
            "what was entered later is in a later report.",
        ),
        (
            start_high(one),
            f"Counted from the day on which it was registered, or brought in with its true dates. A {one} ran in the "
            "period if it was running on at least one day of it.",
        ),
        (
            "Stages",
            "Being planned: an idea, or waiting for approval. Being set up: approved, recruiting, getting ready to "
            "start. Running. Paused. Ending. Ended: also stopped early, withdrawn and declined.",
        ),
        (
            "Whole-time equivalents",
            "The shares of full time of all posts, added up as they stand in the record today.",
        ),
        (
            "Used in a decision",
            "Somebody recorded what was used, which decision, who made it and when. Confirmed means that the host "
            "said so by a link of their own; until then it is the account of whoever wrote it down.",
        ),
        (
            "Contribution",
            "What a partner did at one time in a project. The public are patients, service users, carers and "
            "members of the public; they are counted apart. Confirmed means that the partner agreed.",
        ),
        (
            "What seems to have changed",
            "People’s own words. Nothing here measures effect, and nothing here claims that one thing caused another.",
        ),
        (
            "Kinds of time",
            "Minutes logged by the people themselves, by kind, added up over whole months that are over. A month in "
            "which fewer than five people logged is hidden and counted in no total.",
        ),
        (
            "Access",
            "Permissions and practical things that are needed, in place, and not past their last day.",
        ),
        (
            "Missing",
            "Stated beside every figure. Not recorded does not mean not done: a small figure can be a gap in the "
            f"records. No {one}, host or person is ranked, and {many} are listed by code.",
        ),
    )
