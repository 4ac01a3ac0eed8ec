"""Brings 100,000 rows of somebody's own log in by file in this process, as a worker would, and prints what it took as
JSON."""

from __future__ import annotations

import datetime
import json
import resource
import sys
import time
from dataclasses import asdict
from typing import Any, Final

import django

ROWS: Final = 100_000
A_DAY: Final = 40  # rows of at most 20 minutes: no day is full
FIRST: Final = datetime.date(2005, 1, 1)  # before anybody of the demonstration logged
HEAD: Final = "Date,Minutes,What,Kind"


def file_of(rows: int, kinds: list[str]) -> bytes:
    lines = (
        f"{FIRST + datetime.timedelta(days=n // A_DAY)},{5 + n % 16},Met the ward sisters about falls {n},"
        f'"{kinds[n % len(kinds)]}"'
        for n in range(rows)
    )
    return "\r\n".join([HEAD, *lines]).encode()


def bring_in(rows: int) -> dict[str, Any]:
    from django.utils import timezone

    from embedded.jobs import running
    from programmes.interchange import actions, columns
    from programmes.models import PLAIN_KINDS, LogFile
    from tests.benchmarks.own_log import keeper

    held = keeper()
    assert held.residency is not None
    content = file_of(rows, [str(kind.label) for kind in PLAIN_KINDS])
    began = time.perf_counter()
    file = actions.hand_in(content=content, by=held.person, at=timezone.now())
    running.run(file.job_id or 0)
    head = HEAD.split(",")
    actions.choose_columns(
        file=file,
        columns={"at": columns.guess(head), "kind": "", "dates": "day"},
        head=head,
        unit="minutes",
        late_reason="copied",
        residency=held.residency,
        version=1,
        by=held.person,
    )
    running.run(LogFile.objects.get(pk=file.pk).job_id or 0)
    checked = time.perf_counter() - began
    actions.ask_to_bring_in(file=file, by=held.person)
    running.run(LogFile.objects.get(pk=file.pk).importing_id or 0)
    took = time.perf_counter() - began
    worker = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"file": file.pk, "checked": checked, "seconds": took, "worker_mib": worker} | _opened(content)


def _opened(content: bytes) -> dict[str, float]:
    from embedded.tables.reading.opening import TABLES, run_child
    from programmes.interchange.columns import BOUNDS, VOCABULARY

    *_, said = run_child(TABLES, {"vocabulary": asdict(VOCABULARY)}, content, BOUNDS)
    return {"opening_mib": said["peak_kib"] / 1024}


def main() -> None:
    django.setup()
    from programmes.models import Activity

    said = bring_in(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
    print(json.dumps(said | {"entries": Activity.objects.filter(file=said["file"]).count()}))


if __name__ == "__main__":
    main()
