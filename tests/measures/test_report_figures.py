"""The measures that only reports tell: where things stood on a day, posts, projects, contributions, attention."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.lifecycle import STAGE_WORDS, STEPS, stage_word
from programmes.measures.attention import RULE_WORDS
from programmes.measures.attention_counts import attention_figure
from programmes.measures.decisions import decisions_figure
from programmes.measures.fairness import LONGEST, Answer, fairness_figure
from programmes.measures.figure import Figure, Words
from programmes.measures.happenings import Use
from programmes.measures.involvement import Contribution, changed_figure, contributions_figure
from programmes.measures.period import Period
from programmes.measures.posts import Post, posts_figure
from programmes.measures.projects import Work, projects_by_kind_figure
from programmes.measures.stages import STEPS_IN_WORDS, Life, Step, stages_figure, steps_figure

START, END = datetime.date(2026, 7, 1), datetime.date(2026, 10, 1)
QUARTER = Period(START, END)
AT = datetime.datetime(2026, 11, 22, 14, 5, tzinfo=datetime.UTC)
WORDS = Words()
ONE_DAY = datetime.timedelta(days=1)

days = st.dates(START - 200 * ONE_DAY, END + 200 * ONE_DAY)


def cells(figure: Figure) -> dict[Any, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in figure.rows + figure.foot}


# stages


@st.composite
def lives(draw: st.DrawFn) -> Life:
    """A way through the lifecycle's own table, one step after the other."""
    stage, on, taken = "idea", draw(days), []
    known = on
    for _ in range(draw(st.integers(0, 6))):
        steps = [step for step in STEPS.values() if stage in step.sources]
        if not steps:
            break
        step = draw(st.sampled_from(steps))
        on += draw(st.integers(0, 90)) * ONE_DAY
        taken.append(Step(on, stage, step.target.value))
        stage = step.target.value
    return Life("TST-2026-001", "Title", "Host", stage, known, tuple(taken))


@given(lives(), days)
def test_stage_before_a_day_is_what_a_replay_gives(life: Life, day: datetime.date) -> None:
    """The oracle walks forward through the days; the measure looks back from now."""
    stage = "idea" if life.known_since < day else None
    for step in life.steps:
        if step.on < day:
            stage = step.after
    assert life.stage_before(day) == stage


@given(st.lists(lives(), max_size=8))
def test_stages_of_both_days_add_up(found: list[Life]) -> None:
    order = tuple(STAGE_WORDS)
    figure = stages_figure(found, period=QUARTER, word_of=stage_word, order=order, words=WORDS, at=AT)
    for column in (1, 2):
        assert sum(row[column] for row in figure.rows) == figure.foot[0][column]
    assert figure.foot[0][1] <= figure.foot[0][2]


@pytest.mark.parametrize(
    ("on", "ran"),
    [(START - ONE_DAY, True), (START, True), (END - ONE_DAY, True), (END, False)],
)
def test_what_started_by_the_last_day_ran_in_the_period(on: datetime.date, ran: bool) -> None:
    life = Life("A", "T", "H", "active", START - 90 * ONE_DAY, (Step(on, "onboarding", "active"),))
    assert life.ran_in(QUARTER) == ran


@pytest.mark.parametrize(("on", "ran"), [(START - ONE_DAY, False), (START, True)])
def test_what_ended_before_the_first_day_did_not_run(on: datetime.date, ran: bool) -> None:
    began = Step(START - 90 * ONE_DAY, "onboarding", "active")
    life = Life("A", "T", "H", "closing", began.on, (began, Step(on, "active", "closing")))
    assert life.ran_in(QUARTER) == ran


def test_one_brought_in_later_stands_where_it_truly_stood() -> None:
    """Adopted: its first rows have no stage before them, and days long before it was entered."""
    steps = (Step(START - 50 * ONE_DAY, "", "approved"), Step(START + ONE_DAY, "approved", "active"))
    life = Life("A", "T", "H", "active", END + ONE_DAY, steps)
    assert [life.stage_before(d) for d in (steps[0].on, START, END)] == [None, "approved", "active"]


def test_every_stage_that_a_step_can_lead_to_has_words() -> None:
    assert {step.target.value for step in STEPS.values()} <= set(STEPS_IN_WORDS)


def test_going_on_after_a_pause_is_not_a_start() -> None:
    steps = (Step(START, "active", "paused"), Step(START + ONE_DAY, "paused", "active"))
    found = [Life("A", "T", "H", "active", START - ONE_DAY, steps)]
    shown = cells(steps_figure(found, period=QUARTER, words=WORDS, at=AT))
    assert shown == {"Paused": (1,), "Went on after a pause": (1,)}


# posts


@st.composite
def posts(draw: st.DrawFn) -> list[Post]:
    found = []
    for key in range(draw(st.integers(0, 8))):
        start = draw(days)
        end = draw(st.none() | st.integers(1, 300).map(lambda number, begun=start: begun + number * ONE_DAY))
        found.append(Post(key, "A", draw(st.integers(1, 3)), Decimal("0.40"), start, end))
    return found


