"""Two thousand residencies by file, from the upload to the last of them, beside a plain COPY of the same rows."""

from __future__ import annotations

import json
import time
from typing import Final

from embedded.local import privileges
from tests.benchmarks.bringing import ROWS
from tests.benchmarks.figure import Figure
from tests.benchmarks.services import Services
from tests.benchmarks.trouble import CannotMeasure

SCRATCH: Final = "scratch"
TABLES: Final = tuple(
    f"programmes_{name}"
    for name in "residency residencyorganisation stagechange placement accessitem".split()
)
MOST_MIB: Final = 300


def bring_in(services: Services) -> list[Figure]:
    """2,000 residencies by file beside a plain COPY of the same rows; memory of the worker; once each."""
    services.data("story")
    services.copy_empty(SCRATCH)
    try:
        said = json.loads(
            services.python(SCRATCH, "tests.benchmarks.bringing", settings="embedded.settings").splitlines()[
                -1
            ]
        )
        if said["residencies"] != ROWS:
            raise CannotMeasure(f"Only {said['residencies']} of {ROWS} came in.")
        limit = _copied(services)
    finally:
        services.sql(f"DROP DATABASE IF EXISTS {SCRATCH}")
    note = (
        f"{ROWS} rows checked in {said['checked']:.1f} s, then adopted with history, post, checks and invitation; "
        "limit: plain COPY of the rows of five tables"
    )
    memory = f"worker; the process that opens the file {said['opening_mib']:.0f} MiB; limit: trust.md §4.1"
    return [
        Figure("registration-import", said["seconds"], limit, goal=200, unit="s", note=note),
        Figure("registration-import memory", said["worker_mib"], MOST_MIB, goal=1, unit="MiB", note=memory),
    ]


def _copied(services: Services) -> float:
    """The seconds in which PostgreSQL takes the same rows back."""
    folder = services.place.sockets / "pg"
    privileges.hand_over(folder)
    files = {table: folder / f"{table}.copy" for table in TABLES}
    try:
        for table, file in files.items():
            services.sql(f"COPY {table} TO '{file}'", SCRATCH)
        services.sql(f"TRUNCATE {TABLES[0]} CASCADE", SCRATCH)
        began = time.perf_counter()
        services.sql("; ".join(f"COPY {table} FROM '{file}'" for table, file in files.items()), SCRATCH)
        return time.perf_counter() - began
    finally:
        for file in files.values():
            file.unlink(missing_ok=True)
