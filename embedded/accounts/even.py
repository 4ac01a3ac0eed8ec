"""Makes an answer take as long as another, so that the time does not tell who has an account (P14)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings

A_QUARTER_SECOND: Final = 0.25


@contextmanager
def lasting(seconds: float) -> Iterator[None]:
    """What is done within lasts at least so long, however it ends."""
    end = time.monotonic() + seconds * settings.EVEN_TIMES
    try:
        yield
    finally:
        time.sleep(max(0.0, end - time.monotonic()))