@given(posts())
def test_posts_of_the_first_day_plus_begun_less_ended_are_those_of_the_last(found: list[Post]) -> None:
    figure = posts_figure(found, running=[], period=QUARTER, researchers=WORDS, at=AT)
    first, begun, ended, last = [row[1] for row in figure.rows]
    assert first + begun - ended == last == sum(post.is_held_on(QUARTER.last) for post in found)
    held = [post for post in found if post.start < END and (post.end is None or post.end > START)]
    assert first + begun == len(held)


@pytest.mark.parametrize(("end", "held"), [(END - ONE_DAY, False), (END, True), (None, True)])
def test_a_post_is_held_up_to_the_day_before_its_end(end: datetime.date | None, held: bool) -> None:
    assert Post(1, "A", 1, Decimal(1), START, end).is_held_on(QUARTER.last) == held


def test_what_runs_without_anybody_named_is_missing() -> None:
    figure = posts_figure([], running=["A", "B"], period=QUARTER, researchers=WORDS, at=AT)
    assert figure.missing == "2 running without anybody named."


# projects


@pytest.mark.parametrize(
    ("started", "ended", "open_in"),
    [
        (END, None, False),
        (END - ONE_DAY, None, True),
        (START - ONE_DAY, START - ONE_DAY, False),
        (START - ONE_DAY, START, True),
    ],
)
def test_a_project_is_open_in_the_period_on_either_edge(
    started: datetime.date, ended: datetime.date | None, open_in: bool
) -> None:
    work = Work("A", "Research", True, "Sharing it", started, ended)
    assert work.was_open_in(QUARTER) == open_in


def test_no_project_is_no_data_and_not_nought() -> None:
    figure = projects_by_kind_figure([], period=QUARTER, kinds=["Research"], words=WORDS, at=AT)
    assert cells(figure)["Research"] == (0, 0, "no data")


# partners


def contribution(**fields: Any) -> Contribution:
    values = {
        "kind": "Carer",
        "is_public": True,
        "project": "Falls",
        "project_key": 1,
        "stage": "Sharing it",
        "mode": "Led it",
        "what_changed": "",
        "is_confirmed": False,
    }
    return Contribution(**(values | fields))  # type: ignore[arg-type]


def test_the_public_and_what_they_confirmed_are_counted_apart() -> None:
    found = [
        contribution(is_confirmed=True, what_changed="Nothing"),
        contribution(),
        contribution(kind="Clinician", is_public=False, project_key=2),
    ]
    figure = contributions_figure(found, open_projects=3, period=QUARTER, at=AT)
    assert cells(figure) == {
        "Carer": (2, 1, 1),
        "Clinician": (1, 0, 0),
        "The public together": (2, 1, 1),
        "Other partners together": (1, 0, 0),
        "All": (3, 1, 1),
    }
    assert figure.denominator == "3 contributions to 2 of 3 projects open in the period"
    assert figure.missing.startswith("1 project without a contribution, and 2 contributions without a word")


def test_nothing_is_an_answer_to_what_changed() -> None:
    """V-50."""
    figure = changed_figure([contribution(what_changed="Nothing"), contribution()], period=QUARTER, at=AT)
    assert (len(figure.rows), figure.missing) == (1, "1 without an answer.")


# the rest


def use(code: str = "A", **fields: Any) -> Use:
    values = {"pk": 1, "slug": "s", "code": code, "title": "T", "what": "W", "decision": "D"}
    values |= {"decided_by": "B", "decided_on": START, "is_used": True, "is_confirmed": False}
    return Use(**(values | fields))


def test_uses_come_before_what_was_put_aside_and_say_what_is_missing() -> None:
    found = [use(is_used=False), use(what="Used", written_where="Minutes", is_confirmed=True)]
    figure = decisions_figure(found, ran=["A", "B"], period=QUARTER, words=WORDS, at=AT)
    assert [row[0] for row in figure.rows] == ["Used", "W"]
    assert figure.denominator == (
        "2 recorded, 1 confirmed by the host, from 1 residency; 2 residencies ran in the period"
    )
    assert figure.missing.startswith("1 residency without a record; 1 of the uses leaves out where")


def test_a_long_answer_is_cut_and_an_empty_one_is_missing() -> None:
    found = [Answer("A", "T", "x" * (LONGEST + 1)), Answer("B", "T", "x" * LONGEST), Answer("C", "T", "")]
    figure = fairness_figure(found, period=QUARTER, words=WORDS, at=AT)
    assert [len(str(row[2])) for row in figure.rows] == [LONGEST, LONGEST]
    assert str(figure.rows[0][2]).endswith("…")
    assert figure.missing == "1 without an answer: the question is optional."


def test_rules_that_are_switched_off_are_left_out_and_said() -> None:
    figure = attention_figure([], rules_on=["R01"], looked_at=0, today=START, words=WORDS, at=AT)
    assert [row[0] for row in figure.rows] == [RULE_WORDS[rule] for rule in ("approval", "condition", "R01")]
    assert figure.missing == f"{len(RULE_WORDS) - 3} kinds of signal are switched off."
    assert figure.sentence == "On 1 July 2026 nothing needed attention."
