"""The walk over every address: taken once for all workers of a run, undone again, and handed on as a file."""

from __future__ import annotations

import fcntl
import pickle
from typing import Any

import pytest
from django.db import transaction

from tests.conftest import PLACE
from tests.house.crawling import Crawl, walk


@pytest.fixture(scope="session")
def crawl(django_db_setup: None, django_db_blocker: Any) -> Crawl:
    """Whoever comes second waits for the first, instead of walking beside it."""
    kept = PLACE.path / "crawl.pickle"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            with django_db_blocker.unblock(), transaction.atomic():
                kept.write_bytes(pickle.dumps(walk()))
                transaction.set_rollback(True)
    found: Crawl = pickle.loads(kept.read_bytes())  # noqa: S301 (our own, of this run)
    return found
