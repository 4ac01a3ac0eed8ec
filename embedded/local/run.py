"""Runs the whole product privately on one machine: what bin/run starts once everything is installed."""

from __future__ import annotations

import argparse
import contextlib
import http.client
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

from embedded.local import checks, environment, processes
from embedded.local.children import Children, commands, end_leftovers
from embedded.local.folder import DataFolder
from embedded.local.postgres import Postgres
from embedded.local.redis import Redis
from embedded.local.trouble import CannotStart

ROOT: Final = Path(__file__).resolve().parent.parent.parent
STOPPING: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked us to stop."""


def main(words: list[str]) -> int:
    """Runs until told to stop. Returns the exit code: 0 when stopped, 1 when it could not start."""
    chosen = _choices(words)
    place = DataFolder(chosen.data)
    for each in STOPPING:
        signal.signal(each, _stop)
    try:
        _look_first(place, chosen.port)
        if not chosen.only_check:
            _run(place, chosen.port, empty=stays_empty(place, asked=chosen.empty))
    except Stopped:
        print("Stopped", flush=True)
    except CannotStart as problem:
        print(problem, file=sys.stderr, flush=True)
        return 1
    finally:
        place.unlock()
    return 0


def _choices(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/run", description="Runs Embedded on this machine, for this machine."
    )
    parser.add_argument("--port", type=int, default=8000, help="the port on localhost (8000)")
    parser.add_argument("--data", type=Path, default=ROOT / "var", help="where everything is kept (var)")
    parser.add_argument("--empty", action="store_true", help="start without the demonstration, for real use")
    parser.add_argument("--only-check", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args(words)


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    for each in STOPPING:
        signal.signal(each, signal.SIG_IGN)
    raise Stopped


def _look_first(place: DataFolder, port: int) -> None:
    """Takes the data folder, clears what a killed run left, and looks at port and disk."""
    place.prepare()
    place.lock()
    end_leftovers(place)
    checks.check_port(port)
    checks.check_disk(place.path)


def stays_empty(place: DataFolder, *, asked: bool) -> bool:
    """A folder is for the demonstration or for real use, from its first start on; the two never mix."""
    note = place.path / "purpose"
    if not note.exists():
        note.write_text("real use" if asked else "demonstration")
    real = note.read_text() == "real use"
    if asked and not real:
        raise CannotStart(
            f"{place.path} holds the demonstration. Start empty in another folder: "
            "bin/run --empty --data /path/to/folder"
        )
    if real and not asked:
        print(f"{place.path} was started empty, and stays without the demonstration", flush=True)
    return real


def _run(place: DataFolder, port: int, *, empty: bool) -> None:
    """Starts everything from the bottom up, waits, and stops everything from the top down."""
    checks.check_pango()
    with contextlib.ExitStack() as started:
        postgres, redis = Postgres(place), Redis(place)
        for name, server in (("PostgreSQL", postgres), ("Redis", redis)):
            started.callback(server.stop)
            print(f"Starting {name}", flush=True)
            server.start()
        env = environment.settings(
            place, port=port, database=postgres.url(), redis=redis.url(), demonstration=not empty
        )
        note = _prepare(place, env, empty=empty)
        children = Children(place, ROOT, env)
        started.callback(children.stop)
        print("Starting the web server and the worker", flush=True)
        children.start(commands(port))
        _wait_until_ready(children, port)
        print(f"Ready: http://localhost:{port}\n{note}", flush=True)
        while True:
            time.sleep(1)
            children.keep_going()
            _keep_servers(postgres, redis)


def _keep_servers(postgres: Postgres, redis: Redis) -> None:
    """Starts a server again that has died under us."""
    for server in (postgres, redis):
        if server.child and server.child.poll() is not None:
            server.start()


def _prepare(place: DataFolder, env: Mapping[str, str], *, empty: bool) -> str:
    """Has another process ready the database, so that this one stays small. Returns how to sign in."""
    note = place.path / "note"
    words = ["--data", str(place.path), "--note", str(note), *(["--empty"] if empty else [])]
    command = [*processes.dies_with_parent(), sys.executable, "-m", "embedded.local.prepare", *words]
    with _ended(subprocess.Popen(command, env=dict(env), cwd=ROOT, start_new_session=True)) as child:
        if child.wait():
            raise CannotStart("The database could not be made ready; the lines above say why.")
    told = note.read_text().strip()
    note.unlink()
    return told


@contextlib.contextmanager
def _ended(child: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield child
    finally:
        processes.stop(child, patience=5)


def _wait_until_ready(children: Children, port: int) -> None:
    """Waits for the first page to be served; a process that will not start ends the wait."""

    def answers() -> bool:
        children.keep_going()
        return _answers(port)

    if not processes.wait_until(answers, seconds=180, pause=0.1):
        raise CannotStart(
            f"The web server did not become ready. The end of its log:\n{children.place.log_end('web', 15)}"
        )


def _answers(port: int) -> bool:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        line.request("GET", "/readyz")
        return line.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
