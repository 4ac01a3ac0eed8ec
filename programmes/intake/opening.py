"""Has a file opened by a process of its own, so that a hostile one harms neither a page nor a worker (F7)."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any, Final

import structlog
from django.conf import settings

from programmes.intake.sheets.bounds import MOST_COLUMNS, MOST_ROWS, PATIENCE, TOO_MUCH, CannotRead
from programmes.intake.sheets.table import Table

log = structlog.get_logger(__name__)

COMMAND: Final = [sys.executable, "-E", "-s", "-W", "ignore", "-m", "programmes.intake.sheets.child"]
BARE: Final = {
    "OPENPYXL_LXML": "False",
    "LC_ALL": "C.UTF-8",
}  # the parser of defusedxml, and none of our secrets


def table_in(content: bytes) -> Table:
    """What is in the file. Raises CannotRead, whose words are for whoever uploaded it."""
    said = told(content)
    log.info("residency_file_opened", bytes=len(content), peak_kib=said.pop("peak_kib", None))
    if "problem" in said:
        raise CannotRead(said["problem"])
    table = Table(**said)
    if len(table.rows) > MOST_ROWS or len(table.head) > MOST_COLUMNS:
        raise CannotRead(TOO_MUCH)
    return table


def told(content: bytes) -> dict[str, Any]:
    """The child's own words: a table or a problem, and the memory it took at most."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program, which takes the file by standard input
            COMMAND,
            input=content,
            capture_output=True,
            timeout=PATIENCE,
            cwd=settings.ROOT,
            env=BARE,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as problem:
        raise CannotRead(TOO_MUCH) from problem
    said: dict[str, Any] = json.loads(done.stdout)
    return said
