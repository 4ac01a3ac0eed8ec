"""The figures: words that follow from the numbers, zero denominators, small numbers, what each states beside itself."""

from __future__ import annotations

import datetime
import json
from xml.etree import ElementTree as ET

import pytest

from programmes.measures.access_figures import access_readiness_figure, days_to_access_figure
from programmes.measures.access_times import access_readiness, days_to_access
from programmes.measures.ahead import dates_ahead
from programmes.measures.engagement import KIND_CODES, MonthRow
from programmes.measures.figure import Figure, Words, listed, percent
from programmes.measures.figures import (
    activity_mix_figure,
    log_reach_figure,
    over_time_figure,
    public_figure,
    residencies_by_stage_figure,
)
from programmes.measures.happenings import (
    Change,
    Use,
    UseCounts,
    changes_figure,
    dates_ahead_figure,
    uses_figure,
    uses_sentence,
)
from programmes.measures.period import Period, add_months
from programmes.measures.suppression import enough
from tests.measures.given import TODAY, condition, days, facts, item, project

AT = datetime.datetime(2026, 11, 23, 9, 30, tzinfo=datetime.UTC)
WORDS = Words("placement", "placements")
YEAR = Period(datetime.date(2025, 11, 23), datetime.date(2026, 11, 24))


def months(*minutes: dict[str, int]) -> list[MonthRow]:
    """Closed months up to October 2026, the last one last."""
    first = add_months(datetime.date(2026, 11, 1), -len(minutes))
    return [MonthRow(add_months(first, n), row) for n, row in enumerate(minutes)]


def mix(
    *minutes: dict[str, int], hidden: tuple[datetime.date, ...] = (), running: int = 3, silent: int = 0
) -> Figure:
    return activity_mix_figure(
        months(*minutes), running=running, silent=silent, words=WORDS, at=AT, hidden=hidden
    )


def use(**fields: object) -> Use:
    values = {
        "pk": 1,
        "slug": "arc",
        "code": "ARC-2026-001",
        "title": "Falls",
        "what": "Briefing",
        "decision": "Open on Saturdays",
        "decided_by": "Board",
        "decided_on": days(-30),
        "is_used": True,
        "is_confirmed": False,
    }
    return Use(**(values | fields))  # type: ignore[arg-type]


ALL = [
    mix({"relational": 60}),
    mix({}),
    residencies_by_stage_figure([("running", 2), ("ended", 0)], today=TODAY, words=WORDS, at=AT),
    residencies_by_stage_figure([("running", 0)], today=TODAY, words=WORDS, at=AT),
    over_time_figure([facts(), facts(end=None)], today=TODAY, words=WORDS, at=AT),
    over_time_figure([], today=TODAY, words=WORDS, at=AT),
    access_readiness_figure(
        access_readiness([facts(items=(item(state="in_place"),))], TODAY), today=TODAY, at=AT
    ),
    access_readiness_figure([], today=TODAY, at=AT),
    days_to_access_figure(days_to_access([], YEAR, TODAY), period=YEAR, at=AT),
    public_figure([facts()], today=TODAY, words=WORDS, at=AT),
    public_figure([], today=TODAY, words=WORDS, at=AT),
    log_reach_figure([("A", "Falls", None), ("B", "Frailty", TODAY)], today=TODAY, words=WORDS, at=AT),
    log_reach_figure([], today=TODAY, words=WORDS, at=AT),
    uses_figure([use()], period=YEAR, going=3, words=WORDS, at=AT),
    uses_figure([], period=YEAR, going=0, words=WORDS, at=AT),
    changes_figure([Change(TODAY, "Started", "A", "Falls", "residency", ())], since=TODAY, at=AT),
    dates_ahead_figure([], today=TODAY, days=90, at=AT),
]
EVERY = pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.key)


@EVERY
def test_figure_states_period_denominator_missing_and_when(figure: Figure) -> None:
    """domain.md §6, the last principle."""
    assert [name for name, words in figure.small_print[:3] if words] == ["Period", "Counted from", "Missing"]
    assert figure.computed_at == AT
    assert figure.sentence.endswith(".") and figure.title


