"""Both sides of every boundary of the rules, and the grace of what was brought in (domain.md §6.3, decision 10)."""

from __future__ import annotations

import datetime

import pytest

from programmes.measures.attention import RULE_WHEN, RULE_WORDS, RULES, signals
from programmes.measures.period import add_months
from tests.measures.given import ALL_RULES, TODAY, condition, days, facts, found, item, levels, project


def test_nothing_wrong_lists_nothing() -> None:
    assert found(facts()) == []


def test_every_rule_has_its_words() -> None:
    assert set(RULE_WORDS) == set(RULES)
    assert set(RULE_WHEN) == set(ALL_RULES)


# Approval and conditions are always on


@pytest.mark.parametrize(
    ("stage", "submitted", "expected"),
    [
        ("scoping", days(0), ["now"]),
        ("scoping", None, []),
        ("idea", days(-3), []),
        ("approved", days(-3), []),
    ],
)
def test_approval_waits_from_the_day_it_was_sent(
    stage: str, submitted: datetime.date | None, expected: list[str]
) -> None:
    one = facts(stage=stage, started_on=None, submitted_on=submitted)
    assert [signal.level for signal in found(one, ())] == expected


@pytest.mark.parametrize(("due", "expected"), [(days(0), []), (days(-1), ["now"])])
def test_condition_is_listed_from_the_day_after_it_was_due(due: datetime.date, expected: list[str]) -> None:
    one = facts(conditions=(condition(due=due),))
    assert [signal.level for signal in found(one, ())] == expected


@pytest.mark.parametrize("stage", ["ended", "declined", "withdrawn", "terminated_early", "legacy"])
def test_condition_of_what_is_over_is_let_go(stage: str) -> None:
    assert found(facts(stage=stage, conditions=(condition(),))) == []


# R01


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (days(15), []),  # Tuesday in two weeks: eleven working days
        (days(14), ["soon"]),  # Monday in two weeks: ten
        (days(1), ["soon"]),
        (days(0), ["now"]),
        (days(-100), ["now"]),
    ],
)
def test_r01_is_soon_ten_working_days_before_and_now_from_the_start(
    start: datetime.date, expected: list[str]
) -> None:
    one = facts(stage="onboarding", started_on=None, items=(item(placement_start=start),))
    assert levels(one, "R01") == expected


def test_r01_without_a_badge_is_never_pressing() -> None:
    one = facts(items=(item(name="Badge", is_permission=False),))
    assert levels(one, "R01") == ["soon"]


@pytest.mark.parametrize("state", ["required", "requested", "in_progress", "problem", "refused", "revoked"])
def test_r01_counts_everything_that_is_not_in_place(state: str) -> None:
    assert levels(facts(items=(item(state=state),)), "R01") == ["now"]


@pytest.mark.parametrize("state", ["in_place", "not_required"])
def test_r01_is_quiet_about_what_is_in_place_or_not_needed(state: str) -> None:
    assert levels(facts(items=(item(state=state),)), "R01") == []


@pytest.mark.parametrize(("end", "expected"), [(days(0), []), (days(1), ["now"]), (None, ["now"])])
def test_r01_ends_with_the_post(end: datetime.date | None, expected: list[str]) -> None:
    assert levels(facts(items=(item(placement_end=end),)), "R01") == expected


def test_r01_takes_one_permission_for_another_at_the_same_host_only() -> None:
    missing = item(pk=1)
    contract = item(pk=2, name="Honorary contract", state="in_place")
    assert levels(facts(items=(missing, contract)), "R01") == []
    elsewhere = item(pk=2, name="Honorary contract", state="in_place", host="Another Trust")
    assert levels(facts(items=(missing, elsewhere)), "R01") == ["now"]
    lapsed = item(pk=2, name="Honorary contract", state="in_place", expires_on=days(-1))
    assert levels(facts(items=(missing, lapsed)), "R01") == ["now"]


@pytest.mark.parametrize(("adopted", "expected"), [(-59, []), (-60, ["now"])])
def test_r01_stays_grey_for_sixty_days_after_adoption(adopted: int, expected: list[str]) -> None:
    assert levels(facts(adopted_on=days(adopted), items=(item(),)), "R01") == expected


def test_r01_names_the_permission_first_and_each_kind_once() -> None:
    items = (
        item(pk=1, name="IT account", is_permission=False),
        item(pk=2, name="IT account", is_permission=False, host="Another Trust"),
        item(pk=3),
    )
    [signal] = found(facts(items=items), ("R01",))
    assert signal.words == "Started without letter of access and IT account"


