"""Starts, watches and stops the processes of a private run, so that none is ever left behind."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO


@functools.cache
def dies_with_parent(how: str = "TERM") -> tuple[str, ...]:
    """The words before a command that make Linux signal it when its parent goes, even by kill -9."""
    setpriv = shutil.which("setpriv")
    if not setpriv:
        return ()
    words = (setpriv, "--pdeathsig", how, "--")
    tried = subprocess.run([*words, "true"], capture_output=True, check=False)
    return words if tried.returncode == 0 else ()


def start(
    command: Sequence[str],
    *,
    log: IO[bytes],
    env: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Starts a command in a session of its own, so that Ctrl-C reaches only us and we stop it in order."""
    return subprocess.Popen(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        env=dict(env) if env is not None else None,
        cwd=folder,
        start_new_session=True,
    )


def stop(child: subprocess.Popen[bytes], *, how: signal.Signals = signal.SIGTERM, patience: float) -> None:
    """Asks a child to stop, waits `patience` seconds, and then ends its whole group."""
    if child.poll() is None:
        child.send_signal(how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(patience)
    end_group(child.pid)
    child.wait()


def end_group(group: int) -> None:
    """Ends every process of a group at once."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(group, signal.SIGKILL)


def wait_until(true: Callable[[], bool], *, seconds: float, pause: float = 0.05) -> bool:
    """Asks again and again; False when it was not so in time."""
    until = time.monotonic() + seconds
    while not true():
        if time.monotonic() > until:
            return False
        time.sleep(pause)
    return True
