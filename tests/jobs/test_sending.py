"""Asking while the broker is away, hung or forgetful: the row stands, the page does not wait, the sweep sends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from embedded.jobs import ask, sending
from embedded.jobs.claiming import claim
from embedded.jobs.models import Job
from tests.workers import DrillRedis

pytestmark = pytest.mark.django_db(transaction=True)

AGO = timedelta(minutes=10)


def asked(number: int = 0) -> Job:
    return ask("drill", f"report:{number}", {}, None)


def rest_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "_rested_until", 0.0)


def test_ask_goes_through_a_unix_socket(redis_of_drill: DrillRedis) -> None:
    job = asked()
    job.refresh_from_db()
    assert (redis_of_drill.queued(), job.sent_at is not None) == (1, True)


def test_ask_while_redis_is_dead_keeps_the_row(redis_of_drill: DrillRedis) -> None:
    redis_of_drill.kill()
    job = asked()
    job.refresh_from_db()
    assert (job.state, job.sent_at) == ("waiting", None)


def test_ask_while_redis_hangs_keeps_the_row_and_asks_it_no_more(
    redis_of_drill: DrillRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first send waits for half a second; those right after it do not even try (P42)."""
    redis_of_drill.hang()
    for number in range(20):
        asked(number)
    redis_of_drill.go_on()
    assert (Job.objects.filter(sent_at=None).count(), redis_of_drill.queued()) == (20, 0)
    rest_over(monkeypatch)
    assert (sending.sweep(), redis_of_drill.queued()) == (20, 20)


def test_sweep_sends_what_could_not_be_sent(
    redis_of_drill: DrillRedis, monkeypatch: pytest.MonkeyPatch
) -> None:
    redis_of_drill.kill()
    asked()
    redis_of_drill.start()
    rest_over(monkeypatch)
    assert (sending.sweep(), redis_of_drill.queued()) == (1, 1)
    assert sending.sweep() == 0


def test_sweep_while_redis_is_dead_does_nothing(redis_of_drill: DrillRedis) -> None:
    redis_of_drill.kill()
    asked()
    assert sending.sweep() == 0


def test_sweep_sends_again_what_was_lost(redis_of_drill: DrillRedis) -> None:
    asked()
    redis_of_drill.flush()
    assert sending.sweep() == 0  # it may still be under way
    Job.objects.update(sent_at=timezone.now() - AGO)
    assert (sending.sweep(), redis_of_drill.queued()) == (1, 1)


def test_sweep_sends_again_what_a_dead_worker_held(redis_of_drill: DrillRedis) -> None:
    job = asked()
    claim(job.pk)
    Job.objects.update(sent_at=timezone.now() - AGO)
    assert sending.sweep() == 0
    Job.objects.update(lease_until=timezone.now() - AGO)
    assert sending.sweep() == 1


def test_sweep_leaves_what_has_ended_and_what_is_to_wait(redis_of_drill: DrillRedis) -> None:
    asked(1)
    asked(2)
    Job.objects.filter(key="report:1").update(state="done", ended_at=timezone.now(), sent_at=None)
    Job.objects.filter(key="report:2").update(not_before=timezone.now() + AGO, sent_at=None)
    assert sending.sweep() == 0