def test_r01_counts_what_it_does_not_name() -> None:
    items = tuple(item(pk=n, name=f"Thing {n}", is_permission=False) for n in range(5))
    [signal] = found(facts(items=items), ("R01",))
    assert signal.words == "Started without thing 0, thing 1 and 3 more things"


# R02


@pytest.mark.parametrize(
    ("expires", "expected"), [(61, []), (60, ["soon"]), (0, ["soon"]), (-1, ["now"]), (-400, ["now"])]
)
def test_r02_is_soon_from_sixty_days_and_now_from_the_day_after(expires: int, expected: list[str]) -> None:
    assert levels(facts(items=(item(state="in_place", expires_on=days(expires)),)), "R02") == expected


@pytest.mark.parametrize(("end", "expected"), [(20, []), (21, []), (22, ["soon"])])
def test_r02_is_quiet_when_the_post_ends_no_later(end: int, expected: list[str]) -> None:
    """The post's end is the day after its last, so a permission to day 20 covers a post that ends on day 21."""
    one = item(state="in_place", expires_on=days(20), placement_end=days(end))
    assert levels(facts(items=(one,)), "R02") == expected


def test_r02_of_a_post_that_is_over_is_let_go() -> None:
    one = item(state="in_place", expires_on=days(-3), placement_end=days(0))
    assert levels(facts(items=(one,)), "R02") == []


def test_r02_is_quiet_when_another_permission_takes_its_place() -> None:
    letter = item(pk=1, state="in_place", expires_on=days(-3))
    contract = item(pk=2, name="Honorary contract", state="in_place", expires_on=days(300))
    assert levels(facts(items=(letter, contract)), "R02") == []


def test_r02_puts_several_into_one_line_that_leads_to_all_of_them() -> None:
    items = tuple(
        item(pk=n, name=f"Check {n}", is_permission=False, state="in_place", expires_on=days(n))
        for n in (3, 9)
    )
    [signal] = found(facts(items=items), ("R02",))
    assert signal.words == "Check 3 and 1 more run out, the first on 26 November 2026"
    assert signal.page == "access"
    [alone] = found(facts(items=items[:1]), ("R02",))
    assert (alone.page, alone.args) == ("access_item", ("arc", "ARC-2026-001", 3))


@pytest.mark.parametrize(("stage", "expected"), [("closing", ["now"]), ("ended", []), ("approved", [])])
def test_r02_looks_while_somebody_may_be_on_site(stage: str, expected: list[str]) -> None:
    one = item(state="in_place", expires_on=days(-1))
    assert levels(facts(stage=stage, items=(one,)), "R02") == expected


# R04


@pytest.mark.parametrize(("age", "expected"), [(30, []), (31, ["soon"])])
def test_r04_waits_thirty_days(age: int, expected: list[str]) -> None:
    assert levels(facts(projects=(project(started_on=days(-age)),)), "R04") == expected


@pytest.mark.parametrize(("stage", "expected"), [("govern", []), ("collect", ["now"]), ("evaluate", ["now"])])
def test_r04_is_now_once_evidence_is_collected(stage: str, expected: list[str]) -> None:
    assert levels(facts(projects=(project(stage=stage, started_on=days(0)),)), "R04") == expected


def test_r04_is_quiet_once_somebody_has_said() -> None:
    assert levels(facts(projects=(project(classified=True, stage="collect"),)), "R04") == []


@pytest.mark.parametrize(("adopted", "expected"), [(-59, []), (-60, ["now"])])
def test_r04_stays_grey_for_sixty_days_after_adoption(adopted: int, expected: list[str]) -> None:
    one = facts(adopted_on=days(adopted), projects=(project(stage="collect"),))
    assert levels(one, "R04") == expected


# R14


@pytest.mark.parametrize(
    ("months", "shift", "expected"),
    [(3, 1, []), (3, 0, ["soon"]), (6, 1, ["soon"]), (6, 0, ["now"]), (20, 0, ["now"])],
)
def test_r14_is_soon_after_three_months_and_now_after_six(
    months: int, shift: int, expected: list[str]
) -> None:
    started = add_months(TODAY, -months) + datetime.timedelta(days=shift)
    one = facts(started_on=started, guiding_group_entered_on=days(-1))
    assert levels(one, "R14") == expected


def test_r14_is_off_until_the_group_is_recorded() -> None:
    assert levels(facts(), "R14") == []


@pytest.mark.parametrize(("partners", "expected"), [(0, ["now"]), (1, []), (2, [])])
def test_r14_is_quiet_with_one_member_of_the_public(partners: int, expected: list[str]) -> None:
    one = facts(guiding_group_entered_on=days(-1), public_partners_in_guiding_group=partners)
    assert levels(one, "R14") == expected


