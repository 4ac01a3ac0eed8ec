"""What the drills break: a PostgreSQL of their own, and a web server before it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import connection, connections

from embedded.local import processes
from embedded.local.folder import DataFolder
from embedded.local.postgres import Postgres
from tests.conftest import POSTGRES
from tests.faults.serving import Site, database_url
from tests.workers import redis_of_drill, workers

__all__ = ["postgres_of_drill", "redis_of_drill", "site", "workers"]


@dataclass
class DrillPostgres:
    """A PostgreSQL that a drill may kill, hang and bring back; what it commits is safe on disk."""

    server: Postgres

    def kill(self) -> None:
        """kill -9 of the server and everybody who works for it."""
        assert self.server.child
        self._tell(signal.SIGKILL)
        self.server.child.wait()
        self.server.child = None

    def hang(self) -> None:
        self._tell(signal.SIGSTOP)

    def go_on(self) -> None:
        self._tell(signal.SIGCONT)

    def _tell(self, what: signal.Signals) -> None:
        for pid in self._family():
            with contextlib.suppress(ProcessLookupError):  # one of them may just have gone home
                os.kill(pid, what)

    def start(self) -> None:
        self.server.start()

    def _family(self) -> list[int]:
        """The server first, so that it can start nobody anew; between it and us there may be who started it."""
        assert self.server.child
        note = self.server.data / "postmaster.pid"
        found = [int(note.read_text().split()[0])]
        for pid in found:
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):  # it may just have gone home
                told = Path(f"/proc/{pid}/task/{pid}/children").read_text()
                found += [int(word) for word in told.split()]
        return found


@contextmanager
def speaking_to(socket: Path) -> Iterator[None]:
    """Lets this process, and the environment of those it starts, speak to another server for a while."""
    where, before = connection.settings_dict, dict(connection.settings_dict)
    told = os.environ["DATABASE_URL"]
    connections.close_all()
    where.update(NAME="embedded", HOST=str(socket), PORT="5432")
    os.environ["DATABASE_URL"] = database_url()
    try:
        yield
    finally:
        connections.close_all()
        where.clear()
        where.update(before)
        os.environ["DATABASE_URL"] = told


def _copy_of_tables(server: Postgres) -> None:
    """The tables and rows of the test database as they are now."""
    programs = POSTGRES.binaries
    dump = [programs["pg_dump"], "-h", str(POSTGRES.socket), "-p", "5432", "-U", "embedded"]
    load = [programs["psql"], "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", str(server.socket), "-p", "5432"]
    told = subprocess.run([*dump, connection.settings_dict["NAME"]], check=True, capture_output=True)
    subprocess.run(
        [*load, "-U", "embedded", "-d", "embedded"], input=told.stdout, check=True, capture_output=True
    )


@pytest.fixture
def postgres_of_drill(transactional_db: None) -> Iterator[DrillPostgres]:
    """A server of this test's own, with our tables, to which this process speaks as well."""
    with tempfile.TemporaryDirectory(prefix="embedded-drill-") as folder:
        place = DataFolder(Path(folder))
        place.prepare()
        drill = DrillPostgres(Postgres(place, version=POSTGRES.version))
        drill.start()
        _copy_of_tables(drill.server)
        try:
            with speaking_to(drill.server.socket):
                yield drill
        finally:
            if drill.server.child:
                drill.go_on()
                processes.stop(drill.server.child, how=signal.SIGINT, patience=10)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Not started yet; gone at the end."""
    one = Site(tmp_path)
    yield one
    one.end()
