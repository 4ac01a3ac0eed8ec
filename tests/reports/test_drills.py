"""Buttons are pressed many times and messages delivered many times: every report exactly once."""

from __future__ import annotations

from uuid import uuid4

import pytest

from embedded.audit.models import Event
from embedded.celery import app
from embedded.jobs.models import Job
from programmes.models import Report
from tests.reports.drilling import asked, assert_made_once, job_of
from tests.reports.telling import press
from tests.workers import DrillRedis, Workers, at_once, become, ended
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_twenty_presses_of_one_form_and_five_deliveries(world: World, workers: Workers) -> None:
    """P44 and P48."""
    client, key = world.client("programme_lead"), str(uuid4())
    answers = at_once(*[lambda: press(client, world.programme, form_key=key)] * 20)
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, Report.objects.get().get_absolute_url())
    }
    report = Report.objects.select_related("job").get()
    for _ in range(5):
        app.send_task("jobs.run", kwargs={"job_id": report.job_id})
    workers.start(concurrency=2)
    become(ended(job_of(report)))
    app.send_task("jobs.run", kwargs={"job_id": report.job_id})
    after = asked(world, prepared_for="Somebody else")
    become(ended(job_of(after)))
    assert_made_once(report, after)


def test_twenty_forms_for_the_same_are_one_report(world: World, redis_of_drill: DrillRedis) -> None:
    client = world.client("programme_lead")
    answers = at_once(*[lambda: press(client, world.programme)] * 20)
    assert {answer.status_code for answer in answers} == {302}
    assert (Report.objects.count(), Job.objects.count()) == (1, 1)
    assert Event.objects.filter(deed="report.asked").count() == 1
