"""M07, M08 and their denominators against a slow count of the raw entries, one by one."""

from __future__ import annotations

import datetime
from collections import defaultdict
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from programmes.measures import rows
from programmes.measures.engagement import KIND_CODES, PLAIN_KINDS, MonthRow, activity_mix, brokering_share
from programmes.measures.period import closed_months
from programmes.models import Activity, ActivityKind, Residency
from tests.measures.oracles.generated import log_of
from tests.world import World, make_person, make_residency

TODAY = timezone.localdate()
LABELS = {  # from a code of A-1 to the plain kind under which it is shown, written out once more by hand
    "relational": "Meeting and connecting people",
    "knowledge_creation": "Finding, making or feeding back evidence",
    "educational": "Teaching and coaching",
    "advice_consultation": "Answering a question",
    "project_management": "Planning, approvals, reporting and bids",
    "bid_development": "Planning, approvals, reporting and bids",
    "supervision_support": "Supervision, peers and thinking time",
    "reflection": "Supervision, peers and thinking time",
    "academic_home": "University work",
}


def test_every_kind_that_can_be_logged_is_counted_once() -> None:
    assert sorted(KIND_CODES) == sorted(ActivityKind.values) == sorted(LABELS)


@pytest.fixture
def logged(world: World) -> list[Residency]:
    """Three residencies of one programme with logs, and one of which nothing may be counted."""
    people = [make_person() for _ in range(4)]
    found = [world.residency, *(make_residency(world.programme, world.host) for _ in range(3))]
    for number, residency in enumerate(found):
        log_of(number, residency, people[: number + 1], TODAY, 150)
    return found


def slow_minutes(pks: set[int], months: list[datetime.date]) -> dict[tuple[datetime.date, str], int]:
    counted: dict[tuple[datetime.date, str], int] = defaultdict(int)
    for entry in Activity.objects.all():
        month = datetime.date(entry.date.year, entry.date.month, 1)
        if entry.residency_id in pks and month in months:
            counted[month, LABELS[entry.kind]] += entry.minutes
    return counted


@pytest.mark.parametrize("months", [1, 3, 12, 24, 30])
def test_months_and_mix_agree_with_the_entries(logged: list[Residency], months: int) -> None:
    counted = logged[:3]
    pks = {residency.pk for residency in counted}
    period = closed_months(TODAY, months)
    found = rows.month_rows(Residency.objects.filter(pk__in=pks), period)
    slow = slow_minutes(pks, period.months())
    assert [row.month for row in found] == period.months()
    for row in found:
        for kind in PLAIN_KINDS:
            assert row.of(kind) == slow[row.month, kind], (row.month, kind)
    total = sum(slow.values())
    for share in activity_mix(found):
        minutes = sum(slow[month, share.kind] for month in period.months())
        assert share.minutes == minutes
        assert share.share == (minutes / total if total else None)
    broker = sum(
        entry.minutes
        for entry in Activity.objects.filter(residency__in=pks)
        if entry.kind in ("relational", "advice_consultation", "educational")
        and entry.date.replace(day=1) in period.months()
    )
    assert brokering_share(found) == (broker / total if total else None)


def test_last_days_agree_with_the_entries(logged: list[Residency]) -> None:
    period = closed_months(TODAY, 12)
    raw = list(Activity.objects.all())
    assert rows.figures_to(logged) == {
        one.pk: max(entry.date for entry in raw if entry.residency_id == one.pk) for one in logged
    }
    assert rows.figures_to(logged, period) == {
        one.pk: max(entry.date for entry in raw if entry.residency_id == one.pk and period.holds(entry.date))
        for one in logged
    }


def test_people_by_month_agree_with_the_entries(logged: list[Residency]) -> None:
    period = closed_months(TODAY, 12)
    people: dict[datetime.date, set[Any]] = defaultdict(set)
    for entry in Activity.objects.all():
        if period.holds(entry.date):
            people[entry.date.replace(day=1)].add(entry.person_id)
    found = rows.people_by_month(Residency.objects.all(), period)
    assert found == {month: len(who) for month, who in people.items()}


def test_this_month_is_never_counted(world: World) -> None:
    Activity.objects.create(
        residency=world.residency,
        person=world.people["researcher"],
        date=TODAY,
        minutes=90,
        kind="relational",
    )
    rows.rebuild_months(world.residency)
    found = rows.month_rows(Residency.objects.all(), closed_months(TODAY, 12))
    assert sum(row.total for row in found) == 0


MINUTES = st.dictionaries(st.sampled_from(KIND_CODES), st.integers(0, 100_000))


@given(st.lists(MINUTES, max_size=14))
def test_shares_make_a_whole_or_are_no_data(months: list[dict[str, int]]) -> None:
    found = [MonthRow(datetime.date(2026, 5, 1), minutes) for minutes in months]
    shares = activity_mix(found)
    assert [share.kind for share in shares] == list(PLAIN_KINDS)
    if sum(row.total for row in found):
        assert sum(share.share or 0 for share in shares) == pytest.approx(1)
        assert 0 <= (brokering_share(found) or 0) <= 1
    else:
        assert all(share.share is None for share in shares)
        assert brokering_share(found) is None
