"""What is due again and again is done once a period, whatever the clocks do (trust.md P45)."""

from __future__ import annotations

import datetime
import signal
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.conf import LazySettings
from django.db import connection
from django.db.models.functions import Now

from embedded.celery import app
from embedded.jobs import Progress, ask, handler, pulse
from embedded.jobs.claiming import claim
from embedded.jobs.models import Job
from embedded.jobs.rounds import ask_due, period_of
from embedded.jobs.tasks import sweep
from embedded.local import processes
from embedded.post.models import Letter
from tests.workers import DrillRedis, Workers, at_once, become, run_jobs

UTC = datetime.UTC
HOUR, MINUTE = datetime.timedelta(hours=1), datetime.timedelta(minutes=1)
ROUND_SECONDS = 2


@pytest.fixture
def hourly(settings: LazySettings, drill_work: None) -> None:
    settings.JOB_ROUNDS = {"drill round": HOUR}


def moments(
    start: datetime.datetime, hours: float, step: datetime.timedelta = MINUTE
) -> Iterator[datetime.datetime]:
    """What a clock shows that ticks so often for so long."""
    at = start
    while at < start + hours * HOUR:
        yield at
        at += step


def rounds() -> list[str]:
    return list(Job.objects.filter(kind="drill round").order_by("key").values_list("key", flat=True))


def test_beat_wakes_the_sweeper_and_nothing_else() -> None:
    """Whatever else is due again and again stands in settings.JOB_ROUNDS, where two beats do no harm."""
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} == {"jobs.sweep"}


@pytest.mark.django_db
def test_every_round_of_the_product_is_done(settings: LazySettings) -> None:
    assert ask_due() == len(settings.JOB_ROUNDS) > 0
    run_jobs()
    assert set(Job.objects.values_list("kind", "state")) == {(kind, "done") for kind in settings.JOB_ROUNDS}


@pytest.mark.parametrize(
    ("minute", "hour"), [("12:59:59.999999", 12), ("13:00:00", 13), ("13:00:01", 13), ("13:59:59", 13)]
)
def test_a_period_begins_at_the_whole_hour(minute: str, hour: int) -> None:
    at = datetime.datetime.fromisoformat(f"2026-11-22T{minute}+00:00")
    assert period_of(HOUR, at) == datetime.datetime(2026, 11, 22, hour, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "day", [datetime.date(2026, 10, 25), datetime.date(2026, 3, 28), datetime.date(2027, 3, 28)]
)
def test_the_day_on_which_the_clocks_change_has_each_period_once(hourly: None, day: datetime.date) -> None:
    """25 hours in October, 23 in March, 24 on the day that is one only by name: as many rounds as hours pass."""
    midnight = datetime.datetime.combine(day, datetime.time(), datetime.UTC) - 2 * HOUR
    for at in moments(midnight, 30, 10 * MINUTE):
        ask_due(at)
    assert rounds() == [f"drill round:{at:%Y-%m-%dT%H:%M:%SZ}" for at in moments(midnight, 30, HOUR)]


@pytest.mark.django_db
def test_a_clock_put_back_brings_nothing_twice(hourly: None) -> None:
    start = datetime.datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
    for at in [*moments(start, 3), *moments(start + HOUR, 2), *moments(start, 3)]:
        ask_due(at)
    assert len(rounds()) == 4


@pytest.mark.django_db
@pytest.mark.parametrize("hours", [1.5, 5, 24])
def test_what_was_missed_is_caught_up_with_once(hourly: None, hours: float) -> None:
    down = datetime.datetime(2026, 11, 22, 10, 59, tzinfo=UTC)
    back = down + hours * HOUR
    for at in [down, back, back + MINUTE / 60]:
        ask_due(at)
    assert rounds() == [f"drill round:{period_of(HOUR, at):%Y-%m-%dT%H:%M:%SZ}" for at in (down, back)]


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_the_same_moment_ask_once(hourly: None) -> None:
    at = datetime.datetime(2026, 11, 22, 10, tzinfo=UTC)
    asked = at_once(*[lambda: ask_due(at)] * 8)
    assert (len(rounds()), 1 <= sum(asked) <= 8) == (1, True)


