"""What the database picks and counts against the plain rules over all facts: the same lines, in the same order."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from programmes.measures import rows
from programmes.measures.access_times import access_readiness
from programmes.measures.ahead import dates_ahead
from programmes.measures.attention import RULES, Signal, signals
from programmes.measures.facts import Facts
from programmes.measures.reach import Reach
from programmes.measures.standing import standing
from programmes.models import Residency, ResidencyQuerySet
from tests.measures.oracles.generated import programme_of

# A plain day, the last day of a month before a shorter one, the end of a leap February, a Saturday and a Sunday
DAYS = [
    timezone.localdate(),
    datetime.date(2026, 8, 31),
    datetime.date(2024, 2, 29),
    datetime.date(2026, 5, 30),
    datetime.date(2026, 3, 1),
]


def programme(seed: int, today: datetime.date, residencies: int) -> ResidencyQuerySet:
    return Residency.objects.filter(programme=programme_of(seed, today, residencies))


def by_the_rules(facts: list[Facts], today: datetime.date, rules: Any, days: int) -> list[Signal]:
    return signals(facts, today=today, rules_on=rules, expiring_within_days=days)


def counted(found: list[Signal]) -> dict[str, int]:
    codes: dict[str, set[str]] = defaultdict(set)
    for signal in found:
        codes[signal.rule].add(signal.code)
    return {rule: len(which) for rule, which in codes.items()}


@pytest.mark.parametrize(("seed", "today"), list(enumerate(DAYS)))
def test_standing_agrees_with_the_rules(
    db: None, seed: int, today: datetime.date, times: Callable[[int, int], int]
) -> None:
    for more in range(times(1, 5)):
        residencies = programme(100 * more + seed, today, 45)
        facts = rows.facts(residencies)
        for rules, days in ((RULES, 60), (("R01", "R19"), 0), (("R02", "R04", "R18"), 120)):
            found = by_the_rules(facts, today, rules, days)
            asked: dict[str, Any] = {"today": today, "rules_on": rules, "expiring_within_days": days}
            told = Reach.of(residencies).ask(standing(**asked, most_signals=1000, most_ahead=1000))
            assert told.signals == [signal.key for signal in found]
            assert told.all == told.opened
            assert (told.all.lines, told.all.residencies) == (len(found), len({one.code for one in found}))
            assert told.now.residencies == len({one.code for one in found if one.level == "now"})
            assert told.by_rule == counted(found)
            assert told.closed_by_rule == {}
            assert told.ahead == [one.code for one in dates_ahead(facts, today)]
            assert told.ahead_opened == len(told.ahead)
            ready = access_readiness(facts, today)
            assert told.needed == sum(line.needed for line in ready)
            assert told.in_place == sum(line.in_place for line in ready)
            for stage, at in told.stages.items():
                there = [one for one in facts if one.stage == stage]
                known = [one for one in there if one.guiding_group_entered_on]
                public = [one for one in known if one.public_partners_in_guiding_group]
                assert (at.number, at.known, at.public) == (len(there), len(known), len(public))
            assert sum(at.number for at in told.stages.values()) == len(facts)


def test_pages_are_the_list_in_pieces(db: None) -> None:
    today = DAYS[0]
    residencies = programme(7, today, 30)
    asked: dict[str, Any] = {"today": today, "rules_on": RULES, "expiring_within_days": 60}
    whole = Reach.of(residencies).ask(standing(**asked, most_signals=1000)).signals
    pieces = [
        key
        for start in range(0, len(whole), 7)
        for key in Reach.of(residencies).ask(standing(**asked, most_signals=7, skipped_signals=start)).signals
    ]
    assert pieces == whole


def test_what_may_not_be_opened_is_counted_and_not_listed(db: None) -> None:
    today = DAYS[0]
    residencies = programme(8, today, 40)
    codes = set(residencies.order_by("code").values_list("code", flat=True)[::2])
    opened = residencies.filter(code__in=codes)
    found = by_the_rules(rows.facts(residencies), today, RULES, 60)
    inside = [signal for signal in found if signal.code in codes]
    told = Reach.of(residencies, opened).ask(
        standing(
            today=today,
            rules_on=RULES,
            expiring_within_days=60,
            most_signals=1000,
            most_ahead=1000,
        )
    )
    assert told.signals == [signal.key for signal in inside]
    assert (told.all.lines, told.opened.lines) == (len(found), len(inside))
    assert told.by_rule == counted(found)
    assert told.closed_by_rule == counted([signal for signal in found if signal.code not in codes])
    ahead = [one for one in dates_ahead(rows.facts(residencies), today) if one.code in codes]
    assert told.ahead == [one.code for one in ahead]
    assert told.ahead_opened == len(ahead)


def test_standing_of_nobody_is_empty(db: None) -> None:
    told = Reach.of(Residency.objects.none()).ask(
        standing(
            today=DAYS[0],
            rules_on=RULES,
            expiring_within_days=60,
            most_signals=9,
        )
    )
    assert (told.signals, told.all.lines, told.stages) == ([], 0, {})


def test_standing_is_one_question(db: None, django_assert_num_queries: Callable[[int], Any]) -> None:
    residencies = programme(9, DAYS[0], 10)
    with django_assert_num_queries(1):
        Reach.of(residencies).ask(
            standing(today=DAYS[0], rules_on=RULES, expiring_within_days=60, most_signals=9)
        )
