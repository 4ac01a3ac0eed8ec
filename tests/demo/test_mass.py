"""The demonstration at a small scale: counts, the same for the same seed, the roll-up true, the pages open."""

from __future__ import annotations

import datetime
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from embedded.accounts.models import Person, User
from programmes.demo import cast
from programmes.demo.mass_lives import Life, Scale, TooFew, first_day, lives, shared_out
from programmes.demo.mass_steps import path
from programmes.demo.rhythm import so_many_moments
from programmes.lifecycle import STEPS
from programmes.measures.rows import rebuild_months
from programmes.models import (
    AccessItem,
    Activity,
    ActivityMonth,
    Organisation,
    Placement,
    Programme,
    Residency,
    Stage,
    StageChange,
)
from tests.logbook.test_log import words_in
from tests.world import client_of

RESIDENCIES, ACTIVITIES = 60, 3000


@dataclass(frozen=True)
class Filled:
    """What the command said, and what the same command had made before in an equally empty database."""

    said: str
    before: list[Any]


@pytest.fixture(scope="module")
def filled(django_db_setup: None, django_db_blocker: Any) -> Iterator[Filled]:
    """The story and its mass, made twice for this file and rolled back, at its end the second time."""
    with django_db_blocker.unblock():
        with rolled_back():
            fill()
            before = fingerprint()
        with rolled_back():
            yield Filled(fill(), before)


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def fill() -> str:
    said = StringIO()
    call_command("seed_demo", residencies=RESIDENCIES, activities=ACTIVITIES, seed=1, stdout=said)
    return said.getvalue()


def fingerprint() -> list[Any]:
    """What the mass says, without the numbers that the database gave."""
    entries = Activity.objects.order_by("residency__code", "date", "id").values_list(
        "residency__code", "person__email", "date", "minutes", "kind", "place", "project__title"
    )
    steps = StageChange.objects.order_by("residency__code", "id").values_list(
        "residency__code", "to_stage", "on", "by__email"
    )
    items = AccessItem.objects.order_by("placement__residency__code", "kind").values_list(
        "placement__residency__code", "kind", "state", "expires_on"
    )
    said = sorted(words_in(entry) for entry in Activity.objects.select_related("person__vault_key"))
    return [*entries, *said, *steps, *items]


def test_there_are_exactly_as_many_as_asked_for(filled: Filled, db: None) -> None:
    assert Residency.objects.count() == RESIDENCIES
    assert Activity.objects.count() == ACTIVITIES
    assert f"There are {RESIDENCIES} residencies and 3,000 activities." in filled.said
    assert "Logged" in filled.said


def test_the_same_seed_gives_the_same_mass(filled: Filled, db: None) -> None:
    assert fingerprint() == filled.before


def chances(seed: str) -> random.Random:
    return random.Random(seed)  # noqa: S311 (a story, not a secret)


def test_another_seed_gives_other_lives() -> None:
    assert lives(chances("a"), 50) == lives(chances("a"), 50)
    assert lives(chances("a"), 50) != lives(chances("b"), 50)


def test_the_roll_up_is_what_the_deeds_would_have_made(filled: Filled, db: None) -> None:
    names = [field.attname for field in ActivityMonth._meta.concrete_fields if field.name != "id"]
    kept = set(ActivityMonth.objects.values_list(*names))
    assert kept
    with rolled_back():
        for residency in Residency.objects.all():
            rebuild_months(residency)
        assert set(ActivityMonth.objects.values_list(*names)) == kept


def test_every_constraint_holds(filled: Filled, db: None) -> None:
    """Those of the database held when the rows came; these are those of the models, on every row."""
    connection.check_constraints()
    for model in (Residency, Placement, AccessItem, StageChange, Organisation):
        rows = list(model._default_manager.all())
        assert rows, model
        for row in rows:
            row.validate_constraints()


def test_every_stage_was_come_to_by_steps_that_lead_there(filled: Filled, db: None) -> None:
    legal = {(source, step.target) for step in STEPS.values() for source in step.sources}
    for residency in Residency.objects.prefetch_related("stage_changes"):
        steps = list(residency.stage_changes.all())
        assert steps[-1].to_stage == residency.stage, residency.code
        assert [step.on for step in steps] == sorted(step.on for step in steps)
        pairs = [(step.from_stage, step.to_stage) for step in steps if step.from_stage]
        assert residency.adopted_on or legal.issuperset(pairs), pairs
        if residency.stage == Stage.ACTIVE:
            assert any(step.to_stage == "active" and step.on == residency.started_on for step in steps)


def test_everything_is_made_up(filled: Filled, db: None) -> None:
    assert not User.objects.exclude(email__endswith=".example").exists()
    assert not Organisation.objects.filter(residency_parts__isnull=False, is_made_up=False).exists()


@pytest.mark.parametrize("count", [40, 960])
def test_v60_a_day_has_sixteen_hours_however_much_is_in_it(count: int) -> None:
    day = datetime.date(2026, 3, 4)
    found = list(so_many_moments(chances("full"), count, day, day, day, "steady"))
    assert len(found) == count
    assert min(one.minutes for one in found) >= 1
    assert sum(one.minutes for one in found) == 960


