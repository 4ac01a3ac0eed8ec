"""Bounds what one piece of work can take from the machine, so that a hostile report harms only itself (P32)."""

from __future__ import annotations

import os
import resource
from typing import Any, Final

from celery.signals import worker_process_init

MEMORY: Final = 1536 * 1024 * 1024  # bytes of address space for one child of a worker
NICENESS: Final = 10  # pages for people come first


@worker_process_init.connect
def bound_child(**signal: Any) -> None:
    """Past its memory a child gets a MemoryError, which fails its job with a sentence."""
    os.nice(NICENESS)
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    bound = MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most)
    resource.setrlimit(resource.RLIMIT_AS, (bound, most))
