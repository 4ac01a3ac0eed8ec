"""While a large file is checked and brought in, pages answer and others may write; the worker itself stays small."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection, transaction

from embedded.jobs.models import Job
from programmes.intake import work
from programmes.models import Residency, ResidencyFile
from tests.intake.building import checked, many, states, table, upload
from tests.intake.memory import held
from tests.registration.filled import chosen, key
from tests.workers import become, ended, redis_of_drill, running_now, workers
from tests.world import World, client_of

__all__ = ["redis_of_drill", "workers"]

MOST_KIB = 300 * 1024
MOST_ROWS = 2_000


@pytest.mark.django_db(transaction=True)
def test_pages_answer_while_a_worker_checks_the_largest_file(
    redis_of_drill: object, workers: Any, world: World
) -> None:
    worker = workers.start()
    lead, reader = world.client("programme_lead"), world.client("host_manager")
    assert upload(lead, world, table(*many(MOST_ROWS))).status_code == 302
    job = ResidencyFile.objects.get().job
    assert job
    become(running_now(job))
    for address in (world.url(), world.url("access/")):
        assert reader.get(address).status_code == 200
    assert save_an_idea(world).status_code == 302
    assert Job.objects.get(pk=job.pk).ended_at is None, "it was checked before anybody asked for a page"
    become(ended(job))
    assert ResidencyFile.objects.get().rows.count() == MOST_ROWS
    assert max(held("VmHWM", child) for child in worker.children()) < MOST_KIB


def save_an_idea(world: World) -> Any:
    typed = {"title": "Falls at noon", "site": "", "form_key": key()} | chosen("host", world.host)
    return world.client("programme_lead").post(f"/p/{world.programme.slug}/register/", typed)


@pytest.mark.django_db(transaction=True)
def test_pages_answer_and_work_goes_on_while_rows_come_in(world: World) -> None:
    """Nobody waits for the lock that keeps two files of one programme apart, but who asks for a new code."""
    lead = world.people["programme_lead"]
    file = checked(client_of(lead), world, table(*many(3)))
    come_in, go_on = threading.Event(), threading.Event()

    def bring_in() -> None:
        with transaction.atomic():
            work.bring_next_in(file, lead)
            come_in.set()
            go_on.wait(30)
        connection.close()

    slice_of_rows = threading.Thread(target=bring_in)
    slice_of_rows.start()
    try:
        assert come_in.wait(30)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '2s'")
        assert world.client("host_manager").get(world.url()).status_code == 200
        invited = {"name": "Noor New", "email": "noor@people.example", "form_key": key()}
        answer = client_of(lead).post(f"/p/{world.programme.slug}/team/invite/?role=funder", invited)
        assert answer.status_code == 302
        assert Residency.objects.count() == 1
    finally:
        go_on.set()
        slice_of_rows.join()
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
    assert set(states(file)) == {"made"} and Residency.objects.count() == 4
