"""The figure of paper: the programme report as a PDF, beside plain tuned WeasyPrint on the same HTML."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from embedded.env import ROOT
from tests.benchmarks.figure import Figure, alternating
from tests.benchmarks.services import Services

PRINTS: Final = 3  # in each alternation: one takes as long as hundreds of pages


def report(services: Services) -> list[Figure]:
    """The programme report as a PDF beside plain tuned WeasyPrint, each in a process of its own."""
    services.data("story")
    html = services.place.path / "report.html"
    html.write_text(services.python("story", "tests.benchmarks.printing", "html"))
    with printer(services, "ours", html) as ours, printer(services, "plain", html) as plain:
        measured = alternating(
            lambda: ours()["seconds"] * 1000,
            lambda: plain()["seconds"] * 1000,
            requests=PRINTS,
            uncounted=1,
        )
        mine, theirs = ours(), plain()
    pages = f"{mine['pages']} pages"
    return [
        Figure(
            "report", *measured, goal=1.15, note=f"{pages}; limit: plain tuned WeasyPrint on the same HTML"
        ),
        Figure(
            "report-memory",
            mine["peak"],
            theirs["peak"],
            goal=1.5,
            unit="MiB",
            note="peak of the process that prints",
        ),
    ]


@contextmanager
def printer(
    services: Services, how: str, html: Path, database: str = "story"
) -> Iterator[Callable[[], dict[str, Any]]]:
    """A process that prints whenever it is asked to, and tells what it took."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.printing", how, str(html)],
        env=services.env(database, LOG_LEVEL="WARNING"),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdin and child.stdout
    asked, told = child.stdin, child.stdout

    def once() -> dict[str, Any]:
        asked.write("\n")
        asked.flush()
        answer: dict[str, Any] = json.loads(told.readline())
        return answer

    try:
        yield once
    finally:
        asked.close()
        child.wait(30)
        told.close()
