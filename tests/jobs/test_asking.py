"""Asking is safe to repeat, and means nothing until it is committed."""

from __future__ import annotations

import pytest
import structlog
from django.db import transaction
from django.utils import timezone

from embedded.accounts.models import User
from embedded.jobs import ask, retry
from embedded.jobs.models import Job
from tests.workers import at_once


@pytest.mark.django_db
def test_ask_keeps_who_asked_for_what() -> None:
    lead = User.objects.create_user("lead@demo.example")
    with structlog.contextvars.bound_contextvars(request_id="r-1"):
        job = ask("drill", "report:7", {"report": 7}, lead)
    assert (job.kind, job.payload, job.asker, job.state, job.request_id) == (
        "drill",
        {"report": 7},
        lead,
        "waiting",
        "r-1",
    )


@pytest.mark.django_db
def test_ask_twice_is_one_job() -> None:
    first = ask("drill", "report:7", {"report": 7}, None)
    again = ask("drill", "report:7", {"report": 8}, None)
    assert again == first
    assert Job.objects.get().payload == {"report": 7}


@pytest.mark.django_db(transaction=True)
def test_ask_at_the_same_moment_is_one_job() -> None:
    jobs = at_once(*[lambda: ask("drill", "report:7", {}, None)] * 8)
    assert {job.pk for job in jobs} == {Job.objects.get().pk}


@pytest.mark.django_db(transaction=True)
def test_ask_in_a_transaction_that_fails_leaves_nothing() -> None:
    """P43: rolled back, so nothing is ever sent; there is no row that a sweep could find."""

    @transaction.atomic
    def fail() -> None:
        ask("drill", "report:7", {}, None)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert not Job.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_ask_sends_after_the_commit() -> None:
    with transaction.atomic():
        job = ask("drill", "report:7", {}, None)
        job.refresh_from_db()
        assert job.sent_at is None
    job.refresh_from_db()
    assert job.sent_at is not None


@pytest.mark.django_db
def test_retry_lets_a_failed_job_wait_afresh() -> None:
    job = ask("drill", "report:7", {}, None)
    Job.objects.update(state="failed", error="It went wrong.", ended_at=timezone.now(), tries=3)
    assert retry(job)
    assert (job.state, job.tries, job.error, job.ended_at) == ("waiting", 0, "", None)


@pytest.mark.django_db
def test_retry_leaves_a_job_that_has_not_failed() -> None:
    job = ask("drill", "report:7", {}, None)
    Job.objects.update(state="done", ended_at=timezone.now(), tries=1)
    assert not retry(job)
    assert (job.state, job.tries) == ("done", 1)
