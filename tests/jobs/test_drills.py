"""Real workers and a real Redis are killed, hung and emptied: every job ends exactly once (trust.md P38 to P44)."""

from __future__ import annotations

import os
import signal
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from embedded.celery import app
from embedded.files.models import MadeFile
from embedded.jobs import ask, sending
from embedded.jobs.models import Job
from embedded.post.models import Letter
from tests.workers import PATIENCE, DrillRedis, Workers, at_once, become, ended, running_now

pytestmark = pytest.mark.django_db(transaction=True)


def asked(number: int = 1, **payload: Any) -> Job:
    return ask("drill", f"report:{number}", payload, None)


def assert_each_made_once(*jobs: Job) -> None:
    """One done row, one file and one letter a job."""
    keys = sorted(job.key for job in jobs)
    assert sorted(Job.objects.filter(state="done").values_list("key", flat=True)) == keys
    assert sorted(MadeFile.objects.values_list("name", flat=True)) == [f"{key}.txt" for key in keys]
    assert sorted(Letter.objects.values_list("subject", flat=True)) == [f"made: {key}" for key in keys]


def test_a_worker_does_what_is_asked(workers: Workers) -> None:
    worker = workers.start()
    job = asked()
    become(ended(job))
    assert_each_made_once(job)
    assert b"Traceback" not in worker.log.read_bytes()


def test_worker_killed_in_mid_job_is_followed_by_another(workers: Workers, tmp_path: Path) -> None:
    """P39: kill -9 of the whole worker."""
    gate = tmp_path / "gate"
    first = workers.start()
    job = asked(gate=str(gate))
    become(running_now(job))
    first.kill()
    gate.touch()
    workers.start()
    become(ended(job))
    assert_each_made_once(job)
    job.refresh_from_db()
    assert job.tries == 2


def test_child_killed_in_mid_job_is_followed_by_another(workers: Workers, tmp_path: Path) -> None:
    """P38: kill -9 of the child that works, as the kernel does when memory runs out."""
    gate = tmp_path / "gate"
    worker = workers.start()
    job = asked(gate=str(gate))
    become(running_now(job))
    for child in worker.children():
        os.kill(child, signal.SIGKILL)
    gate.touch()
    become(ended(job))
    assert_each_made_once(job)


def test_poison_ends_after_three_tries_and_harms_nobody_else(workers: Workers) -> None:
    """F4: a job that kills its worker each time is failed, its asker told once, and the others are done."""
    workers.start(concurrency=2)
    poison, other = asked(1, die=[1, 2, 3]), asked(2)
    become(ended(poison, other))
    poison.refresh_from_db()
    assert (poison.state, poison.tries) == ("failed", 3)
    assert Letter.objects.filter(subject="failed: report:1").count() == 1
    assert Letter.objects.filter(subject="made: report:2").count() == 1
    assert MadeFile.objects.count() == 1


def test_slow_worker_and_impatient_one_make_one(workers: Workers, tmp_path: Path) -> None:
    """F2: a job that runs for longer than its lease is not begun again while its worker lives. A lease of 5 seconds: a
    machine that is busy may keep a heartbeat waiting for two."""
    gate, lease = tmp_path / "gate", 5
    for _ in range(2):
        workers.start(JOB_LEASE_SECONDS=str(lease))
    job = asked(gate=str(gate))
    become(running_now(job))
    begun = Job.objects.get().lease_until
    assert begun
    for _ in range(5):
        app.send_task("jobs.run", kwargs={"job_id": job.pk})
    become(Job.objects.filter(lease_until__gt=begun + timedelta(seconds=2 * lease)).exists)
    gate.touch()
    become(ended(job))
    assert_each_made_once(job)
    job.refresh_from_db()
    assert job.tries == 1


def test_redis_dead_while_asking_is_caught_up_after_its_return(
    workers: Workers, redis_of_drill: DrillRedis
) -> None:
    """P42: the worker finds its way back by itself, and everything accepted meanwhile is done."""
    workers.start(concurrency=2)
    before = asked(0)
    become(ended(before))
    become(
        lambda: not redis_of_drill.held()
    )  # a worker that cannot give back what it holds ends, and is begun anew
    redis_of_drill.kill()
    jobs = [asked(number) for number in range(1, 21)]
    assert Job.objects.filter(sent_at=None).count() == 20
    redis_of_drill.start()
    become(ended(*jobs))
    assert_each_made_once(before, *jobs)


