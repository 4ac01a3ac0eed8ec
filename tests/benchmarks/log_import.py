"""Somebody's own log by file, 100,000 rows from the upload to the last entry, beside a plain COPY of the entries."""

from __future__ import annotations

import json
import time
from typing import Final

from embedded.local import privileges
from tests.benchmarks.figure import Figure
from tests.benchmarks.own_file import ROWS
from tests.benchmarks.services import Services
from tests.benchmarks.trouble import CannotMeasure

SCRATCH: Final = "scratch"
GOAL: Final = 10
MOST_MIB: Final = 200


def log_import(services: Services) -> list[Figure]:
    """100,000 rows of a log by file beside a plain COPY of the same entries; memory of the worker; once each."""
    services.data("story")
    services.sql(f"DROP DATABASE IF EXISTS {SCRATCH}")
    services.sql(f"CREATE DATABASE {SCRATCH} TEMPLATE story")
    try:
        told = services.python(SCRATCH, "tests.benchmarks.own_file", str(ROWS), settings="embedded.settings")
        said = json.loads(told.splitlines()[-1])
        if said["entries"] != ROWS:
            raise CannotMeasure(f"Only {said['entries']} of {ROWS} came in.")
        limit = _copied(services, said["file"])
    finally:
        services.sql(f"DROP DATABASE IF EXISTS {SCRATCH}")
    note = f"{ROWS} rows, checked after {said['checked']:.1f} s, then brought in; limit: plain COPY into the same table"
    memory = f"worker; the process that opens the file {said['opening_mib']:.0f} MiB"
    return [
        Figure("import", said["seconds"], limit, goal=GOAL, unit="s", note=note),
        Figure("import-memory", said["worker_mib"], MOST_MIB, goal=1, unit="MiB", note=memory),
    ]


def _copied(services: Services, file: int) -> float:
    """The seconds in which PostgreSQL takes the same entries back, with all indexes."""
    folder = services.place.sockets / "pg"
    privileges.hand_over(folder)
    kept = folder / "entries.copy"
    own = f"SELECT * FROM programmes_activity WHERE file_id = {int(file)}"  # noqa: S608 (a number of ours)
    try:
        services.sql(f"COPY ({own}) TO '{kept}'", SCRATCH)
        services.sql(f"DELETE FROM programmes_activity WHERE file_id = {int(file)}", SCRATCH)  # noqa: S608
        services.sql("VACUUM programmes_activity", SCRATCH)
        began = time.perf_counter()
        services.sql(f"COPY programmes_activity FROM '{kept}'", SCRATCH)
        return time.perf_counter() - began
    finally:
        kept.unlink(missing_ok=True)
