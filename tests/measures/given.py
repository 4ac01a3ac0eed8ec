"""Facts of a residency for the tests of the rules, with nothing wrong unless a test says so."""

from __future__ import annotations

import datetime
from typing import Any

from programmes.measures.attention import Signal, signals
from programmes.measures.facts import Facts, Item, OpenCondition, OpenProject

TODAY = datetime.date(2026, 11, 23)  # a Monday
ALL_RULES = ("R01", "R02", "R04", "R14", "R18", "R19")


def days(number: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=number)


def facts(**fields: Any) -> Facts:
    """Running for a year, with two years to go."""
    values = {
        "slug": "arc",
        "code": "ARC-2026-001",
        "title": "Falls at home",
        "stage": "active",
        "planned_start": days(-365),
        "started_on": days(-365),
        "end": days(730),
    }
    return Facts(**(values | fields))


def item(**fields: Any) -> Item:
    """A permission that is missing, of a post that began a year ago and ends in two."""
    values = {
        "pk": 1,
        "name": "Letter of access",
        "is_permission": True,
        "state": "required",
        "expires_on": None,
        "placement_start": days(-365),
        "placement_end": days(730),
        "host": "Made Up Trust",
    }
    return Item(**(values | fields))


def project(**fields: Any) -> OpenProject:
    values = {
        "pk": 7,
        "title": "Night calls",
        "classified": False,
        "stage": "design",
        "started_on": days(-31),
    }
    return OpenProject(**(values | fields))


def condition(**fields: Any) -> OpenCondition:
    return OpenCondition(**({"pk": 3, "what": "A desk", "owner": "Sam", "due": days(-1)} | fields))


def found(one: Facts, rules: tuple[str, ...] = ALL_RULES, today: datetime.date = TODAY) -> list[Signal]:
    return signals([one], today=today, rules_on=rules, expiring_within_days=60)


def levels(one: Facts, rule: str, today: datetime.date = TODAY) -> list[str]:
    """The levels of the signals of one rule, by themselves."""
    return [signal.level for signal in found(one, (rule,), today) if signal.rule == rule]