def test_redis_hung_while_a_job_ends_and_others_are_asked_for(
    workers: Workers, redis_of_drill: DrillRedis, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P42: SIGSTOP. The worker cannot say that it is done with the first, and must take the others all the same."""
    gate = tmp_path / "gate"
    workers.start()
    first = asked(0, gate=str(gate))
    become(running_now(first))
    redis_of_drill.hang()
    gate.touch()
    become(ended(first))
    jobs = []
    for number in range(1, 4):  # each waits for half a second
        monkeypatch.setattr(sending, "_rested_until", 0.0)
        jobs.append(asked(number))
    redis_of_drill.go_on()
    become(ended(*jobs))
    assert_each_made_once(first, *jobs)


def test_redis_full_while_a_job_ends_and_others_are_asked_for(
    workers: Workers, redis_of_drill: DrillRedis, tmp_path: Path
) -> None:
    """P42: it answers, but writes nothing down, so that the worker cannot say that it is done with the first."""
    gate = tmp_path / "gate"
    worker = workers.start()
    first = asked(0, gate=str(gate))
    become(running_now(first))
    redis_of_drill.set_most_memory("1mb")
    gate.touch()
    become(ended(first))
    jobs = [asked(number) for number in range(1, 4)]
    become(lambda: b"OutOfMemoryError" in worker.log.read_bytes())
    redis_of_drill.set_most_memory("0")
    become(ended(*jobs))
    assert worker.child.poll() is None
    assert_each_made_once(first, *jobs)


def test_letters_go_before_reports_that_wait(workers: Workers, tmp_path: Path) -> None:
    """Ten reports may take minutes; a letter with a link to sign in must not wait for them."""
    gate = tmp_path / "gate"
    workers.start()
    first = asked(0, gate=str(gate))
    become(running_now(first))
    long_ones = [
        ask("programme_report", f"no such report {number}", {"report": 0}, None) for number in range(3)
    ]
    quick = asked(1)
    gate.touch()
    become(ended(first, quick))
    quick.refresh_from_db()
    started = Job.objects.filter(pk__in=[job.pk for job in long_ones], started_at__lt=quick.started_at)
    assert not started.exists()


def test_redis_killed_in_mid_job_changes_nothing(
    workers: Workers, redis_of_drill: DrillRedis, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    workers.start()
    job = asked(gate=str(gate))
    become(running_now(job))
    redis_of_drill.kill()
    gate.touch()
    become(ended(job))
    redis_of_drill.start()
    after = asked(2)
    become(ended(after))
    assert_each_made_once(job, after)


def test_redis_flushed_with_jobs_queued_loses_none(
    workers: Workers, redis_of_drill: DrillRedis, tmp_path: Path
) -> None:
    """F3: the broker forgets everything; the rows do not."""
    gate = tmp_path / "gate"
    workers.start()
    first = asked(0, gate=str(gate))
    become(running_now(first))
    queued = [asked(number) for number in range(1, 11)]
    redis_of_drill.flush()
    gate.touch()
    become(ended(first, *queued))
    assert_each_made_once(first, *queued)


def test_asked_twice_at_once_and_delivered_five_times_is_made_once(workers: Workers) -> None:
    """P44, and a double click."""
    job, same = at_once(lambda: asked(), lambda: asked())
    assert job == same
    for _ in range(5):
        app.send_task("jobs.run", kwargs={"job_id": job.pk})
    workers.start(concurrency=2)
    become(ended(job))
    app.send_task("jobs.run", kwargs={"job_id": job.pk})
    after = asked(2)
    become(ended(after))
    assert_each_made_once(job, after)


def test_worker_that_is_told_to_stop_hands_over_or_finishes(workers: Workers, tmp_path: Path) -> None:
    """P51: SIGTERM in mid-job."""
    gate = tmp_path / "gate"
    first = workers.start()
    job = asked(gate=str(gate))
    become(running_now(job))
    first.child.send_signal(signal.SIGTERM)
    gate.touch()
    first.child.wait(PATIENCE)
    workers.start()
    become(ended(job))
    assert_each_made_once(job)


def test_job_that_takes_too_long_is_stopped_and_says_so(workers: Workers, tmp_path: Path) -> None:
    """P32: the soft limit ends it with a sentence; nothing that it wrote is kept."""
    workers.start(JOB_TIME_LIMIT_SECONDS="1")
    job = asked(gate=str(tmp_path / "never"))
    become(ended(job))
    job.refresh_from_db()
    assert (job.state, "too long" in job.error) == ("failed", True)
    assert list(Letter.objects.values_list("subject", flat=True)) == ["failed: report:1"]


def test_job_that_eats_the_memory_fails_and_says_so(workers: Workers) -> None:
    """P32: the child's memory is bounded; the next job is done by the same worker."""
    workers.start()
    greedy, modest = asked(1, eat=2 * 1024**3), asked(2)
    become(ended(greedy, modest))
    greedy.refresh_from_db()
    assert (greedy.state, "too large" in greedy.error, greedy.tries) == ("failed", True, 1)
    assert Job.objects.get(pk=modest.pk).state == "done"
