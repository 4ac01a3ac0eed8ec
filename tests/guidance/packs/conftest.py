"""A library of four small documents of different forms, taken in and not yet printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from guidance.actions import load_library
from tests.guidance.packs.binding import write_library


@pytest.fixture
def library(db: None, tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    write_library(folder)
    load_library(library=folder)
    return folder