@EVERY
def test_figure_never_says_missed_nor_nought_per_cent_of_nothing(figure: Figure) -> None:
    told = " ".join([figure.sentence, figure.missing, figure.note, figure.denominator]).lower()
    assert "missed" not in told and "nan" not in told and "0%" not in told.replace("100%", "")


@EVERY
def test_figure_has_as_many_cells_as_columns(figure: Figure) -> None:
    assert all(len(row) == len(figure.head) for row in figure.rows + figure.foot)
    assert all(number < len(figure.head) for number in figure.numeric)


@EVERY
def test_figure_comes_back_from_a_snapshot_as_it_was(figure: Figure) -> None:
    assert Figure.from_json(json.loads(json.dumps(figure.to_json()))) == figure


@EVERY
def test_figure_is_drawn_well_or_not_at_all(figure: Figure) -> None:
    if figure.svg:
        ET.fromstring(f"<all>{figure.svg}</all>")  # noqa: S314 (our own drawing)


# The mix


def test_mix_says_what_most_time_went_into() -> None:
    figure = mix({"relational": 300, "educational": 60}, {"relational": 240})
    assert figure.sentence == (
        "Most time in September 2026 to October 2026 went into meeting and connecting people (90%) and teaching and "
        "coaching (10%). Meeting, teaching and answering questions, the work that reports seldom show, took 100% "
        "together."
    )
    assert figure.denominator == "10 hours logged"


def test_mix_table_adds_up_to_its_foot() -> None:
    figure = mix(*[dict.fromkeys(KIND_CODES, 60 * (n + 1)) for n in range(5)])
    total, share = figure.foot
    for column in range(1, len(figure.head)):
        assert sum(float(row[column]) for row in figure.rows) == pytest.approx(float(total[column]))
    assert share[-1] == "100%"
    assert [row[0] for row in figure.rows] == [
        f"{m} 2026" for m in ("June", "July", "August", "September", "October")
    ]


def test_mix_begins_with_the_first_month_that_has_an_entry() -> None:
    figure = mix({}, {}, {"relational": 60}, {}, {"relational": 60})
    assert [row[0] for row in figure.rows] == ["August 2026", "September 2026", "October 2026"]
    assert figure.period.startswith("August 2026 to October 2026")


def test_mix_without_an_entry_is_no_figure_and_not_nought() -> None:
    figure = mix({}, {}, running=4, silent=4)
    assert figure.sentence == "There is nothing to show for September 2026 to October 2026."
    assert (figure.svg, figure.rows, figure.foot) == ("", (), ())
    assert "4 of 4 placements" in figure.missing
    assert "Not recorded does not mean not done" in figure.missing


def test_hidden_months_count_in_no_total() -> None:
    """P9: two figures whose difference is the hidden month must not be there."""
    hidden = (datetime.date(2026, 9, 1),)
    with_it = mix({"relational": 600}, {"educational": 60}, hidden=hidden)
    without = mix({"relational": 999}, {"educational": 60}, hidden=hidden)
    assert with_it == without
    assert with_it.rows[0] == ("September 2026", *["*"] * 8)
    assert with_it.foot[0][-1] == 1.0
    assert "fewer than 5 people" in with_it.note
    assert "too few people" in with_it.svg


def test_all_months_hidden_say_so() -> None:
    hidden = (datetime.date(2026, 9, 1), datetime.date(2026, 10, 1))
    figure = mix({"relational": 600}, {"educational": 60}, hidden=hidden)
    assert "too few people logged" in figure.sentence
    assert figure.svg == ""
    assert "600" not in str(figure) and "10.0" not in str(figure.rows)


@pytest.mark.parametrize(("people", "expected"), [(0, False), (4, False), (5, True), (6, True)])
def test_five_people_are_enough(people: int, expected: bool) -> None:
    assert enough(people) is expected


