"""A real worker that makes a pack is killed by -9: another makes it, once."""

from __future__ import annotations

from pathlib import Path

import pytest

from embedded.files.models import MadeFile
from embedded.jobs.models import Job
from guidance.models import Pack
from guidance.packs.build import is_there
from tests.guidance.packs.binding import asked
from tests.workers import Workers, become, ended, redis_of_drill, running_now, workers

__all__ = ["redis_of_drill", "workers"]  # fixtures
pytestmark = pytest.mark.django_db(transaction=True)


def test_pack_whose_worker_is_killed_is_made_once_by_the_next(library: Path, workers: Workers) -> None:
    first = workers.start()
    pack = asked()
    assert pack.job
    become(running_now(pack.job))
    first.kill()
    assert Pack.objects.get().pdf is None
    workers.start()
    become(ended(pack.job), seconds=120)
    job = Job.objects.get(pk=pack.job.pk)
    assert (job.state, job.tries) == ("done", 2)
    assert is_there(Pack.objects.select_related("pdf", "bundle").get())
    assert MadeFile.objects.filter(name__startswith="guidance-pack").count() == 2  # PDF and ZIP
