"""A private PostgreSQL server on a unix socket, from the system's binaries or those of a wheel."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

from embedded.local import privileges, processes
from embedded.local.binaries import Binaries, choose
from embedded.local.folder import DataFolder
from embedded.local.trouble import CannotStart

OWNER: Final = "embedded"
PORT: Final = "5432"  # only names the socket: the server listens on no network
QUICK: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


@dataclass
class Postgres:
    """The server of one data folder. `quick` gives up safety on power loss for speed: only for tests."""

    place: DataFolder
    quick: bool = False
    version: int | None = None
    child: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def data(self) -> Path:
        return self.place.path / "postgres"

    @property
    def socket(self) -> Path:
        return self.place.sockets / "pg"

    @property
    def binaries(self) -> Binaries:
        return choose(self.data, self.version)

    def url(self, database: str = OWNER) -> str:
        return f"postgres://{OWNER}@/{database}?host={quote(str(self.socket))}&port={PORT}"

    def start(self) -> None:
        """Makes the database if there is none, clears away what a killed run left, and waits until it answers."""
        self.place.make_sockets()
        self.socket.mkdir(mode=0o700, exist_ok=True)
        privileges.hand_over(self.socket)
        binaries = self.binaries
        if not self.data.exists():
            self._make(binaries)
        privileges.hand_over(self.data)
        self._clear_leftovers(binaries)
        for _ in range(3):  # what a killed server held is let go a moment after it
            if self._try(binaries):
                return self._make_database(binaries)
        raise CannotStart(f"PostgreSQL did not start. The end of its log:\n{self.place.log_end('postgres')}")

    def is_ready(self) -> bool:
        """Whether the server answers; a process id would prove nothing."""
        return self._isready(self.binaries)

    def stop(self) -> None:
        """Stops the server, cutting off whoever is connected; what was committed is safe."""
        if self.child:
            processes.stop(self.child, how=signal.SIGINT, patience=30)
            self.child = None

    def _isready(self, binaries: Binaries) -> bool:
        asked = [binaries["pg_isready"], "-q", "-h", str(self.socket), "-p", PORT]
        asked += ["-U", OWNER, "-d", "postgres", "-t", "3"]
        return subprocess.run(asked, check=False).returncode == 0

    def _run(self, *command: str) -> None:
        with self.place.log("postgres") as log:
            done = subprocess.run(
                [*privileges.before_command(), *command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode:
            raise CannotStart(
                f"{Path(command[0]).name} failed. The end of its log:\n{self.place.log_end('postgres')}"
            )

    def _make(self, binaries: Binaries) -> None:
        """Makes the database beside its place and moves it there, so that half of one is never taken for whole."""
        fresh = self.place.path / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        privileges.hand_over(fresh)
        settings = ("-U", OWNER, "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust", "--no-instructions")
        self._run(binaries["initdb"], "-D", str(fresh), *settings, *(["--no-sync"] if self.quick else []))
        fresh.rename(self.data)

    def _clear_leftovers(self, binaries: Binaries) -> None:
        """Stops a server that outlived its run, and drops a pid file that names no server of ours."""
        note = self.data / "postmaster.pid"
        if not note.exists():
            return
        with contextlib.suppress(ValueError, IndexError):
            pid = int(note.read_text().split()[0])
            if self._is_ours(pid):
                self._end(pid)
                return
        note.unlink(missing_ok=True)

    def _is_ours(self, pid: int) -> bool:
        """A server works in its data folder; anything else with that number is a stranger."""
        try:
            return Path(os.readlink(f"/proc/{pid}/cwd")) == self.data
        except OSError:
            return False

    def _end(self, pid: int) -> None:
        for how in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
            if processes.wait_until(lambda: not self._is_ours(pid), seconds=10):
                return

    def _try(self, binaries: Binaries) -> bool:
        settings = ["listen_addresses=", f"unix_socket_directories={self.socket}", "max_connections=60"]
        settings += ["unix_socket_permissions=0700", *(QUICK if self.quick else ())]
        command = [*privileges.before_command(), *processes.dies_with_parent("INT")]
        command += [binaries["postgres"], "-D", str(self.data), "-p", PORT]
        for setting in settings:
            command += ["-c", setting]
        with self.place.log("postgres") as log:
            child = self.child = processes.start(command, log=log)
        processes.wait_until(
            lambda: child.poll() is not None or self._isready(binaries), seconds=300, pause=0.03
        )
        if child.poll() is None and self._isready(binaries):
            return True
        self.stop()
        time.sleep(1)
        return False

    def _make_database(self, binaries: Binaries) -> None:
        words = [binaries["psql"], "-XAtq", "-h", str(self.socket), "-p", PORT, "-U", OWNER, "-d", "postgres"]
        asked = "SELECT 1 FROM pg_database WHERE datname = 'embedded'"
        told = subprocess.run([*words, "-c", asked], capture_output=True, text=True, check=False)
        if told.stdout.strip() != "1":
            subprocess.run([*words, "-c", "CREATE DATABASE embedded"], check=True)
