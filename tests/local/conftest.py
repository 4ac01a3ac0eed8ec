"""A data folder for each test of the starter, and a look at which processes belong to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from embedded.local.folder import DataFolder


@pytest.fixture
def place(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "var")
    folder.prepare()
    return folder


def processes_of(place: DataFolder) -> dict[int, str]:
    """Every live process that works in this data folder, was told of it, or has it in its command."""
    found = {}
    mark = os.fsencode(place.path)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "stat").read_text().rpartition(")")[2].split()[0] == "Z":
                continue
            command = (folder / "cmdline").read_bytes()
            told = mark in command or mark in (folder / "environ").read_bytes()
            if told or Path(os.readlink(folder / "cwd")).is_relative_to(place.path):
                found[int(folder.name)] = command.replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
    return found


@pytest.fixture
def nothing_left(place: DataFolder) -> Iterator[Callable[[], dict[int, str]]]:
    """Asks what still runs; at the end of the test that must be nothing."""
    yield lambda: processes_of(place)
    assert processes_of(place) == {}
