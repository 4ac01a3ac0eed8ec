"""bin/bench: measures the figures that are asked for, prints a line of each, and says whether all goals hold."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final

from embedded.env import ROOT
from embedded.local.trouble import CannotStart
from tests.benchmarks import (
    discovery,
    finding,
    importing,
    library,
    load,
    log_export,
    log_import,
    logbook,
    packs,
    pages,
    paper,
    seeding,
    signin,
)
from tests.benchmarks.figure import Figure
from tests.benchmarks.services import Services, running
from tests.benchmarks.trouble import CannotMeasure

Measure = Callable[[Services], list[Figure]]
BENCHES: Final[dict[str, Measure]] = {
    "page": pages.page,
    "log": pages.log,
    "dashboard": pages.dashboard,
    "logbook": logbook.logbook,
    "guidance": library.guidance,
    "report": paper.report,
    "residencies": finding.residencies,
    "seed": seeding.seed,
}
ONLY_BY_NAME: Final[dict[str, Callable[..., list[Figure]]]] = {
    "discovery": discovery.discovery,
    "export": log_export.log_export,
    "import": log_import.log_import,
    "load": load.load,
    "packs": packs.packs,
    "registration-import": importing.bring_in,
    "signin": signin.signin,
}


def main(words: list[str]) -> int:
    """0 when every goal holds, 1 when one is over or nothing could be measured, 2 when asked for what is not there."""
    asked = chosen(words)
    if asked.list:
        for name, bench in {**BENCHES, **ONLY_BY_NAME}.items():
            print(f"{name:20} {(bench.__doc__ or '').splitlines()[0]}")
        return 0
    unknown = [name for name in asked.names if name not in {**BENCHES, **ONLY_BY_NAME}]
    if unknown:
        known = ", ".join([*BENCHES, *ONLY_BY_NAME])
        print(
            f"There is no figure called {', '.join(unknown)}. Ask for one of these: {known}", file=sys.stderr
        )
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with running(asked.data, fresh=asked.fresh) as services:
            figures, missing = measured(services, asked)
    except (CannotMeasure, CannotStart) as problem:
        print(f"Nothing could be measured. {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped", file=sys.stderr)
        return 130
    write(asked.json, figures)
    return 0 if all(figure.holds for figure in figures) and not missing else 1


def chosen(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/bench", description="Measures how fast Embedded is, beside yardsticks of the same run."
    )
    parser.add_argument(
        "names",
        nargs="*",
        metavar="NAME",
        help="which figures (all but those that `docs/speed.md` runs only by name)",
    )
    parser.add_argument("--list", action="store_true", help="say which figures there are")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the same into this file")
    parser.add_argument("--fresh", action="store_true", help="make the data anew")
    parser.add_argument("--minutes", type=float, default=10.0, help="how long load lasts (10)")
    parser.add_argument("--data", type=Path, default=ROOT / "var" / "bench", help=argparse.SUPPRESS)
    return parser.parse_args(words)


def measured(services: Services, chosen: argparse.Namespace) -> tuple[list[Figure], list[str]]:
    """The figures, a line of each printed as soon as it is there, and the names of those that could not be had."""
    figures: list[Figure] = []
    missing: list[str] = []
    for name in chosen.names or BENCHES:
        try:
            found = (
                _bench(name)(services, minutes=chosen.minutes) if name == "load" else _bench(name)(services)
            )
        except CannotMeasure as problem:
            print(f"{name}: not measured. {problem}", file=sys.stderr, flush=True)
            missing.append(name)
            continue
        for figure in found:
            print(figure.line, flush=True)
        figures += found
    return figures, missing


def _bench(name: str) -> Callable[..., list[Figure]]:
    return BENCHES.get(name) or ONLY_BY_NAME[name]


def write(path: Path | None, figures: Iterable[Figure]) -> None:
    """The same for machines, whole or not at all."""
    if path is None:
        return
    found: list[dict[str, Any]] = [figure.as_json() for figure in figures]
    fresh = path.with_name(f"{path.name}.new")
    try:
        fresh.write_text(json.dumps(found, indent=2) + "\n")
        os.replace(fresh, path)
    except OSError as problem:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise SystemExit(f"The figures could not be written to {path}: {problem.strerror}") from problem


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
