"""Takes somebody's own log of 20,000 entries out in this process, beside plain ways for the same rows, and prints what
each took as JSON."""

from __future__ import annotations

import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import django

SMALL: Final = 3  # turns, where few entries are looked at


def figures(turns: int) -> dict[str, Any]:
    from tests.benchmarks.figure import alternating

    person, client = _keeper()
    rows = _entries(person)
    grown = _grown(client)
    pair = {"requests": 1, "alternations": turns, "uncounted": 1}
    csv = alternating(_timed(lambda: _take(client, "csv")), _timed(lambda: _copy(person)), **pair)
    xlsx = alternating(_timed(lambda: _take(client, "xlsx")), _timed(lambda: _plain(rows)), **pair)
    return {"entries": len(rows), "csv": csv, "xlsx": xlsx, "grown_mib": grown}


def _keeper() -> tuple[Any, Any]:
    from django.test import Client

    from tests.benchmarks.own_log import fill, keeper

    held = keeper()
    fill(held)
    client = Client(headers={"host": "localhost"})
    client.force_login(held.person.user, backend="allauth.account.auth_backends.AuthenticationBackend")  # type: ignore[arg-type]
    return held.person, client


def _entries(person: Any) -> list[list[str]]:
    from programmes.interchange.exporting import entries

    return list(entries(person))


def _timed(call: Callable[[], object]) -> Callable[[], float]:
    def timed() -> float:
        began = time.perf_counter()
        call()
        return time.perf_counter() - began

    return timed


def _take(client: Any, kind: str) -> int:
    """Every byte of a download, kept nowhere."""
    answer = client.get(f"/log/export.{kind}")
    if answer.status_code != 200:
        raise SystemExit(f"The export answered {answer.status_code}.")
    return sum(len(piece) for piece in answer) if answer.streaming else len(answer.content)


def _grown(client: Any) -> float:
    """By how many MiB more this process held at most during one CSV than before it, once the product is loaded."""
    client.get("/log/all/")
    Path("/proc/self/clear_refs").write_text("5")  # the kernel forgets the most that was held until now
    before = _held("VmRSS")
    _take(client, "csv")
    return (_held("VmHWM") - before) / 1024


def _held(name: str) -> int:
    """KiB, as the kernel counts them."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{name}:"))


def _copy(person: Any) -> int:
    """PostgreSQL's own CSV of the same rows, with the words sealed as they are."""
    from django.db import connection

    from programmes.interchange.exporting import ENTRIES

    statement = f"COPY ({ENTRIES}) TO STDOUT (FORMAT csv)"
    with connection.cursor() as cursor, cursor.copy(statement, [person.pk]) as copy:
        return sum(len(piece) for piece in copy)


def _plain(rows: list[list[str]]) -> int:
    """A workbook of the same cells by XlsxWriter as it comes."""
    import xlsxwriter

    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        page = book.add_worksheet("Log")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return len(held.getvalue())


def main() -> None:
    django.setup()
    print(json.dumps(figures(int(sys.argv[1]) if len(sys.argv) > 1 else SMALL)))


if __name__ == "__main__":
    main()
