"""A library of one small document, taken in and not yet printed."""

from __future__ import annotations

from pathlib import Path

import pytest
import redis
from django.conf import settings

from guidance.actions import load_library
from guidance.models import Edition
from tests.guidance.shelf import write


@pytest.fixture(autouse=True)
def no_readings(db: None) -> None:
    """Redis knows nothing of the readings of other tests."""
    with redis.Redis.from_url(settings.REDIS_URL) as line:
        line.flushdb()


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """The folder of a library that holds one edition."""
    folder = tmp_path / "library"
    write(folder)
    return folder


@pytest.fixture
def edition(db: None, shelf: Path) -> Edition:
    load_library(library=shelf)
    return Edition.objects.select_related("document").get()
