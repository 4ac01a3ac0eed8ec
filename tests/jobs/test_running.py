"""What a handler makes counts once or not at all, however it ends and however often it is started."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from embedded.files.models import MadeFile
from embedded.jobs import Progress, ask, handler
from embedded.jobs.models import Job
from embedded.jobs.running import run
from embedded.post.models import Letter
from tests.drill_work import note
from tests.workers import at_once, become, run_jobs, running_now

pytestmark = pytest.mark.usefixtures("drill_work")


@handler("put off")
def put_off(job: Job, progress: Progress) -> datetime | None:
    """Not finished before the payload has been changed."""
    note("begun", job)
    return None if job.payload.get("go on") else timezone.now() + timedelta(hours=1)


@handler("taken over")
def be_taken_over(job: Job, progress: Progress) -> None:
    """The first try loses its lease while it works; the second, by somebody else, ends before it."""
    note(f"try {job.tries}", job)
    if job.tries == 1:
        at_once(lambda: _take_over(job))


def _take_over(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    run(job.pk)


def asked(**payload: Any) -> Job:
    return ask("drill", "report:7", payload, None)


def letters() -> list[str]:
    return sorted(letter.subject for letter in Letter.objects.all())


@pytest.mark.django_db
def test_run_does_the_work_and_marks_it_done() -> None:
    job = asked()
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.lease_until, job.tries) == ("done", None, 1)
    assert (MadeFile.objects.count(), letters()) == (1, ["made: report:7"])


@pytest.mark.django_db
def test_run_again_after_success_does_nothing() -> None:
    """P44: delivered again."""
    job = asked()
    run(job.pk)
    run(job.pk)
    assert (MadeFile.objects.count(), letters()) == (1, ["made: report:7"])


@pytest.mark.django_db(transaction=True)
def test_run_in_parallel_does_the_work_once() -> None:
    """P44: delivered to several workers at once."""
    job = asked()
    at_once(*[lambda: run(job.pk)] * 6)
    assert (MadeFile.objects.count(), letters()) == (1, ["made: report:7"])


@pytest.mark.django_db
def test_run_tries_again_later_when_a_handler_stumbles() -> None:
    job = asked(**{"raise": [1]})
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.tries, letters()) == ("waiting", 1, [])
    assert job.not_before
    assert job.not_before > timezone.now()
    Job.objects.update(not_before=None)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, letters()) == ("done", ["made: report:7"])


@pytest.mark.django_db
def test_run_gives_up_after_three_tries_and_tells_once() -> None:
    job = asked(**{"raise": [1, 2, 3]})
    for _ in range(5):
        run(job.pk)
        Job.objects.update(not_before=None)
    job.refresh_from_db()
    assert (job.state, job.tries, letters()) == ("failed", 3, ["failed: report:7"])
    assert job.error.endswith(".")


@pytest.mark.django_db
def test_run_gives_up_at_once_when_the_handler_says_so() -> None:
    job = asked(cannot="There is nothing to report for March 2026.")
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("failed", "There is nothing to report for March 2026.")
    assert letters() == ["failed: report:7"]


@pytest.mark.django_db
def test_run_of_an_unknown_kind_fails_in_the_end() -> None:
    job = ask("nobody does this", "report:7", {}, None)
    for _ in range(3):
        run(job.pk)
        Job.objects.update(not_before=None)
    job.refresh_from_db()
    assert job.state == "failed"


@pytest.mark.django_db
def test_run_keeps_what_was_written_before_it_was_put_off() -> None:
    job = ask("put off", "report:7", {}, None)
    run_jobs()
    job.refresh_from_db()
    assert (job.state, job.tries, letters()) == ("waiting", 0, ["begun: report:7"])
    Job.objects.update(not_before=None, payload={"go on": True})
    run_jobs()
    job.refresh_from_db()
    assert job.state == "done"


@pytest.mark.django_db(transaction=True)
def test_run_by_one_whose_lease_was_lost_leaves_nothing() -> None:
    job = ask("taken over", "report:7", {}, None)
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.tries, letters()) == ("done", 2, ["try 2: report:7"])


@pytest.mark.django_db(transaction=True)
def test_run_shows_progress_while_it_works(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    job = asked(gate=str(gate))

    def watch() -> tuple[str, int, int]:
        become(running_now(job))
        seen = Job.objects.values_list("step", "done_units", "of_units").get()
        gate.touch()
        return seen

    _, seen = at_once(lambda: run(job.pk), watch)
    assert seen == ("Drawing", 1, 2)


@pytest.mark.django_db(transaction=True)
def test_run_in_a_callers_transaction_can_be_taken_back() -> None:
    job = asked()

    @transaction.atomic
    def fail() -> None:
        run(job.pk)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    job.refresh_from_db()
    assert (job.state, letters()) == ("waiting", [])
