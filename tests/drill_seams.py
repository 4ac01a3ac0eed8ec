"""Makes a worker die by kill -9 exactly between two steps of a report, a letter or a pack: once at each seam.

Loaded by workers of drills that name a folder in DRILL_MARKS; each death leaves its name there, and of DRILL_SEAMS only
those named are deadly. A job dies once, so that the first report dies at the first seam, the second at the second, and
all have tries left to finish; with DRILL_DEATHS as often as that says, at the one seam that it came to first.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any

import structlog

from embedded.files import disk
from embedded.jobs import claiming, sending
from embedded.post import sending as posting
from guidance.packs import build as packing
from guidance.packs import bundle
from guidance.packs import paper as pack_paper
from programmes.reports import build, notices

MARKS = Path(os.environ["DRILL_MARKS"])
DEADLY = os.environ["DRILL_SEAMS"].split("; ")
WHOLE_WORKER = "DRILL_WHOLE_WORKER" in os.environ
PACK = "guidance.pack"
DEATHS = int(os.environ.get("DRILL_DEATHS", 1))  # of a job


@dataclass(frozen=True)
class Seam:
    """Death right before or right after this function, in a job of this kind."""

    name: str
    room: ModuleType
    function: str
    before: bool = False
    kind: str = "programme_report"

    def open(self) -> None:
        """Puts the death into this process."""
        real = getattr(self.room, self.function)
        setattr(self.room, self.function, self._wrapped(real))

    def _wrapped(self, real: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(real)
        def call(*args: Any, **named: Any) -> Any:
            if self.before:
                self._die()
            made = real(*args, **named)
            if not self.before:
                self._die()
            return made

        return call

    def _die(self) -> None:
        known = structlog.contextvars.get_contextvars()
        job, mark = f"job {known.get('job_id')}", MARKS / self.name
        deaths = len(list(MARKS.glob(f"{job}, *")))
        if known.get("job_kind") != self.kind or deaths >= DEATHS:
            return
        if mark.exists() and mark.read_text() != job:
            return
        (MARKS / f"{job}, {deaths}").touch()
        mark.write_text(job)
        if WHOLE_WORKER:
            os.killpg(os.getpgrp(), signal.SIGKILL)
        os.kill(os.getpid(), signal.SIGKILL)


SEAMS = (
    Seam("after the records are read", build, "_printed", before=True),
    Seam("after the file, before its row", disk, "write"),
    Seam("after the row of the file", build, "keep"),
    Seam("after the row of the report, before the letter", notices, "tell_made", before=True),
    Seam("after the letter, before the end", notices, "tell_made"),
    Seam("after the end, before the commit", claiming, "finish"),
    Seam("after the commit, before the letter is sent on", sending, "send", before=True),
    Seam("in the letter, before the mail server", posting, "_deliver", before=True, kind="letter"),
    Seam("after the pack is printed", pack_paper, "printed", kind=PACK),
    Seam("after the file of a document of the pack", bundle, "make_file", kind=PACK),
    Seam("after a file of the pack, before its row", disk, "write", kind=PACK),
    Seam("after the row of the PDF, before the ZIP", packing, "keep", kind=PACK),
    Seam("after the pack is made, before the commit", claiming, "finish", kind=PACK),
)
for seam in SEAMS:
    if seam.name in DEADLY:
        seam.open()
