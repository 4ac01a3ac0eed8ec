"""Work to practise on: a pretend report that keeps one file and writes one letter, and dies when told to."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from embedded.files import keep
from embedded.jobs import CannotBeDone, Progress, handler
from embedded.jobs.models import Job
from embedded.local.processes import wait_until
from embedded.post.models import Letter


def tell(job: Job) -> None:
    note("failed", job)


def note(what: str, job: Job) -> None:
    """A letter with a key of its own, so that doing something twice leaves two."""
    Letter.objects.create(
        to="lead@demo.example",
        subject=f"{what}: {job.key}",
        key=str(uuid4()),
        state="kept",
        asked_at=timezone.now(),
    )


@handler("drill round")
def go_round(job: Job, progress: Progress) -> None:
    """What a schedule brings once a period."""
    note("round", job)


@handler("drill", failed=tell)
def make(job: Job, progress: Progress) -> None:
    """Payload: `gate`, a path to wait for; `die`, the tries that end by kill -9; `raise`, those that raise;
    `eat`, bytes of memory to take; `cannot`, a sentence to give up with."""
    progress("Drawing", 1, 2)
    note("made", job)
    if job.tries in job.payload.get("die", []):
        os.kill(os.getpid(), signal.SIGKILL)
    if job.tries in job.payload.get("raise", []):
        raise RuntimeError("as told")
    if job.payload.get("eat"):
        bytearray(job.payload["eat"])
    if sentence := job.payload.get("cannot"):
        raise CannotBeDone(sentence)
    if gate := job.payload.get("gate"):
        wait_until(Path(gate).exists, seconds=600, pause=0.02)
    keep(job.key.encode(), f"{job.key}.txt", "text/plain")
