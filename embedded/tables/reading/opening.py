"""Has a file opened by a process of its own, so that a hostile one harms neither a page nor a worker (F7)."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from threading import Timer
from typing import Any, Final

import structlog
from django.conf import settings

from embedded.tables.reading.bounds import TOO_MUCH, Bounds, CannotRead
from embedded.tables.reading.headings import Vocabulary
from embedded.tables.reading.table import Table

log = structlog.get_logger(__name__)

TABLES: Final = "embedded.tables.reading.child"
BARE: Final = {
    "OPENPYXL_LXML": "False",
    "LC_ALL": "C.UTF-8",
}  # the parser of defusedxml, and none of our secrets


def table_in(content: bytes, bounds: Bounds, vocabulary: Vocabulary) -> Table:
    """All that is in the file, at once. Raises CannotRead, whose words are for whoever uploaded it."""
    table = lines_in(content, bounds, vocabulary)
    table.rows = list(table.rows)
    return table


def lines_in(content: bytes, bounds: Bounds, vocabulary: Vocabulary) -> Table:
    """The headings, and rows that are read as they are asked for; the notes are there after the last. Raises
    CannotRead, at once or between the rows."""
    said = run_child(TABLES, {"vocabulary": asdict(vocabulary)}, content, bounds)
    first = _usable(next(said), content)
    table = Table(**first, rows=())
    table.rows = _rows(said, table, content)
    return table


def _rows(said: Iterator[Any], table: Table, content: bytes) -> Iterator[Any]:
    for line in said:
        if isinstance(line, dict):
            table.notes = _usable(line, content)["notes"]
            return
        yield line


def _usable(line: dict[str, Any], content: bytes) -> dict[str, Any]:
    """The child's words, unless they say that it cannot be read."""
    if "peak_kib" in line:
        log.info("table_opened", bytes=len(content), peak_kib=line["peak_kib"])
    if "problem" in line:
        raise CannotRead(line["problem"])
    return line


def run_child(module: str, header: dict[str, Any], content: bytes, bounds: Bounds) -> Iterator[Any]:
    """What our own module, run as a program, says line by line in JSON. It is handed the header with the bounds as its
    first line and then the content, and must read all of it before it says anything. CannotRead when it breaks off or
    takes longer than the bounds allow."""
    command = [sys.executable, "-E", "-s", "-W", "ignore", "-m", module]
    child = subprocess.Popen(  # noqa: S603 - our own program, which takes the file by standard input
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=settings.ROOT,
        env=BARE,
    )
    assert child.stdin and child.stdout  # noqa: S101 - for the types
    patience = Timer(bounds.patience, child.kill)
    patience.start()
    try:
        first = json.dumps(header | {"bounds": asdict(bounds)}).encode() + b"\n"
        with suppress(BrokenPipeError), child.stdin:
            child.stdin.write(first + content)
        for line in child.stdout:
            yield json.loads(line)
        if child.wait() != 0:
            raise CannotRead(TOO_MUCH)
    except ValueError as problem:  # a line cut off in the middle
        raise CannotRead(TOO_MUCH) from problem
    finally:
        patience.cancel()
        child.kill()
        child.stdout.close()
        child.wait()
