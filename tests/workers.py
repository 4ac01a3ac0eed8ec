"""Real Redis and real Celery workers for drills, and the same work done in the test's own process.

A drill asks for `redis_of_drill` and `workers`, both of which need `pytest.mark.django_db(transaction=True)`.
Leases last 2 seconds and the sweeper comes every second, in the workers as in the test. Nothing else is in a hurry: a
machine that has other things to do makes a drill slow, never red.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import pytest
import redis
from django.conf import LazySettings
from django.db import connection
from django.db.models.functions import Now

from embedded.celery import LATER, app
from embedded.jobs import running, sending
from embedded.jobs.models import Job
from embedded.local import processes
from embedded.local.folder import DataFolder
from embedded.local.redis import Redis

ROOT = Path(__file__).resolve().parent.parent
LEASE_SECONDS = 2
SWEEP_SECONDS = 1
PATIENCE = 300.0  # seconds for anything that has to come about, and for a job; one minute was once too short
NUMBER = 3  # of the database on the drill's Redis, so that a number lost on the way would show

QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat")

T = TypeVar("T")


def run_jobs() -> None:
    """Does everything that is ready, here and now, as a worker would."""
    while job := Job.objects.ready(Now()).first():
        running.run(job.pk)


def at_once(*calls: Callable[[], T]) -> list[T]:
    """Makes all these calls at the same moment, each with a database connection of its own."""
    start = threading.Barrier(len(calls))

    def call(one: Callable[[], T]) -> T:
        start.wait()
        try:
            return one()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(call, calls))


def become(true: Callable[[], bool], *, seconds: float = PATIENCE) -> None:
    """Waits until it is so, and fails if it never is."""
    assert processes.wait_until(true, seconds=seconds, pause=0.05), f"It never became so: {true.__qualname__}"


def ended(*jobs: Job) -> Callable[[], bool]:
    """For `become`: every one of these jobs has ended, one way or the other."""
    keys = [job.pk for job in jobs]
    return lambda: not Job.objects.filter(pk__in=keys, ended_at__isnull=True).exists()


def running_now(job: Job) -> Callable[[], bool]:
    """For `become`: a worker has begun, and its first heartbeat has told how far it is."""
    return lambda: Job.objects.filter(pk=job.pk, state="running").exclude(step="").exists()


@dataclass
class DrillRedis:
    """A Redis that a drill may kill, hang, flush and bring back."""

    server: Redis

    def start(self) -> None:
        self.server.start()

    def kill(self) -> None:
        if self.server.child:
            self.server.child.kill()
            self.server.child.wait()
            self.server.child = None

    def hang(self) -> None:
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def queued(self) -> int:
        """Messages that no worker has taken yet."""
        with self._line() as line:
            ranks = ("celery", f"celery\x06\x16{LATER}")  # as kombu names the lists of one queue
            return sum(int(line.llen(name)) for name in ranks)  # type: ignore[arg-type]

    def held(self) -> int:
        """Messages that workers have taken and not yet said that they are done with."""
        with self._line() as line:
            return int(line.hlen("unacked"))  # type: ignore[arg-type]

    def flush(self) -> None:
        """Everything on the broker is gone, and nobody is told."""
        with self._line() as line:
            line.flushall()

    def set_most_memory(self, most: str) -> None:
        """Beyond so much, nothing more is taken in; "0" takes everything."""
        with self._line() as line:
            line.config_set("maxmemory-policy", "noeviction")
            line.config_set("maxmemory", most)

    def _line(self) -> redis.Redis:
        return redis.Redis(unix_socket_path=str(self.server.socket), db=NUMBER)

    def _signal(self, how: signal.Signals) -> None:
        assert self.server.child
        self.server.child.send_signal(how)


@dataclass
class Worker:
    """One Celery worker, as bin/run starts it."""

    child: subprocess.Popen[bytes]
    log: Path

    def kill(self) -> None:
        """kill -9 of the main process and every child, with no chance to say goodbye."""
        processes.end_group(self.child.pid)
        self.child.wait()

    def is_ready(self) -> bool:
        return b" ready." in self.log.read_bytes()

    def children(self) -> list[int]:
        """The processes that do the work."""
        told = Path(f"/proc/{self.child.pid}/task/{self.child.pid}/children").read_text()
        return [int(word) for word in told.split()]


@dataclass
class Workers:
    """Starts workers against the test's own database, with one beat for all, and leaves none behind."""

    folder: Path
    redis_url: str
    running: list[Worker] = field(default_factory=list)
    beats: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *, concurrency: int = 1, **env: str) -> Worker:
        """A worker that is ready to work, with a beat if there is none. Capital words go into its environment."""
        if not self.beats:
            self.start_beat()
        name = f"worker-{len(self.running)}"
        child = self._celery(
            name, "worker", "--concurrency", str(concurrency), "--hostname", f"{name}@%h", *QUIET, **env
        )
        worker = Worker(child, self._log(name))
        self.running.append(worker)
        assert processes.wait_until(worker.is_ready, seconds=PATIENCE), worker.log.read_text()[-3000:]
        return worker

    @property
    def beat(self) -> subprocess.Popen[bytes] | None:
        """The first clock; most drills have no other."""
        return self.beats[0] if self.beats else None

    def start_beat(self) -> subprocess.Popen[bytes]:
        """One clock more. It wakes the sweeper every second."""
        self.beats.append(self._celery(f"beat-{len(self.beats)}", "beat"))
        return self.beats[-1]

    def end(self) -> None:
        for worker in self.running:
            worker.kill()
        for beat in self.beats:
            processes.stop(beat, how=signal.SIGKILL, patience=5)

    def _log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def _celery(self, name: str, *words: str, **env: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-W", "ignore", "-m", "celery", "-A", "embedded.celery", *words]
        with self._log(name).open("ab") as log:
            return processes.start(
                [*command, "--loglevel", "INFO"], log=log, env=os.environ | self.env() | env, folder=ROOT
            )

    def env(self) -> dict[str, str]:
        """What a process needs in order to work on this test's database and Redis."""
        database = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
        return {
            "DJANGO_SETTINGS_MODULE": "tests.drill_settings",
            "DATABASE_URL": database.geturl(),
            "REDIS_URL": self.redis_url,
            "JOB_LEASE_SECONDS": str(LEASE_SECONDS),
            "JOB_SWEEP_SECONDS": str(SWEEP_SECONDS),
            "JOB_TIME_LIMIT_SECONDS": str(int(PATIENCE)),
            "PYTHONPATH": str(ROOT),
            "CELERY_SKIP_CHECKS": "1",
        }


@contextmanager
def _sending_to(address: str) -> Iterator[None]:
    """Lets this process send to another broker for a while."""
    before = app.conf.broker_url
    _forget_connections(address)
    try:
        yield
    finally:
        _forget_connections(before)


def _forget_connections(address: str) -> None:
    app._pool = app.amqp._producer_pool = None
    app.conf.broker_url = address
    sending._rested_until = 0.0


@pytest.fixture
def redis_of_drill(settings: LazySettings, transactional_db: None) -> Iterator[DrillRedis]:
    """A Redis of this test's own, to which this process sends as well."""
    settings.JOB_LEASE = timedelta(seconds=LEASE_SECONDS)
    settings.JOB_SWEEP_SECONDS = SWEEP_SECONDS
    settings.JOB_HANDLERS = [*settings.JOB_HANDLERS, "tests.drill_work"]
    with tempfile.TemporaryDirectory(prefix="embedded-drill-") as folder:
        place = DataFolder(Path(folder))
        place.prepare()
        drill = DrillRedis(Redis(place))
        drill.start()
        with _sending_to(f"redis+socket://{drill.server.socket}?virtual_host={NUMBER}"):
            yield drill
        drill.kill()


@pytest.fixture
def workers(redis_of_drill: DrillRedis, tmp_path: Path) -> Iterator[Workers]:
    """Starts workers; all of them are gone at the end."""
    every = Workers(tmp_path, redis_of_drill.server.url(NUMBER))
    yield every
    every.end()
