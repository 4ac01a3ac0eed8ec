"""Real workers that make packs are killed by -9 between two steps of the making: others make each pack, once."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice, permutations
from pathlib import Path

import pytest

from embedded.files.models import MadeFile
from embedded.jobs.models import Job
from guidance.models import Pack
from guidance.packs.build import is_there
from tests.guidance.packs.binding import SLUGS, asked
from tests.workers import Workers, become, ended, redis_of_drill, workers

__all__ = ["redis_of_drill", "workers"]  # fixtures
pytestmark = pytest.mark.django_db(transaction=True)

SEAMS = (
    "after the row of the PDF, before the ZIP",
    "after the pack is printed",
    "after a file of the pack, before its row",
    "after the file of a document of the pack",
    "after the pack is made, before the commit",
)  # of tests/drill_seams.py, which only workers load


def test_packs_whose_workers_are_killed_between_two_steps_are_made_once_by_the_next(
    library: Path, workers: Workers, tmp_path: Path, times: Callable[[int, int], int]
) -> None:
    marks, seams = tmp_path / "marks", SEAMS[: times(2, len(SEAMS))]
    marks.mkdir()
    env = {"DRILL_MARKS": str(marks), "DRILL_SEAMS": "; ".join(seams), "DRILL_WHOLE_WORKER": "1"}
    packs = [asked(*two) for two in islice(permutations(SLUGS, 2), len(seams))]
    for _ in seams:
        worker = workers.start(**env)
        become(lambda worker=worker: worker.child.poll() is not None)  # type: ignore[misc]
    workers.start(**env)
    become(ended(*Job.objects.all()))
    assert {mark.name for mark in marks.iterdir() if not mark.name.startswith("job ")} == set(seams)
    assert set(Job.objects.values_list("state", "tries")) == {("done", 2)}
    assert all(is_there(pack) for pack in Pack.objects.select_related("pdf", "bundle"))
    assert MadeFile.objects.filter(name__startswith="guidance-pack").count() == 2 * len(packs)  # PDF and ZIP
