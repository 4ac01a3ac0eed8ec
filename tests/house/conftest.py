"""The walk over every address, taken once by each worker and undone again."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction

from tests.house.crawling import Crawl, walk


@pytest.fixture(scope="session")
def crawl(django_db_setup: None, django_db_blocker: Any) -> Crawl:
    with django_db_blocker.unblock(), transaction.atomic():
        found = walk()
        transaction.set_rollback(True)
    return found
