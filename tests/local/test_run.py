"""The whole product on one machine: it comes up, and neither a stop nor a kill leaves anything behind."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from embedded.local import processes
from embedded.local.folder import DataFolder
from embedded.local.run import ROOT

Left = Callable[[], dict[int, str]]


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


@contextmanager
def running(place: DataFolder, port: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A run without the demonstration, and what it says up to the line after `Ready`."""
    command = [
        sys.executable,
        "-m",
        "embedded.local.run",
        "--empty",
        "--port",
        str(port),
        "--data",
        str(place.path),
    ]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as run:
        too_slow = threading.Timer(300, run.kill)
        too_slow.start()
        said = ""
        assert run.stdout
        for line in run.stdout:
            said += line
            if line.startswith("Ready: "):
                said += run.stdout.readline()
                break
        try:
            yield run, said
        finally:
            too_slow.cancel()
            run.kill()


def status(port: int, path: str) -> int:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    line.request("GET", path)
    answer = line.getresponse().status
    line.close()
    return answer


def test_a_run_serves_stops_survives_a_kill_and_starts_again(place: DataFolder, nothing_left: Left) -> None:
    port = free_port()
    with running(place, port) as (run, said):
        assert f"Ready: http://localhost:{port}\n" in said, said
        assert said.count("Ready:") == 1
        assert status(port, "/readyz") == status(port, "/guidance/") == 200
        commands = " ".join(nothing_left().values())
        for name in ("gunicorn", "celery", "beat", "postgres", "redis"):
            assert name in commands
        run.send_signal(signal.SIGTERM)
        assert run.wait(60) == 0
        assert nothing_left() == {}

    with running(place, port) as (run, said):
        assert "Ready: " in said, said
        assert "Loading" not in said  # the second start skips what has not changed
        run.kill()
        run.wait()

    with running(place, port) as (run, said):  # at once, while what was killed may still be dying
        assert "Ready: " in said, said
        assert status(port, "/readyz") == 200
        web = min(pid for pid, command in nothing_left().items() if "gunicorn" in command)
        os.kill(web, signal.SIGKILL)
        assert processes.wait_until(lambda: _serves(port), seconds=30)
        run.send_signal(signal.SIGINT)
        assert run.wait(60) == 0
    assert nothing_left() == {}


def _serves(port: int) -> bool:
    try:
        return status(port, "/readyz") == 200
    except OSError:
        return False


def test_a_stop_while_it_is_still_starting_leaves_nothing(place: DataFolder, nothing_left: Left) -> None:
    command = [
        sys.executable,
        "-m",
        "embedded.local.run",
        "--port",
        str(free_port()),
        "--data",
        str(place.path),
    ]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout
        for line in run.stdout:
            if line.startswith("Making the tables"):
                break
        run.send_signal(signal.SIGTERM)
        assert run.wait(30) == 0
    assert nothing_left() == {}


@pytest.mark.parametrize("script", ["bin/run", "bin/test", ".ci/run"])
def test_scripts_are_there_to_be_called(script: str) -> None:
    assert os.access(ROOT / script, os.X_OK)
    assert subprocess.run(["bash", "-n", ROOT / script], check=False).returncode == 0


def test_continuous_integration_runs_every_check() -> None:
    assert re.search(r"bin/test\"? --all$", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)


def test_help_installs_and_starts_nothing(tmp_path: Path) -> None:
    told = subprocess.run(
        [ROOT / "bin" / "run", "--help"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "--port" in told.stdout
    assert "--empty" in told.stdout
    assert not list(tmp_path.iterdir())
