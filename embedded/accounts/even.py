"""Makes an answer take as long as another, so that the time does not tell who has an account (P14)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError

A_QUARTER_SECOND: Final = 0.25


@contextmanager
def lasting(seconds: float) -> Iterator[None]:
    """What is done within lasts at least so long, however it ends."""
    end = _end(seconds)
    try:
        yield
    finally:
        _wait_until(end)


@contextmanager
def refusing_after(seconds: float) -> Iterator[None]:
    """A refusal of what was typed (ValidationError) comes no earlier than this; what is right need not wait."""
    end = _end(seconds)
    try:
        yield
    except ValidationError:
        _wait_until(end)
        raise


def _end(seconds: float) -> float:
    return time.monotonic() + seconds * settings.EVEN_TIMES


def _wait_until(end: float) -> None:
    time.sleep(max(0.0, end - time.monotonic()))
