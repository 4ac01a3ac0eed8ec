"""A job has one holder at a time, and only its holder ends it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from embedded.jobs import ask
from embedded.jobs.claiming import LeaseLost, claim, finish, put_back, renew
from embedded.jobs.models import Job
from tests.workers import at_once


def lapse(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


@pytest.fixture
def job(db: None) -> Job:
    return ask("drill", "report:7", {}, None)


def test_claim_gives_a_lease(job: Job) -> None:
    mine = claim(job.pk)
    assert mine
    assert (mine.state, mine.tries) == ("running", 1)
    assert mine.lease_until
    assert mine.lease_until > timezone.now()


def test_claim_of_a_held_job_gives_nothing(job: Job) -> None:
    claim(job.pk)
    assert claim(job.pk) is None


def test_claim_takes_over_when_the_lease_has_run_out(job: Job) -> None:
    first = claim(job.pk)
    lapse(job)
    second = claim(job.pk)
    assert first
    assert second
    assert (second.tries, second.lease_token != first.lease_token) == (2, True)


@pytest.mark.django_db(transaction=True)
def test_claim_at_the_same_moment_succeeds_once(transactional_db: None) -> None:
    """P44: delivered to several workers in parallel."""
    job = ask("drill", "report:7", {}, None)
    claims = at_once(*[lambda: claim(job.pk)] * 8)
    assert sum(mine is not None for mine in claims) == 1


def test_claim_waits_until_not_before(job: Job) -> None:
    Job.objects.update(not_before=timezone.now() + timedelta(minutes=1))
    assert claim(job.pk) is None
    Job.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    assert claim(job.pk)


def test_claim_gives_up_after_three_tries(job: Job) -> None:
    for _ in range(3):
        assert claim(job.pk)
        lapse(job)
    assert claim(job.pk) is None
    job.refresh_from_db()
    assert (job.state, job.tries) == ("failed", 3)
    assert "three times" in job.error


@pytest.mark.parametrize("state", ["done", "failed"])
def test_claim_leaves_what_has_ended(job: Job, state: str) -> None:
    Job.objects.update(state=state, error="No." if state == "failed" else "", ended_at=timezone.now())
    assert claim(job.pk) is None


def test_claim_of_no_job_gives_nothing(db: None) -> None:
    assert claim(1) is None


def test_finish_is_for_the_holder_only(job: Job) -> None:
    first = claim(job.pk)
    lapse(job)
    second = claim(job.pk)
    assert first
    assert second
    with pytest.raises(LeaseLost):
        finish(first)
    with pytest.raises(LeaseLost):
        put_back(first, timezone.now())
    finish(second)
    job.refresh_from_db()
    assert job.state == "done"


def test_renew_keeps_the_lease_and_tells_how_far(job: Job) -> None:
    mine = claim(job.pk)
    lapse(job)
    assert mine
    renew(mine, "Drawing page", 3, 12)
    job.refresh_from_db()
    assert (job.step, job.done_units, job.of_units, job.percent) == ("Drawing page", 3, 12, 25)
    assert claim(job.pk) is None


def test_put_back_afresh_forgets_the_tries(job: Job) -> None:
    mine = claim(job.pk)
    assert mine
    put_back(mine, timezone.now() - timedelta(seconds=1), afresh=True)
    again = claim(job.pk)
    assert again
    assert again.tries == 1


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("state = 'lost', ended_at = now()", "job_state_is_known"),
        ("key = ''", "job_has_kind_and_key"),
        ("state = 'running'", "job_is_leased_while_running"),
        ("lease_until = now()", "job_is_leased_while_running"),
        ("state = 'done'", "job_ended_has_its_moment"),
        ("ended_at = now()", "job_ended_has_its_moment"),
        ("state = 'failed', ended_at = now()", "job_failed_says_why"),
        ("error = 'No.'", "job_failed_says_why"),
    ],
)
def test_the_database_refuses(job: Job, change: str, constraint: str) -> None:
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE jobs_job SET {change}")  # noqa: S608
