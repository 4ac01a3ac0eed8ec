"""The signals against a slow, obvious reading of the rules from the raw rows, over generated programmes."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.utils import timezone

from programmes.measures import rows
from programmes.measures.attention import signals
from programmes.measures.reach import Reach
from programmes.measures.standing import standing
from programmes.models import AccessItem, Residency
from tests.measures.oracles.generated import programme_of

TODAY = timezone.localdate()
RULES = ["R01", "R02", "R04", "R14", "R18", "R19"]
LEGAL = ("honorary_research_contract", "letter_of_access", "honorary_contract")
COLLECTING = ("collect", "analyse", "interpret", "share", "use", "evaluate")
OVER = ("ended", "legacy", "declined", "withdrawn", "terminated_early")


def working_days_until(day: datetime.date) -> int:
    """Working days from today (today itself counted) up to and without the day; below nought is nought."""
    count, one = 0, TODAY
    while one < day:
        count += one.weekday() not in (5, 6)
        one += datetime.timedelta(days=1)
    return count


def months_on(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last of that month, a step at a time."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for candidate in (day.day, 30, 29, 28):
        try:
            return datetime.date(year, month, min(candidate, day.day))
        except ValueError:
            continue
    raise AssertionError


def permits(item: AccessItem, day: datetime.date) -> bool:
    return item.state == "in_place" and (item.expires_on is None or item.expires_on >= day)


def replaced(item: AccessItem, day: datetime.date) -> bool:
    """Whether another permission in law of the same post at the same host holds on the day."""
    others = AccessItem.objects.filter(placement=item.placement, host=item.host, kind__in=LEGAL).exclude(
        pk=item.pk
    )
    return item.kind in LEGAL and any(permits(other, day) for other in others)


def slowly(residency: Residency) -> Iterator[tuple[str, str]]:
    """(rule, level) of each line, read off domain.md §6.3 with the changes of users.md §8."""
    stage = residency.stage
    recently = residency.adopted_on is not None and (TODAY - residency.adopted_on).days < 60
    items = list(AccessItem.objects.filter(placement__residency=residency).order_by("pk"))
    open_projects = [project for project in residency.projects.all() if project.ended_on is None]

    if stage == "scoping" and residency.submitted_at:
        yield "approval", "now"
    for condition in residency.conditions.all():
        if condition.met_on is None and condition.due < TODAY and stage not in OVER:
            yield "condition", "now"

    if stage in ("onboarding", "active") and not recently:
        lacking = []
        for item in items:
            post = item.placement
            going = post.end is None or post.end > TODAY
            near = post.start <= TODAY or working_days_until(post.start) <= 10
            if (
                item.state not in ("in_place", "not_required")
                and going
                and near
                and not replaced(item, TODAY)
            ):
                lacking.append(item)
        if any(item.kind in LEGAL and item.placement.start <= TODAY for item in lacking):
            yield "R01", "now"
        elif lacking:
            yield "R01", "soon"

    if stage in ("onboarding", "active", "paused", "closing"):
        over = near = False
        for item in items:
            if item.state != "in_place" or item.expires_on is None:
                continue
            after, post = item.expires_on + datetime.timedelta(days=1), item.placement
            if post.end is not None and (post.end <= TODAY or post.end <= after):
                continue
            if replaced(item, max(after, TODAY)):
                continue
            over = over or item.expires_on < TODAY
            near = near or 0 <= (item.expires_on - TODAY).days <= 60
        if over:
            yield "R02", "now"
        if near:
            yield "R02", "soon"

    if stage in ("active", "paused", "closing") and not recently:
        for project in open_projects:
            if project.classification != "not_yet_classified":
                continue
            if project.stage in COLLECTING:
                yield "R04", "now"
            elif (TODAY - project.started_on).days > 30:
                yield "R04", "soon"

    if stage == "active" and residency.guiding_group_entered_on and residency.started_on:
        past_design = any(project.stage in ("govern", *COLLECTING) for project in open_projects)
        if residency.public_partners_in_guiding_group == 0:
            if past_design or months_on(residency.started_on, 6) <= TODAY:
                yield "R14", "now"
            elif months_on(residency.started_on, 3) <= TODAY:
                yield "R14", "soon"

    if stage in ("active", "paused") and residency.sponsor_left_on:
        gone = (TODAY - residency.sponsor_left_on).days
        if gone >= 60:
            yield "R18", "now"
        elif gone >= 30:
            yield "R18", "soon"

    end = residency.ended_on or residency.planned_end
    if stage in ("active", "paused") and end:
        if end < TODAY or (not recently and end <= months_on(TODAY, 3) and not residency.exit_plan_on):
            yield "R19", "now"
        elif not recently and end <= months_on(TODAY, 6) and not residency.end_decision_on:
            yield "R19", "soon"


@pytest.mark.parametrize("seed", range(3))
def test_signals_agree_with_the_slow_reading(db: None, seed: int) -> None:
    programme = programme_of(seed, TODAY, 35)
    residencies = Residency.objects.filter(programme=programme)
    facts = rows.facts(residencies)
    listed = signals(facts, today=TODAY, rules_on=RULES, expiring_within_days=60)
    found = Counter((signal.code, signal.rule, signal.level) for signal in listed)
    slow = Counter((one.code, rule, level) for one in residencies for rule, level in slowly(one))
    assert found == slow
    assert len({rule for _, rule, _ in found}) >= 7  # the data reach the rules


def test_previews_agree_with_the_slow_reading(db: None) -> None:
    """Before a rule is switched on, its preview says how many residencies it would list; lines are not counted."""
    programme = programme_of(11, TODAY, 35)
    residencies = Residency.objects.filter(programme=programme)
    told = Reach.of(residencies).ask(standing(today=TODAY, rules_on=RULES, expiring_within_days=60)).by_rule
    for rule in RULES:
        slow = sum(any(name == rule for name, _ in slowly(one)) for one in residencies)
        assert told.get(rule, 0) == slow, rule


@pytest.mark.parametrize("residencies", [1, 20])
def test_facts_ask_six_questions_at_most_however_many(
    db: None, django_assert_max_num_queries: Callable[[int], Any], residencies: int
) -> None:
    programme = programme_of(5, TODAY, residencies)
    with django_assert_max_num_queries(6):
        assert len(rows.facts(Residency.objects.filter(programme=programme))) == residencies


def test_days_of_moments_are_london_days(db: None) -> None:
    """Sent on a summer's evening at half past eleven UTC, which is the next day in London."""
    programme = programme_of(1, TODAY, 1)
    evening = datetime.datetime(2026, 6, 30, 23, 30, tzinfo=datetime.UTC)
    Residency.objects.filter(programme=programme).update(
        stage="scoping", submitted_at=evening, review_on=None
    )
    [facts] = rows.facts(Residency.objects.filter(programme=programme))
    assert facts.submitted_on == datetime.date(2026, 7, 1)
