"""The processes of the product itself, web, worker and beat: started, kept going, and known again after a crash."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from embedded.local import checks, processes
from embedded.local.folder import DataFolder
from embedded.local.trouble import CannotStart

WEB_WORKERS: Final = 2
PREFORK: Final = 2
TOO_OFTEN: Final = 5  # deaths of one process within a minute


def commands(port: int) -> dict[str, list[str]]:
    """The three commands, in the order in which they are stopped."""
    bound = [word for address in checks.addresses(port) for word in ("--bind", address)]
    gunicorn = [
        "gunicorn",
        "embedded.wsgi:application",
        "--workers",
        str(WEB_WORKERS),
        "--worker-class",
        "sync",
    ]
    gunicorn += [
        *bound,
        "--timeout",
        "60",
        "--graceful-timeout",
        "10",
        "--no-control-socket",
        "--log-level",
        "warning",
    ]
    celery = ["celery", "--app", "embedded.celery", "--quiet"]
    worker = ["worker", "--pool", "prefork", "--concurrency", str(PREFORK), "--loglevel", "WARNING"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return {
        "web": [sys.executable, "-m", *gunicorn],
        "beat": [sys.executable, "-m", *celery, "beat", "--loglevel", "WARNING"],
        "worker": [sys.executable, "-m", *celery, *worker],
    }


@dataclass
class Children:
    """The running processes of one private run."""

    place: DataFolder
    root: Path
    env: Mapping[str, str]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    deaths: dict[str, list[float]] = field(default_factory=dict)
    lines: dict[str, Sequence[str]] = field(default_factory=dict)

    def start(self, lines: Mapping[str, Sequence[str]]) -> None:
        self.lines = dict(lines)
        for name in self.lines:
            self._start(name)

    def _start(self, name: str) -> None:
        command = [*processes.dies_with_parent(), *self.lines[name]]
        with self.place.log(name) as log:
            self.running[name] = processes.start(command, log=log, env=self.env, folder=self.root)
        note = {each: child.pid for each, child in self.running.items()}
        (self.place.path / "children").write_text(json.dumps(note))

    def keep_going(self) -> None:
        """Starts again whatever has died; one that dies five times within a minute ends the run."""
        for name, child in list(self.running.items()):
            if child.poll() is None:
                continue
            now = time.monotonic()
            recent = [when for when in self.deaths.get(name, []) if now - when < 60]
            self.deaths[name] = [*recent, now]
            if len(recent) + 1 >= TOO_OFTEN:
                raise CannotStart(
                    f"{name} keeps stopping. The end of its log:\n{self.place.log_end(name, 15)}"
                )
            processes.end_group(child.pid)
            self._start(name)

    def stop(self) -> None:
        """Asks all at once, then waits for each, so that the slowest decides how long it takes."""
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        for child in self.running.values():
            processes.stop(child, patience=15)
        self.running.clear()
        (self.place.path / "children").unlink(missing_ok=True)


def end_leftovers(place: DataFolder) -> None:
    """Ends what a killed run left behind. A session's number is not given out again while anybody is in it."""
    note = place.path / "children"
    if not note.exists():
        return
    with contextlib.suppress(ValueError):
        sessions = set(json.loads(note.read_text()).values())
        for how in (signal.SIGTERM, signal.SIGKILL):
            for pid in _members(sessions, place.path):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, how)
            if processes.wait_until(lambda: not _members(sessions, place.path), seconds=10):
                break
    note.unlink()


def _members(sessions: set[int], data: Path) -> list[int]:
    """Our processes in these sessions that were told to work in this data folder."""
    found = []
    mark = f"EMBEDDED_DATA_DIR={data / 'data'}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            state, _, _, session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
            if int(session) in sessions and state != "Z" and mark in (folder / "environ").read_bytes():
                found.append(int(folder.name))
    return found
