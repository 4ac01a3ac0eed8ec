"""Somebody's own log of 20,000 entries taken out as CSV and as XLSX, with the words opened that only they can read."""

from __future__ import annotations

import json
from typing import Final

from tests.benchmarks.figure import Figure
from tests.benchmarks.services import Services

TURNS: Final = 5
CSV_GOAL: Final = 10
XLSX_GOAL: Final = 1.5
FLAT_MIB: Final = 8  # 20,000 entries with their words are more than that


def log_export(services: Services) -> list[Figure]:
    """20,000 entries as CSV beside PostgreSQL's COPY of the same rows, and as XLSX beside plain XlsxWriter."""
    services.data("large")
    told = services.python("large", "tests.benchmarks.own_out", str(TURNS), settings="embedded.settings")
    said = json.loads(told.splitlines()[-1])
    rows = f"{said['entries']} entries"
    (csv, copied), (xlsx, plain) = said["csv"], said["xlsx"]
    return [
        Figure("export-csv", csv, copied, goal=CSV_GOAL, unit="s", note=f"{rows}; limit: COPY, words sealed"),
        Figure("export-xlsx", xlsx, plain, goal=XLSX_GOAL, unit="s", note=f"{rows}; limit: plain XlsxWriter"),
        Figure("export-memory", said["grown_mib"], FLAT_MIB, goal=1, unit="MiB", note="growth by one CSV"),
    ]
