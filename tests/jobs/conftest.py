"""What the tests of jobs share: work to practise on, and the Redis and workers of drills."""

from __future__ import annotations

import pytest
from django.conf import LazySettings

from tests.mail_server import mail_server
from tests.workers import redis_of_drill, workers

__all__ = ["drill_work", "mail_server", "redis_of_drill", "workers"]


@pytest.fixture
def drill_work(settings: LazySettings) -> None:
    """Lets this process do jobs of the kind "drill"."""
    settings.JOB_HANDLERS = [*settings.JOB_HANDLERS, "tests.drill_work"]
