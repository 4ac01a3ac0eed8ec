"""Keeps a hostile or huge report from taking the machine's memory with it (trust.md P32)."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

MOST: Final = 1_500 * 1024 * 1024  # bytes that printing may take on top of what the process has by then


class TooMuch(MemoryError):
    """The work needed more memory than it may have."""


@contextmanager
def bounded_memory(most: int = MOST) -> Iterator[None]:
    """Lets this process grow by so many bytes of address space while it works; raises TooMuch beyond.

    Where a library ends the process instead, its worker's parent puts the job back, three times at most."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = _taken() + most
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
    try:
        yield
    except MemoryError as problem:
        raise TooMuch from problem
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _taken() -> int:
    """The address space that the process has, in bytes (Linux)."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize()
