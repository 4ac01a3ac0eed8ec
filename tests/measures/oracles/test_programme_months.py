"""A programme's months, written by the database as differences, against the sum over its residencies' months."""

from __future__ import annotations

import datetime
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, ProgrammingError, connection, models, transaction
from django.db.models import F, Sum
from django.utils import timezone

from embedded.accounts.models import Person
from programmes.entries.writing import Entry, change_activity, log_activity, remove_activity
from programmes.measures import rows
from programmes.measures.folding import fold_months
from programmes.measures.period import Period
from programmes.models import Activity, ActivityKind, ActivityMonth, Programme, ProgrammeMonth, Residency
from tests.workers import at_once
from tests.world import World, make_programme, make_residency, make_world

COLUMNS = ["entries", *ActivityKind.values]
TODAY = timezone.localdate()
EVER = Period(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1))
MARCH = datetime.date(2026, 3, 1)


def summed(found: models.QuerySet[Any], programme: str) -> dict[tuple[int, datetime.date], list[int]]:
    """Of every programme and month with anything in it, the columns."""
    sums = found.values_list(programme, "month").annotate(*map(Sum, COLUMNS)).order_by()
    return {(pk, month): cells for pk, month, *cells in sums if any(cells)}


def kept() -> dict[tuple[int, datetime.date], list[int]]:
    return summed(ProgrammeMonth.objects.all(), "programme")


def true() -> dict[tuple[int, datetime.date], list[int]]:
    return summed(ActivityMonth.objects.all(), "residency__programme")


def a_deed(chance: random.Random, residencies: list[Residency], by: Person) -> None:
    """Something that somebody may do, and now and then what only operators and migrations do."""
    deed = chance.choice(["log", "log", "log", "log", "change", "change", "remove", "rebuild", "raw"])
    residency = chance.choice(residencies)
    activity = Activity.objects.order_by("?").first()
    entry = Entry(
        date=TODAY - datetime.timedelta(days=chance.randint(0, 100)),
        minutes=chance.randint(1, 900),
        kind=chance.choice(ActivityKind.values),
        place=chance.choice(["", "host"]),
    )
    if deed == "log" or activity is None:
        log_activity(residency=residency, entry=entry, by=by)
    elif deed == "change":
        change_activity(activity=activity, entry=entry, version=activity.version, by=by)
    elif deed == "remove":
        remove_activity(activity=activity, by=by)
    elif deed == "rebuild":
        rows.rebuild_months(residency)
    else:
        ActivityMonth.objects.filter(entries__gt=0).update(relational=F("relational") + 7, month=F("month"))


@pytest.mark.parametrize("seed", [1, 2])
def test_after_any_deeds_the_sums_are_those_of_the_residencies(
    db: None, seed: int, times: Callable[[int, int], int]
) -> None:
    chance = random.Random(seed)  # noqa: S311 (data for a test)
    worlds = [make_world(), make_world()]
    residencies = [one.residency for one in worlds] + [make_residency(worlds[0].programme)]
    by = worlds[0].people["researcher"]
    for number in range(times(40, 400)):
        a_deed(chance, residencies, by)
        if chance.random() < 0.15:
            fold_months()
        assert kept() == true(), number
    assert len({programme for programme, _ in kept()}) == 2
    fold_months()
    assert kept() == true()
    many = ProgrammeMonth.objects.values("programme", "month").annotate(rows=models.Count("pk"))
    assert not many.filter(rows__gt=1).exists()


def test_a_statement_writes_one_row_a_month_however_many_it_writes(db: None) -> None:
    programme, other = make_programme(), make_programme()
    residencies = [make_residency(programme) for _ in range(3)] + [make_residency(other)]
    ActivityMonth.objects.bulk_create(
        ActivityMonth(residency=one, month=month, entries=1, relational=60)
        for one in residencies
        for month in (MARCH, MARCH.replace(month=4))
    )
    assert ProgrammeMonth.objects.count() == 4
    assert kept()[programme.pk, MARCH][:2] == [3, 180]
    ActivityMonth.objects.update(unallocated=9)
    assert ProgrammeMonth.objects.count() == 4, "nothing that is counted was changed"
    ActivityMonth.objects.filter(month=MARCH).update(month=MARCH.replace(month=5))
    assert ProgrammeMonth.objects.count() == 8
    ActivityMonth.objects.filter(residency=residencies[0]).update(residency=make_residency(other))
    assert kept() == true()
    assert kept()[other.pk, MARCH.replace(month=5)][:2] == [2, 120]
    ActivityMonth.objects.all().delete()
    assert kept() == true() == {}


def test_the_migration_fills_it_from_what_is_there(transactional_db: None) -> None:
    for programme in (make_programme(), make_programme()):
        for residency in (make_residency(programme), make_residency(programme)):
            ActivityMonth.objects.create(residency=residency, month=MARCH, entries=2, relational=60)
    try:
        call_command("migrate", "programmes", "0006", verbosity=0)
    finally:
        call_command("migrate", "programmes", verbosity=0)
    assert kept() == true()
    assert ProgrammeMonth.objects.count() == 2


def test_a_month_written_on_conflict_is_counted_once(db: None) -> None:
    row = {"residency": make_residency(make_programme()), "month": MARCH}
    for minutes in (60, 90):
        ActivityMonth.objects.bulk_create(
            [ActivityMonth(**row, entries=1, relational=minutes)],
            update_conflicts=True,
            update_fields=["relational"],
            unique_fields=["residency", "month"],
        )
        assert kept() == true()
    with pytest.raises(IntegrityError), transaction.atomic():
        ActivityMonth.objects.create(**row, entries=5)
    assert kept() == true()


