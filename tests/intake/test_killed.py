"""A worker that dies while rows come in: each row is all in or not at all, and none is in twice."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from embedded.jobs.models import Job
from programmes.intake import work
from programmes.intake.tasks import purge
from programmes.models import Residency, ResidencyFile, ResidencyFileRow
from tests.intake.building import brought_in, checked, many, states, table, upload
from tests.registration.filled import key
from tests.workers import at_once, become, ended, redis_of_drill, run_jobs, workers
from tests.world import World, client_of

__all__ = ["redis_of_drill", "workers"]


def test_rows_come_in_slice_by_slice_and_a_slice_done_again_finds_nothing_to_do(
    world: World, monkeypatch: pytest.MonkeyPatch, times: Callable[[int, int], int]
) -> None:
    monkeypatch.setattr(work, "SLICE", times(4, work.SLICE))
    lead = world.client("programme_lead")
    file = checked(lead, world, table(*many(work.SLICE * 2 + 1)))
    brought_in(lead, file)
    assert set(states(file)) == {"made"}
    assert Job.objects.filter(kind="residency_file_import", state="done").count() == 3
    before = Residency.objects.count()
    work.bring_next_in(file, world.people["programme_lead"])
    assert Residency.objects.count() == before


def test_a_slice_that_is_cut_off_leaves_nothing_of_it(world: World) -> None:
    lead = world.client("programme_lead")
    file = checked(lead, world, table(*many(3)))
    before = Residency.objects.count()
    with transaction.atomic():
        work.bring_next_in(file, world.people["programme_lead"])
        assert Residency.objects.count() == before + 3
        transaction.set_rollback(True)  # as when the process is gone
    assert (Residency.objects.count(), states(file)) == (before, ["good"] * 3)
    brought_in(lead, file)
    assert (Residency.objects.count(), states(file)) == (before + 3, ["made"] * 3)


def test_a_row_that_no_longer_fits_takes_no_other_with_it(world: World) -> None:
    lead = world.client("programme_lead")
    file = checked(lead, world, table(*many(3)))
    later = str(timezone.localdate() + datetime.timedelta(days=9))
    row = file.rows.get(number=3)
    row.values["start"] = later
    row.save()
    before = Residency.objects.count()
    brought_in(lead, file)
    assert states(file) == ["made", "bad", "made"] and Residency.objects.count() == before + 2
    assert "today or in the past" in file.rows.get(number=3).problems[0]["fix"]


def test_the_database_itself_refuses_a_residency_of_two_rows(world: World) -> None:
    lead = world.client("programme_lead")
    file = brought_in(lead, checked(lead, world, table(*many(2))))
    first, second = file.rows.all()
    with pytest.raises(IntegrityError), transaction.atomic():
        ResidencyFileRow.objects.filter(pk=second.pk).update(residency=first.residency)


@pytest.mark.django_db(transaction=True)
def test_the_same_content_uploaded_and_brought_in_twice_at_once_makes_nothing_twice(world: World) -> None:
    lead = world.people["programme_lead"]
    browsers = [client_of(lead), client_of(lead)]
    before = Residency.objects.count()
    answers = at_once(*[lambda one=one: upload(one, world, table(*many(5))).status_code for one in browsers])
    assert answers == [302, 302]
    run_jobs()
    for file in ResidencyFile.objects.all():
        browsers[0].post(file.get_absolute_url(), {"form_key": key()})
    jobs = list(Job.objects.filter(kind="residency_file_import", state="waiting"))
    from embedded.jobs import running

    at_once(*[lambda one=one: running.run(one.pk) for one in jobs])
    run_jobs()
    assert Residency.objects.count() == before + 5


@pytest.mark.full
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_again_and_again_brings_every_row_in_once(
    redis_of_drill: object, workers: object, world: World, times: object
) -> None:
    lead = world.client("programme_lead")
    before = Residency.objects.count()
    upload(lead, world, table(*many(120)))
    workers.start()  # type: ignore[attr-defined]
    file = ResidencyFile.objects.get()
    assert file.job
    become(ended(file.job))
    lead.post(file.get_absolute_url(), {"form_key": key()})
    for number in range(times(2, 5)):  # type: ignore[operator]
        whole = number // 2 * work.SLICE  # two kills for a slice: after a third its job would be given up
        become(lambda whole=whole: Residency.objects.count() > before + whole)
        workers.running[-1].kill()  # type: ignore[attr-defined]
        workers.start()  # type: ignore[attr-defined]
    become(lambda: set(states(file)) == {"made"})
    assert Residency.objects.count() == before + 120


def test_files_are_forgotten_after_thirty_days(world: World) -> None:
    lead = world.client("programme_lead")
    file = brought_in(lead, checked(lead, world, table(*many(2))))
    purge(file.job, lambda *news: None)  # type: ignore[arg-type]
    assert ResidencyFile.objects.exists()
    ResidencyFile.objects.update(asked_at=timezone.now() - datetime.timedelta(days=31))
    purge(file.job, lambda *news: None)  # type: ignore[arg-type]
    assert not ResidencyFile.objects.exists() and Residency.objects.filter(title="Residency 1").exists()
