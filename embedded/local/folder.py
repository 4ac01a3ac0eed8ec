"""The data folder of one private run: who may use it, and where its sockets, logs and stamps lie."""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Final

from embedded.local.trouble import CannotStart

LONGEST_SOCKET: Final = 107  # bytes that Linux allows in the path of a unix socket, less the closing zero
LONGEST_NAME: Final = len("/pg/.s.PGSQL.5432.lock")
LOG_LIMIT: Final = 10 * 1024 * 1024  # bytes


@dataclass
class DataFolder:
    """Everything that one private run keeps. Nobody but its owner can look inside."""

    path: Path
    _lock: IO[str] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self.path = self.path.resolve()

    def prepare(self) -> None:
        """Makes the folder and its rooms, closed to everybody else."""
        try:
            for each in (self.path, self.path / "log", self.path / "stamps"):
                each.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.chmod(0o700)
        except OSError as problem:
            raise CannotStart(
                f"Cannot make the folder {self.path} ({problem.strerror}). "
                "Choose one that is yours: bin/run --data /path/to/folder"
            ) from problem

    @property
    def sockets(self) -> Path:
        """Where the sockets lie: in the data folder, or in a private folder under /tmp if that is too deep."""
        inside = self.path / "run"
        if len(os.fsencode(inside)) + LONGEST_NAME < LONGEST_SOCKET:
            return inside
        key = hashlib.sha256(os.fsencode(self.path) + b":%d" % os.getuid()).hexdigest()[:16]
        return Path("/tmp") / f"embedded-{os.getuid()}-{key}"  # noqa: S108 - checked in make_sockets

    def make_sockets(self) -> Path:
        """The folder for sockets, made if it is not there. One that belongs to somebody else is refused."""
        folder = self.sockets
        folder.mkdir(mode=0o700, exist_ok=True)
        seen = folder.lstat()
        if not stat.S_ISDIR(seen.st_mode) or seen.st_uid != os.getuid():
            raise CannotStart(
                f"{folder} belongs to somebody else. Remove it, or choose a shorter data folder "
                "with bin/run --data /path/to/folder"
            )
        folder.chmod(0o700)
        return folder

    def log(self, name: str) -> IO[bytes]:
        """A log file to append to; one that has grown past 10 MB is put aside first."""
        path = self.path / "log" / f"{name}.log"
        if path.exists() and path.stat().st_size > LOG_LIMIT:
            path.replace(path.with_suffix(".log.old"))
        return path.open("ab")

    def log_end(self, name: str, lines: int = 5) -> str:
        """The last lines of a log, to show when something would not start."""
        path = self.path / "log" / f"{name}.log"
        text = path.read_text(errors="replace") if path.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def lock(self) -> None:
        """Takes the folder for this process; the lock goes when the process goes, however it goes."""
        handle = (self.path / "lock").open("a+")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            handle.seek(0)
            owner = handle.read().strip() or "unknown"
            handle.close()
            raise CannotStart(
                f"Embedded already runs from {self.path} (process {owner}). "
                "Stop that one first, or use another folder: bin/run --data /path/to/folder"
            ) from problem
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        self._lock = handle

    def unlock(self) -> None:
        if self._lock:
            self._lock.close()
            self._lock = None