def test_part_of_a_programme_and_the_whole_are_answered_alike(world: World) -> None:
    """Over each part of two programmes what the months of the residencies themselves say."""
    elsewhere = make_world()
    found = [world.residency, make_residency(world.programme), make_residency(world.programme)]
    chance = random.Random(5)  # noqa: S311 (data for a test)
    for _ in range(40):
        a_deed(chance, [*found, elsewhere.residency], world.people["researcher"])
    both, mixed = [*found, elsewhere.residency], [*found[1:], elsewhere.residency]
    for part in (found, found[:2], found[2:], both, mixed, [elsewhere.residency], []):
        chosen = Residency.objects.filter(pk__in=[one.pk for one in part])
        asked = ActivityMonth.objects.filter(residency__in=part).values_list("month").order_by()
        right = {month: cells for month, some, *cells in asked.annotate(*map(Sum, COLUMNS)) if some}
        told = {
            row.month: [row.minutes[kind] for kind in ActivityKind.values]
            for row in rows.month_rows(chosen, EVER)
            if row.minutes
        }
        assert told == right


def test_a_whole_programme_is_read_from_its_own_roll_up(world: World) -> None:
    """And the rest is not, so that nothing is told of residencies out of reach."""
    make_residency(world.programme)
    ProgrammeMonth.objects.create(programme=world.programme, month=MARCH, **dict.fromkeys(COLUMNS, 5))
    whole = Residency.objects.filter(programme=world.programme)
    minutes = [
        sum(row.total for row in rows.month_rows(asked, EVER))
        for asked in (whole, whole.filter(pk=world.residency.pk))
    ]
    assert minutes == [5 * len(ActivityKind.values), 0]


def test_a_residency_with_a_log_stays_in_its_programme(world: World) -> None:
    elsewhere, one = make_programme(), Residency.objects.filter(pk=world.residency.pk)
    one.update(programme=elsewhere)
    one.update(programme=world.programme)
    ActivityMonth.objects.create(residency=world.residency, month=MARCH, entries=1, relational=5)
    with pytest.raises(ProgrammingError, match="stays in its programme"), transaction.atomic():
        one.update(programme=elsewhere)
    one.update(programme=world.programme)
    assert kept() == true()


@pytest.fixture
def many(transactional_db: None) -> Programme:
    """A programme with 6 months of 50 rows each."""
    programme = make_programme()
    residency = make_residency(programme)
    months = [
        ActivityMonth.objects.create(residency=residency, month=MARCH.replace(month=number))
        for number in range(3, 9)
    ]
    for _ in range(50):
        for month in months:
            month.entries, month.relational = month.entries + 1, month.relational + 10
            month.save()
    assert ProgrammeMonth.objects.count() == 300
    return programme


def test_folding_at_once_neither_loses_nor_doubles(many: Programme, times: Callable[[int, int], int]) -> None:
    before = kept()
    for _ in range(times(2, 20)):
        at_once(fold_months, fold_months, fold_months, lambda: add(many), lambda: add(many))
    added = times(2, 20) * 2
    assert kept() == true()
    assert kept()[many.pk, MARCH][0] == before[many.pk, MARCH][0] + added
    fold_months()
    assert ProgrammeMonth.objects.count() == 6
    fold_months()
    assert kept() == true()


def add(programme: Programme) -> None:
    """One more entry in March, by a hand of its own."""
    ActivityMonth.objects.filter(residency__programme=programme, month=MARCH).update(entries=F("entries") + 1)


@contextmanager
def in_the_middle_of(deed: Callable[[], Any]) -> Iterator[None]:
    """Somebody else has done it and not committed yet."""
    done, over = threading.Event(), threading.Event()

    def do() -> None:
        try:
            with transaction.atomic():
                deed()
                done.set()
                over.wait(30)
        finally:
            done.set()
            connection.close()

    thread = threading.Thread(target=do)
    thread.start()
    assert done.wait(30)
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_an_import_that_is_not_over_blocks_nobody(many: Programme) -> None:
    """Nor whoever folds, writes a month of the same programme, or holds the programme itself."""
    mine, theirs = make_residency(many), make_residency(many)

    def imports() -> None:
        ActivityMonth.objects.create(residency=theirs, month=MARCH, entries=1000, relational=1000)

    with in_the_middle_of(imports), impatient():
        ActivityMonth.objects.create(residency=mine, month=MARCH, entries=1, relational=1)
        fold_months()
        with transaction.atomic():
            Programme.objects.select_for_update().get(pk=many.pk)
        assert ProgrammeMonth.objects.filter(month=MARCH).get().entries == 51
        assert kept() == true()
    fold_months()
    assert ProgrammeMonth.objects.filter(month=MARCH).get().entries == 1051
    assert kept() == true()


def test_a_fold_that_is_not_over_blocks_nobody(many: Programme) -> None:
    before = kept()
    with in_the_middle_of(fold_months), impatient():
        assert kept() == before, "what is read is whole"
        add(many)
        fold_months()
        assert kept() == true()
    assert kept() == true()
    fold_months()
    assert ProgrammeMonth.objects.count() == 6


def test_whoever_holds_a_programme_holds_up_nobody_who_logs(many: Programme) -> None:
    with (
        in_the_middle_of(lambda: Programme.objects.select_for_update().get(pk=many.pk)),
        impatient(),
    ):
        add(many)
        fold_months()
    assert kept() == true()


@contextmanager
def impatient() -> Iterator[None]:
    """Whoever would have to wait for a lock is refused."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '300ms'")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