@pytest.mark.parametrize(("stage", "expected"), [("design", []), ("govern", ["now"]), ("share", ["now"])])
def test_r14_is_now_when_a_project_is_past_its_design(stage: str, expected: list[str]) -> None:
    one = facts(
        started_on=days(-10),
        guiding_group_entered_on=days(-1),
        projects=(project(classified=True, stage=stage),),
    )
    assert levels(one, "R14") == expected


# R18


@pytest.mark.parametrize(
    ("gone", "expected"), [(29, []), (30, ["soon"]), (59, ["soon"]), (60, ["now"]), (900, ["now"])]
)
def test_r18_is_soon_after_thirty_days_and_now_after_sixty(gone: int, expected: list[str]) -> None:
    assert levels(facts(sponsor_left_on=days(-gone)), "R18") == expected


@pytest.mark.parametrize(("stage", "expected"), [("paused", ["now"]), ("closing", []), ("ended", [])])
def test_r18_looks_while_it_runs_or_pauses(stage: str, expected: list[str]) -> None:
    assert levels(facts(stage=stage, sponsor_left_on=days(-90)), "R18") == expected


# R19


def end_in(months: int, shift: int = 0) -> datetime.date:
    return add_months(TODAY, months) + datetime.timedelta(days=shift)


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (end_in(6, 1), []),
        (end_in(6), ["soon"]),
        (end_in(3, 1), ["soon"]),
        (end_in(3), ["now"]),
        (days(0), ["now"]),
        (days(-1), ["now"]),
        (None, []),
    ],
)
def test_r19_is_soon_six_months_and_now_three_months_before_the_end(
    end: datetime.date | None, expected: list[str]
) -> None:
    assert levels(facts(end=end), "R19") == expected


def test_r19_asks_for_the_decision_first_and_the_plan_later() -> None:
    decided = {"end_decision_on": days(-3)}
    planned = {"exit_plan_on": days(-3)}
    assert levels(facts(end=end_in(5), **decided), "R19") == []
    assert levels(facts(end=end_in(5), **planned), "R19") == ["soon"]
    assert levels(facts(end=end_in(2), **decided), "R19") == ["now"]
    assert levels(facts(end=end_in(2), **planned), "R19") == ["soon"]
    assert levels(facts(end=end_in(2), **decided, **planned), "R19") == []


@pytest.mark.parametrize(("adopted", "expected"), [(-59, []), (-60, ["now"])])
def test_r19_stays_grey_for_sixty_days_after_adoption(adopted: int, expected: list[str]) -> None:
    assert levels(facts(adopted_on=days(adopted), end=end_in(2)), "R19") == expected


def test_r19_says_that_an_end_is_over_whatever_was_decided() -> None:
    """A planned end that is past is recorded, so adoption gives it no grace."""
    one = facts(end=days(-1), end_decision_on=days(-9), exit_plan_on=days(-9), adopted_on=days(-2))
    [signal] = found(one, ("R19",))
    assert signal.words == "Was to end on 22 November 2026: end it, or move the end"


# The list as a whole


def test_list_puts_now_before_soon_and_the_oldest_first() -> None:
    old = facts(code="ARC-2026-002", sponsor_left_on=days(-59))
    pressing = facts(code="ARC-2026-003", sponsor_left_on=days(-61))
    older = facts(code="ARC-2026-004", sponsor_left_on=days(-400))
    listed = signals([old, pressing, older], today=TODAY, rules_on=("R18",), expiring_within_days=60)
    assert [signal.code[-1] for signal in listed] == ["4", "3", "2"]


def test_list_knows_only_the_rules_that_are_on() -> None:
    one = facts(sponsor_left_on=days(-90), end=end_in(2))
    assert {signal.rule for signal in found(one, ("R18",))} == {"R18"}
    assert {signal.rule for signal in found(one, ())} == set()


def test_signal_never_begins_in_the_future() -> None:
    one = facts(
        items=(
            item(state="in_place", expires_on=days(50)),
            item(pk=2, name="Badge", is_permission=False, placement_start=days(10)),
        ),
        end=end_in(5),
        started_on=add_months(TODAY, -4),
        guiding_group_entered_on=days(0),
        sponsor_left_on=days(-31),
        projects=(project(),),
    )
    listed = found(one)
    assert len(listed) == 6
    assert all(signal.since <= TODAY for signal in listed)


def test_no_rule_calls_anything_missed_or_looks_at_the_log() -> None:
    """users.md decision 10: what is not recorded is never missed, and minutes are no signal for a lead."""
    told = " ".join([*RULE_WORDS.values(), *RULE_WHEN.values()]).lower()
    assert "missed" not in told and "silen" not in told and "hours" not in told
    assert not {"R05", "R06", "R07", "R10"} & set(RULES)
