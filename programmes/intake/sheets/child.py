"""The process that opens one file: takes it by standard input, says what is in it by standard output, and ends."""

from __future__ import annotations

import json
import resource
import sys
from typing import Any

from programmes.intake.sheets.bounds import CPU_SECONDS, MEMORY, MOST_BYTES, TOO_MUCH, CannotRead
from programmes.intake.sheets.kinds import kind_of


def read(content: bytes) -> dict[str, Any]:
    """The table in the file, or the sentence that says why there is none."""
    try:
        if len(content) > MOST_BYTES:
            raise CannotRead(TOO_MUCH)
        if kind_of(content) == "workbook":
            from programmes.intake.sheets.workbook import table_in

            return table_in(content).as_json()
        from programmes.intake.sheets.table import table_of
        from programmes.intake.sheets.text import rows_of

        return table_of(rows_of(content)).as_json()
    except CannotRead as problem:
        return {"problem": str(problem)}
    except MemoryError:
        return {"problem": TOO_MUCH}


def peak_kib() -> int:
    """What this process took at most. Its resource usage would count in the process that started it, however large."""
    with open("/proc/self/status", encoding="ascii", errors="replace") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    said = read(sys.stdin.buffer.read(MOST_BYTES + 1))
    said["peak_kib"] = peak_kib()
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
