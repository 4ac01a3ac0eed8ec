"""The bytes on disk: written whole or not at all, and checked against their name whenever they are read."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from django.conf import settings

FULL: Final = {errno.ENOSPC, errno.EDQUOT}
HALF: Final = ".half"  # the ending of a file that is still being written


class NoRoom(Exception):
    """The disk is full. Its words are a plain sentence for the one who waits."""

    def __init__(self) -> None:
        super().__init__(
            "There is no room left to keep the file. "
            "Ask the people who run this service to make room, then try again."
        )


class Damaged(Exception):
    """What is on disk is missing or not what was kept."""


def place(sha256: str) -> Path:
    """`files/ab/cd/abcd…` below settings.DATA_DIR."""
    return settings.DATA_DIR / "files" / sha256[:2] / sha256[2:4] / sha256


def write(content: bytes) -> str:
    """Keeps the bytes and returns their SHA-256; raises NoRoom. After a power cut all are there, or none."""
    sha256 = hashlib.sha256(content).hexdigest()
    target = place(sha256)
    try:
        target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        _write_whole(content, target)
    except OSError as problem:
        if problem.errno in FULL:
            raise NoRoom from problem
        raise
    return sha256


def _write_whole(content: bytes, target: Path) -> None:
    handle, half = tempfile.mkstemp(dir=target.parent, suffix=HALF)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), 0o640)
        os.replace(half, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(half)
        raise
    for folder in target.parents[:3]:
        _fsync_folder(folder)


def _fsync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(sha256: str) -> bytes:
    """Raises Damaged."""
    try:
        content = place(sha256).read_bytes()
    except FileNotFoundError as problem:
        raise Damaged(f"{sha256} is missing.") from problem
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Damaged(f"{sha256} has changed on disk.")
    return content


def older_than(moment: float) -> Iterator[Path]:
    """Every file, whole or half, last written before `moment` (seconds since 1970)."""
    for path in (settings.DATA_DIR / "files").glob("??/??/*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < moment:
                yield path