def test_one_year_holds_about_a_third(filled: Filled, db: None) -> None:
    year = timezone.localdate() - datetime.timedelta(days=365)
    in_mass = Activity.objects.filter(person__email__endswith="crowd.example")
    assert 0.2 < in_mass.filter(date__gte=year).count() / in_mass.count() < 0.45


def test_nobody_logs_before_the_start_or_after_the_end(filled: Filled, db: None) -> None:
    for activity in Activity.objects.filter(person__email__endswith="crowd.example").select_related(
        "residency"
    ):
        assert activity.date >= activity.residency.started_on
        assert activity.date < timezone.localdate()
        assert activity.residency.ended_on is None or activity.date <= activity.residency.ended_on


@pytest.mark.parametrize("tail", ["", "figures/"])
def test_the_lead_opens_the_programme_pages(filled: Filled, db: None, tail: str) -> None:
    lead = client_of(Person.objects.get(email=cast.LEAD.email))
    programme = Programme.objects.get()
    assert lead.get(f"/p/{programme.slug}/{tail}").status_code == 200


def test_every_residency_opens_for_the_lead(filled: Filled, db: None) -> None:
    lead = client_of(Person.objects.get(email=cast.LEAD.email))
    for stage in Stage.values:
        for residency in Residency.objects.filter(stage=stage).order_by("-pk")[:1]:
            for tail in ("", "access/", "log/months/"):
                answer = lead.get(residency.get_absolute_url() + tail)
                assert answer.status_code in (200, 403, 404), (stage, tail)
            assert lead.get(residency.get_absolute_url()).status_code == 200


def test_a_researcher_of_the_mass_opens_their_log(filled: Filled, db: None) -> None:
    placement = Placement.objects.filter(
        person__email__endswith="crowd.example", residency__stage=Stage.ACTIVE
    ).first()
    assert placement is not None
    browser: Client = client_of(placement.person)
    assert browser.get("/", follow=True).status_code == 200
    assert browser.get(f"{placement.residency.get_absolute_url()}log/").status_code == 200


@pytest.mark.parametrize(
    ("asked", "told", "more"),
    [
        ((60, 3000), (14, 1434), (46, 1566)),
        ((14, 1434), (14, 1434), (0, 0)),
        ((15, 1434), (14, 1434), (1, 0)),
    ],
)
def test_the_mass_is_what_the_story_lacks(asked: Any, told: Any, more: Any) -> None:
    assert Scale(*asked).beyond(Scale(*told)) == Scale(*more)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ((13, 3000), "The story alone has 14 residencies, and you asked for 13 in all. .* --residencies 14"),
        ((60, 1433), "The story alone has 1,434 activities, .* --activities 1434"),
        ((14, 1435), "Nobody is there to log .* --residencies 15"),
    ],
)
def test_too_few_is_refused_in_plain_words(asked: Any, words: str) -> None:
    with pytest.raises(TooFew, match=words):
        Scale(*asked).beyond(Scale(14, 1434))


def test_either_number_stands_for_the_other() -> None:
    assert Scale.asked(60, None) == Scale(60, 30_000)
    assert Scale.asked(None, 1_000_000) == Scale(2_000, 1_000_000)
    assert Scale.asked(None, 3_000) == Scale(50, 3_000)


@pytest.mark.parametrize(
    ("total", "weights"), [(10, [1, 1, 1]), (0, [5]), (7, [0, 3]), (1_000_003, [0.1] * 999)]
)
def test_parts_add_up_exactly(total: int, weights: list[float]) -> None:
    parts = shared_out(total, weights)
    assert sum(parts) == total
    assert max(parts) - min(p for p, w in zip(parts, weights, strict=True) if w) <= 1 or len(set(weights)) > 1


@pytest.mark.parametrize("residencies", [1, 2_000, 2_100, 2_101, 20_000])
def test_no_year_has_more_codes_than_there_are(residencies: int) -> None:
    found = lives(chances("codes"), residencies)
    years = Counter(
        (datetime.date(2026, 11, 22) + datetime.timedelta(days=life.registered)).year for life in found
    )
    assert len(found) == residencies
    assert max(years.values()) <= 999 - 14


def test_a_life_begins_before_it_ends_and_has_days_to_log() -> None:
    first = first_day(2_000)
    for life in lives(chances("days"), 2_000):
        assert life.registered <= life.start or life.adopted
        assert life.start < life.end
        days = [day for _, day in path(life)]
        assert days == sorted(days), life
        if life.begun:
            start, until = life.logs(first)
            assert start + 10 <= until <= -1, life


def test_an_adopted_life_is_brought_in_on_the_first_day() -> None:
    life = Life(0, "active", -1095, -1200, 10, 3, "steady", adopted=True)
    assert path(life) == [("active", -1200)]
    assert life.logs(-1095) == (-1095, -1)
