"""The private services of the benchmark, kept between runs: databases with a million rows, and the web server."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from embedded.local import environment, processes, stamps
from embedded.local.children import commands, end_leftovers
from embedded.local.folder import DataFolder
from embedded.local.postgres import OWNER, PORT, Postgres
from embedded.local.redis import Redis
from embedded.local.run import ROOT
from tests.benchmarks.client import Browser
from tests.benchmarks.trouble import CannotMeasure

LARGE: Final = ("--residencies", "2000", "--activities", "1000000")
SMALL: Final = ("--residencies", "2000", "--activities", "10000")
MANY: Final = ("--residencies", "10000", "--activities", "10000")
DATA: Final = {"large": LARGE, "small": SMALL, "many": MANY, "story": ()}
PRODUCT: Final = "tests.benchmarks.product_settings"
BARE: Final = "tests.benchmarks.bare_settings"
BARE_WSGI: Final = "tests.benchmarks.bare_wsgi:application"


@dataclass
class Services:
    """PostgreSQL and Redis of one folder, and whatever web servers were started on them."""

    place: DataFolder
    postgres: Postgres
    redis: Redis

    def env(self, database: str, port: int = 8000, settings: str = PRODUCT, **more: str) -> dict[str, str]:
        """As bin/run tells its processes, with one line of log a request as in production."""
        given = environment.settings(
            self.place,
            port=port,
            database=self.postgres.url(database),
            redis=self.redis.url(),
            demonstration=True,
        )
        return given | {"DJANGO_SETTINGS_MODULE": settings, "LOG_LEVEL": "INFO"} | more

    def python(self, database: str, *words: str, say: bool = False, settings: str = PRODUCT) -> str:
        """Runs a module in a process of its own and gives what it prints."""
        child = subprocess.run(
            [sys.executable, "-m", *words],
            env=self.env(database, settings=settings),
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if child.returncode:
            raise CannotMeasure(f"{' '.join(words)} failed:\n{child.stderr[-3000:]}")
        if say:
            print(child.stdout, end="", flush=True)
        return child.stdout

    def manage(self, database: str, *words: str, say: bool = False) -> str:
        (self.place.path / "data").mkdir(exist_ok=True)
        return self.python(database, "django", *words, say=say, settings="embedded.settings")

    def ask(self, database: str, **rooms: list[Any]) -> Any:
        """What tests.benchmarks.people answers, by the name of the question."""
        return json.loads(self.python(database, "tests.benchmarks.people", json.dumps(rooms)))

    def sql(self, statement: str, database: str = "postgres") -> str:
        words = [
            self.postgres.binaries["psql"],
            "-XAtq",
            "-v",
            "ON_ERROR_STOP=1",
            "-h",
            str(self.postgres.socket),
        ]
        words += ["-p", PORT, "-U", OWNER, "-d", database, "-c", statement]
        told = subprocess.run(words, capture_output=True, text=True, check=False)
        if told.returncode:
            raise CannotMeasure(f"PostgreSQL refused: {told.stderr.strip()}")
        return told.stdout.strip()

    # data

    def has(self, database: str) -> bool:
        return self.sql(f"SELECT count(*) FROM pg_database WHERE datname = '{database}'") == "1"  # noqa: S608

    def copy_empty(self, database: str) -> None:
        """A new database with all tables and registers and nobody in it."""
        self.sql(f"DROP DATABASE IF EXISTS {database}")
        self.sql(f"CREATE DATABASE {database} TEMPLATE {OWNER}")

    def data(self, name: str) -> str:
        """The database of that name with the demonstration at its scale: made where it is missing or told otherwise
        by now, brought up to date where only the tables have changed."""
        self.tables()
        told = stamps.fingerprint([ROOT / "programmes" / "demo"])
        rooms = (ROOT / room for room in ("embedded", "guidance", "programmes"))
        tables = stamps.fingerprint(
            [
                ROOT / "requirements.txt",
                *(each for room in rooms for each in sorted(room.rglob("migrations"))),
            ]
        )
        if not (stamps.is_fresh(self.place, name, told) and self.has(name)):
            print(f"Making the data called {name}", flush=True)
            self.copy_empty(name)
            self.manage(name, "seed_demo", "--seed", "1", *DATA[name], say=True)
            self.sql("VACUUM ANALYZE", name)
            stamps.press(self.place, name, told)
        elif not stamps.is_fresh(self.place, f"{name}-tables", tables):
            self.manage(name, "migrate", "--no-input")
        stamps.press(self.place, f"{name}-tables", tables)
        return name

    def tables(self) -> None:
        """Tables, static files and registers, as bin/run makes them."""
        note = self.place.path / "note"
        words = ("embedded.local.prepare", "--data", str(self.place.path), "--note", str(note), "--empty")
        self.python(OWNER, *words, settings="embedded.settings")
        note.unlink(missing_ok=True)

    # servers

    @contextlib.contextmanager
    def web(self, database: str, settings: str = PRODUCT, **more: str) -> Iterator[int]:
        """The web server as in production, on a port of its own; gives the port."""
        port = _free_port()
        command, probe = commands(port)["web"], "/readyz"
        if settings == BARE:
            command = [BARE_WSGI if word == "embedded.wsgi:application" else word for word in command]
            probe = "/bench/bare/"
        with self._running(command, "web", self.env(database, port, settings, **more)) as child:
            ready = processes.wait_until(
                lambda: child.poll() is not None or _speaks(port, probe), seconds=60, pause=0.1
            )
            if not ready or child.poll() is not None:
                raise CannotMeasure(f"The web server did not start:\n{self.place.log_end('web', 15)}")
            yield port

    @contextlib.contextmanager
    def worker(self, database: str) -> Iterator[None]:
        """Worker and beat, as bin/run starts them."""
        env = self.env(database)
        with self._running(commands(8000)["worker"], "worker", env):
            yield

    @contextlib.contextmanager
    def _running(
        self, command: list[str], name: str, env: Mapping[str, str]
    ) -> Iterator[subprocess.Popen[bytes]]:
        with self.place.log(name) as log:
            child = processes.start([*processes.dies_with_parent(), *command], log=log, env=env, folder=ROOT)
        try:
            yield child
        finally:
            processes.stop(child, patience=15)


@contextlib.contextmanager
def running(folder: Path, *, fresh: bool) -> Iterator[Services]:
    """PostgreSQL and Redis, started from the folder and stopped at the end; `fresh` forgets what it kept."""
    place = DataFolder(folder)
    place.prepare()
    place.lock()
    services = Services(place, Postgres(place), Redis(place))
    try:
        end_leftovers(place)
        if fresh:
            forget(place)
            place.prepare()
        with contextlib.ExitStack() as started:
            for server in (services.postgres, services.redis):
                started.callback(server.stop)
                server.start()
            yield services
    finally:
        place.unlock()


def forget(place: DataFolder) -> None:
    """Everything but the lock that we hold."""
    for each in place.path.iterdir():
        if each.name == "lock":
            continue
        if each.is_dir() and not each.is_symlink():
            shutil.rmtree(each)
        else:
            each.unlink()


def browser(port: int, cookies: Mapping[str, str]) -> Browser:
    return Browser(port, dict(cookies))


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def _speaks(port: int, path: str) -> bool:
    try:
        return Browser(port).get(path).status < 500
    except OSError:
        return False


def seconds_logged(said: str) -> float:
    """From what seed_demo prints: how long the entries of the mass took."""
    found = re.search(r"Logged [\d,]+ activities in ([\d.]+) s", said)
    if not found:
        raise CannotMeasure(f"seed_demo did not say how long it took:\n{said[-1000:]}")
    return float(found[1])