@pytest.mark.django_db
def test_old_rounds_are_thrown_away_and_other_work_is_not(hourly: None) -> None:
    start = datetime.datetime(2026, 10, 1, 10, tzinfo=UTC)
    ask_due(start)
    Job.objects.update(state="done", ended_at=start)
    Job.objects.create(kind="drill", key="mine", asked_at=start, state="done", ended_at=start)
    ask_due(start + datetime.timedelta(days=29))
    assert len(rounds()) == 2
    ask_due(start + datetime.timedelta(days=31))
    assert (len(rounds()), Job.objects.filter(kind="drill").count()) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_the_sweeper_leaves_its_pulse(redis_of_drill: DrillRedis) -> None:
    assert pulse.silence() is None
    sweep()
    sweep()
    silence = pulse.silence()
    assert silence is not None
    assert datetime.timedelta() <= silence < MINUTE


@pytest.mark.django_db
@pytest.mark.parametrize("off", [-2 * HOUR, 2 * HOUR])
def test_a_machine_whose_clock_is_wrong_takes_no_job_from_its_holder(
    settings: LazySettings, drill_work: None, off: datetime.timedelta
) -> None:
    """Leases, waits and periods are reckoned by the database's clock."""
    held, settings.JOB_ROUNDS = ask("drill", "held", {}, None), {"drill round": 24 * HOUR}
    assert claim(held.pk)
    with time_machine.travel(datetime.datetime.now(UTC) + off):
        assert claim(held.pk) is None
        assert not Job.objects.ready(Now()).exists()
        ask_due()
        run_jobs()
        late = ask("put off for long", "late", {}, None)
        run_jobs()
    late.refresh_from_db()
    assert late.state == "waiting"
    assert late.not_before
    assert HOUR / 2 < late.not_before - datetime.datetime.now(UTC) <= HOUR
    ask_due()
    assert len(rounds()) == 1


@handler("put off for long")
def put_off_for_long(job: Job, progress: Progress) -> datetime.timedelta:
    return HOUR


@pytest.mark.django_db(transaction=True)
def test_two_beats_one_killed_and_begun_again_bring_each_period_once(
    workers: Workers, times: Callable[[int, int], int]
) -> None:
    """Rounds of two seconds: in the full run half an hour of real sweeps, sped up thirty times."""
    speed = {"DRILL_ROUND_SECONDS": str(ROUND_SECONDS)}
    wanted = times(3, 30)
    workers.start(**speed)
    workers.start(**speed)
    second = workers.start_beat()
    become(lambda: _done() >= wanted // 2)
    _kill(second)
    workers.start_beat()
    become(lambda: _done() >= wanted)
    for beat in workers.beats:
        _kill(beat)
    become(_is_quiet)
    missed = _periods_now() + 2
    become(lambda: _periods_now() >= missed)
    before = _done()
    workers.start_beat()
    become(lambda: _done() > before)
    told = Counter(Letter.objects.values_list("subject", flat=True))
    assert set(told.values()) == {1}
    assert len(told) == Job.objects.filter(kind="drill round", state="done", tries=1).count()
    assert _periods_now() - _first_period() + 1 > Job.objects.filter(kind="drill round").count()


def _done() -> int:
    return Job.objects.filter(kind="drill round", state="done").count()


def _is_quiet() -> bool:
    """Nothing is under way that would still ask for a round."""
    silence = pulse.silence()
    return silence is not None and silence > datetime.timedelta(seconds=3)


def _periods_now() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM now())")
        return int(cursor.fetchone()[0]) // ROUND_SECONDS


def _first_period() -> int:
    first = rounds()[0].partition(":")[2]
    return int(datetime.datetime.fromisoformat(first).timestamp()) // ROUND_SECONDS


def _kill(beat: subprocess.Popen[bytes]) -> None:
    processes.stop(beat, how=signal.SIGKILL, patience=5)
