"""Remembers what was done from which sources, so that the second start skips what has not changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from embedded.local.folder import DataFolder


def fingerprint(sources: Iterable[Path]) -> str:
    """One number for the contents of files and folders, names included."""
    digest = hashlib.sha256()
    for source in sources:
        inside = (
            [source] if source.is_file() else sorted(each for each in source.rglob("*") if each.is_file())
        )
        for each in inside:
            if "__pycache__" not in each.parts:
                digest.update(f"{each.relative_to(source)}\0".encode())
                digest.update(hashlib.sha256(each.read_bytes()).digest())
    return digest.hexdigest()


def is_fresh(place: DataFolder, name: str, value: str) -> bool:
    """Whether this was done already from exactly these sources."""
    stamp = place.path / "stamps" / name
    return stamp.exists() and stamp.read_text() == value


def press(place: DataFolder, name: str, value: str) -> None:
    """Notes that it was done; call it only when it was done to the end."""
    (place.path / "stamps" / name).write_text(value)
