"""How much memory a worker holds: what one has taken before its first job, and what a job adds to that."""

from __future__ import annotations

import ctypes
import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.workers import ROOT

_BEGUN = """
import django; django.setup()
import celery.apps.worker, embedded.celery, embedded.jobs.tasks
from embedded.jobs import handlers; handlers.find("residency_file_check")
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")))
"""


@dataclass
class Taken:
    """The most that this process held beyond what it held before, in KiB."""

    kib: int = 0


@contextmanager
def more_than_before() -> Iterator[Taken]:
    """Measures this process, which does a worker's jobs in tests, from as little as it can hold."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")  # the most starts again from what is held now
    before, taken = held("VmRSS"), Taken()
    yield taken
    taken.kib = held("VmHWM") - before


def held(what: str, process: int | str = "self") -> int:
    """`VmRSS` is what a process holds now, `VmHWM` the most it ever held; in KiB."""
    lines = Path(f"/proc/{process}/status").read_text(errors="replace").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{what}:"))


@cache
def before_its_first_job() -> int:
    """What a worker has taken once it knows all its work."""
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.drill_settings", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-W", "ignore", "-c", _BEGUN]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, check=True)
    return int(done.stdout.split()[-1])