@pytest.mark.parametrize(("people", "expected"), [(2, False), (3, True)])
def test_never_fewer_than_three_are_enough(people: int, expected: bool) -> None:
    assert enough(people, fewest=1) is expected


# Words


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (0, 0, "no data"),
        (0, 9, "0%"),
        (1, 1000, "under 1%"),
        (9, 1000, "under 1%"),
        (10, 1000, "1%"),
        (9, 9, "100%"),
    ],
)
def test_percent_divides_by_nothing_without_a_number(part: float, whole: float, expected: str) -> None:
    assert percent(part, whole) == expected


@pytest.mark.parametrize(
    ("words", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")]
)
def test_lists_are_said(words: list[str], expected: str) -> None:
    assert listed(words) == expected


@pytest.mark.parametrize(
    ("uses", "expected"),
    [
        ([], "Nothing has been recorded as used in a decision."),
        ([use()], "1 thing was used in a decision. The host has not confirmed it yet."),
        ([use(is_confirmed=True)], "1 thing was used in a decision. The host has confirmed it."),
        (
            [use(), use(is_used=False), use(is_confirmed=True)],
            "2 things were used in a decision and 1 was considered and not used. Hosts have confirmed 1 of the 3.",
        ),
        ([use(is_used=False)] * 2, "2 were considered and not used. Hosts have confirmed none of the 2."),
    ],
)
def test_uses_are_told_in_a_sentence(uses: list[Use], expected: str) -> None:
    assert uses_sentence(UseCounts.of(uses)) == expected


# Access


@pytest.mark.parametrize(("expires", "in_place"), [(0, 1), (-1, 0), (None, 1)])
def test_m02_counts_what_holds_today(expires: int | None, in_place: int) -> None:
    day = None if expires is None else days(expires)
    one = facts(items=(item(state="in_place", expires_on=day), item(pk=2, state="not_required")))
    [line] = access_readiness([one], TODAY)
    assert (line.in_place, line.needed) == (in_place, 1)


def test_m02_is_by_post_and_host_in_the_order_of_codes() -> None:
    here = facts(code="B", items=(item(), item(pk=2, host="Another Trust", state="in_place")))
    there = facts(code="A", items=(item(),))
    assert [(line.code, line.host) for line in access_readiness([here, there], TODAY)] == [
        ("A", "Made Up Trust"),
        ("B", "Another Trust"),
        ("B", "Made Up Trust"),
    ]


def test_m02_of_nothing_is_no_data() -> None:
    assert "no data" in access_readiness_figure([], today=TODAY, at=AT).sentence


def started(signed: int | None, placed: int, **fields: object) -> object:
    """A post that began thirty days ago, with the day its agreement was signed and its last thing came."""
    one = item(state="in_place", issued_on=days(placed), placement_start=days(-30), **fields)
    return facts(agreement_signed_on=None if signed is None else days(signed), items=(one,))


@pytest.mark.parametrize(("count", "expected"), [(2, None), (3, 20.0)])
def test_m03_is_a_median_of_three_or_more(count: int, expected: float | None) -> None:
    found = days_to_access([started(-100, -80 + n - 1) for n in range(count)], YEAR, TODAY)  # type: ignore[misc]
    assert found.median == expected
    words = days_to_access_figure(found, period=YEAR, at=AT)
    assert (words.foot[0][2] == "too few") is (expected is None)


def test_m03_leaves_out_what_still_waits_and_shows_its_days_so_far() -> None:
    waiting = facts(agreement_signed_on=days(-40), items=(item(placement_start=days(-30)),))
    found = days_to_access([waiting], YEAR, TODAY)
    assert [(line.days, line.is_open) for line in found.lines] == [(40, True)]
    assert found.complete == 0


def test_m03_says_how_many_dates_are_missing() -> None:
    found = days_to_access([started(None, -80)], YEAR, TODAY)  # type: ignore[list-item]
    assert found.unknown == 1
    assert "1 without the date" in days_to_access_figure(found, period=YEAR, at=AT).missing


def test_m03_looks_at_posts_that_started_in_the_period() -> None:
    before = facts(
        agreement_signed_on=days(-500), items=(item(placement_start=YEAR.start - datetime.timedelta(days=1)),)
    )
    first = facts(agreement_signed_on=days(-500), items=(item(placement_start=YEAR.start),))
    assert len(days_to_access([before, first], YEAR, TODAY).lines) == 1


# Dates ahead


@pytest.mark.parametrize(("day", "listed"), [(-1, 0), (0, 1), (89, 1), (90, 0)])
def test_dates_ahead_hold_today_and_the_next_89_days(day: int, listed: int) -> None:
    assert len(dates_ahead([facts(end=days(day))], TODAY)) == listed


def test_dates_ahead_tell_starts_ends_permissions_conditions_feedback_and_decisions() -> None:
    coming = facts(
        stage="onboarding", started_on=None, planned_start=days(5), conditions=(condition(due=days(6)),)
    )
    going = facts(
        end=days(7),
        decision_by=days(8),
        items=(item(state="in_place", expires_on=days(3)),),
        projects=(project(feedback_due=days(9)),),
    )
    assert [(one.day, one.words) for one in dates_ahead([coming, going], TODAY)] == [
        (days(3), "Letter of access runs out"),
        (days(5), "Is planned to start"),
        (days(6), "Condition due: A desk"),
        (days(7), "Is planned to end"),
        (days(8), "The decision that it should inform is made"),
        (days(9), "First feedback due: Night calls"),
    ]


@pytest.mark.parametrize("day", [0, 89])
def test_dates_ahead_tell_when_to_look_again_and_when_to_look_back(day: int) -> None:
    paused = facts(stage="paused", end=None, review_on=days(day))
    over = [
        facts(stage=stage, end=days(-180), review_on=days(day)) for stage in ("ended", "terminated_early")
    ]
    assert [one.words for one in dates_ahead([paused, *over], TODAY)] == [
        "Is looked at again: does it go on?",
        "Looking back: what lasted?",
        "Looking back: what lasted?",
    ]
    assert dates_ahead([facts(stage="paused", end=None, review_on=days(90))], TODAY) == []


@pytest.mark.parametrize("stage", ["onboarding", "active", "closing"])
def test_dates_ahead_tell_when_an_open_end_is_looked_at_again(stage: str) -> None:
    found = dates_ahead([facts(stage=stage, planned_start=None, end=None, review_on=days(3))], TODAY)
    assert [(one.day, one.words, one.page) for one in found] == [(days(3), "Is looked at again", "course")]


@pytest.mark.parametrize("stage", ["ended", "declined", "withdrawn", "terminated_early"])
def test_dates_ahead_of_what_is_over_are_let_go(stage: str) -> None:
    one = facts(stage=stage, end=days(5), decision_by=days(5), conditions=(condition(due=days(5)),))
    assert dates_ahead([one], TODAY) == []


# Guided by the public


def test_m18_is_unknown_until_it_is_recorded() -> None:
    known = facts(guiding_group_entered_on=days(-5), public_partners_in_guiding_group=2)
    figure = public_figure([known, facts(), facts(stage="paused")], today=TODAY, words=WORDS, at=AT)
    assert figure.sentence == "Members of the public help to guide 1 of 2 placements that run."
    assert [row[2] for row in figure.rows] == [2, "not recorded yet"]
    assert figure.missing == "1 without a record of the group."


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (TODAY, "up to date"),
        (datetime.date(2026, 10, 1), "up to date"),
        (datetime.date(2026, 9, 30), "30 September 2026"),
        (None, "not recorded yet"),
    ],
)
def test_m09_names_a_day_only_where_the_last_closed_month_is_empty(
    day: datetime.date | None, told: str
) -> None:
    assert log_reach_figure([("A", "Falls", day)], today=TODAY, words=WORDS, at=AT).rows[0][2] == told
