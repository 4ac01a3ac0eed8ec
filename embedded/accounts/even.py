"""Makes an answer take as long as another, so that the time does not tell who has an account (P14)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError

A_QUARTER_SECOND: Final = 0.25


def now() -> float:
    """A moment to count from, in seconds."""
    return time.monotonic()


@contextmanager
def lasting(seconds: float, since: float) -> Iterator[None]:
    """What is done since then, and within, lasts at least so long, however it ends."""
    end = since + seconds * settings.EVEN_TIMES
    try:
        yield
    finally:
        _wait_until(end)


@contextmanager
def refusing_after(seconds: float) -> Iterator[None]:
    """A refusal of what was typed (ValidationError) comes no earlier than this; what is right need not wait."""
    end = now() + seconds * settings.EVEN_TIMES
    try:
        yield
    except ValidationError:
        _wait_until(end)
        raise


def _wait_until(end: float) -> None:
    time.sleep(max(0.0, end - now()))
