"""The figure of the demonstration at any scale: its million entries, beside a plain COPY of the same rows."""

from __future__ import annotations

import time
from typing import Final

from embedded.local import privileges
from tests.benchmarks.figure import Figure
from tests.benchmarks.services import LARGE, Services, seconds_logged

TABLE: Final = "programmes_activity"
SCRATCH: Final = "scratch"


def seed(services: Services) -> list[Figure]:
    """The mass of a million entries beside a plain COPY of the same rows into the same table; once each."""
    services.data("story")
    services.copy_empty(SCRATCH)
    rows = services.place.sockets / "pg" / "rows.copy"
    try:
        ours = seconds_logged(services.manage(SCRATCH, "seed_demo", "--seed", "1", *LARGE))
        privileges.hand_over(rows.parent)
        services.sql(f"COPY {TABLE} TO '{rows}'", SCRATCH)
        services.sql(f"TRUNCATE {TABLE} CASCADE", SCRATCH)
        began = time.perf_counter()
        services.sql(f"COPY {TABLE} FROM '{rows}'", SCRATCH)
        limit = time.perf_counter() - began
    finally:
        services.sql(f"DROP DATABASE IF EXISTS {SCRATCH}")
        rows.unlink(missing_ok=True)
    note = "the mass of 1,000,000 entries with its roll-up; limit: plain COPY of the same rows"
    return [Figure("seed", ours, limit, goal=20, unit="s", note=note)]
