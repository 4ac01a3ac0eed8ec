"""Workers are killed, Redis is stopped and emptied, buttons are pressed many times: every report exactly once."""

from __future__ import annotations

import os
import signal
from uuid import uuid4

import pytest

from embedded.audit.models import Event
from embedded.celery import app
from embedded.jobs.models import Job
from programmes.models import Report
from tests.reports.drilling import asked, assert_made_once, held_up, job_of
from tests.reports.telling import page, press
from tests.workers import DrillRedis, Workers, at_once, become, ended, running_now
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("table", ["programmes_activitymonth", "files_madefile"])
def test_worker_killed_while_it_makes_a_report(world: World, workers: Workers, table: str) -> None:
    """P39: kill -9 of the whole worker, while it reads the records and while it keeps the file."""
    first = workers.start()
    with held_up(table):
        report = asked(world)
        become(running_now(job_of(report)))
        if table == "files_madefile":
            become(lambda: Job.objects.filter(pk=report.job_id, step="Keeping the file").exists())
        first.kill()
    assert "Your report is being prepared" in page(world.client("programme_lead"), report)
    workers.start()
    become(ended(job_of(report)))
    assert_made_once(report)
    assert Job.objects.get().tries == 2


def test_child_killed_while_it_makes_a_report(world: World, workers: Workers) -> None:
    """P38: kill -9 of the child that works, as the kernel does when memory runs out."""
    worker = workers.start()
    with held_up("programmes_activitymonth"):
        report = asked(world)
        become(running_now(job_of(report)))
        for child in worker.children():
            os.kill(child, signal.SIGKILL)
    become(ended(job_of(report)))
    assert_made_once(report)


def test_redis_stopped_while_people_ask(world: World, workers: Workers, redis_of_drill: DrillRedis) -> None:
    """P42: the request is accepted, the page says that it waits, and it is made after Redis is back."""
    workers.start()
    redis_of_drill.kill()
    reports = [asked(world), asked(world, "programme_officer"), asked(world, period="quarter")]
    seen = page(world.client("programme_lead"), reports[0])
    assert "Your report is being prepared" in seen
    assert "It is waiting its turn." in seen
    redis_of_drill.start()
    become(ended(*map(job_of, reports)), seconds=90)
    assert_made_once(*reports)
    assert "Download as PDF" in page(world.client("programme_lead"), reports[0])


def test_redis_emptied_with_reports_queued(
    world: World, workers: Workers, redis_of_drill: DrillRedis
) -> None:
    """F3: the broker forgets everything; the rows do not."""
    workers.start()
    with held_up("programmes_activitymonth"):
        first = asked(world)
        become(running_now(job_of(first)))
        second = asked(world, period="quarter")
        redis_of_drill.flush()
    become(ended(job_of(first), job_of(second)), seconds=90)
    assert_made_once(first, second)


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
