"""How little a process that opens somebody's file may take. Knows no Django."""

from __future__ import annotations

import resource

from embedded.tables.reading.bounds import Bounds


def limited(bounds: Bounds) -> None:
    """Binds this process, for good; it writes no file whatever happens."""
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.cpu_seconds, bounds.cpu_seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def peak_kib() -> int:
    """What this process took at most. Its resource usage would count in the process that started it, however large."""
    with open("/proc/self/status", encoding="ascii", errors="replace") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
