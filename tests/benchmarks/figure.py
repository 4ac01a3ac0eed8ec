"""One measured figure: ours, the yardstick's, the ratio of the two, and what that was to be at the most."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

REQUESTS: Final = 300
ALTERNATIONS: Final = 5
FIRST_UNCOUNTED: Final = 20


@dataclass(frozen=True)
class Figure:
    """`goal` is the ratio that must not be passed; `limit` is what the yardstick took, in the same unit as `ours`."""

    name: str
    ours: float
    limit: float
    goal: float
    unit: str = "ms"
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours in yardsticks. Nothing against nothing is as good as the yardstick."""
        if self.limit:
            return self.ours / self.limit
        return 0.0 if not self.ours else float("inf")

    @property
    def holds(self) -> bool:
        return self.ratio <= self.goal

    @property
    def line(self) -> str:
        words = [
            f"{self.name}:",
            f"ours={_number(self.ours)}{self.unit}",
            f"limit={_number(self.limit)}{self.unit}",
            f"ratio={self.ratio:.2f}",
            f"goal={self.goal:g}",
            "ok" if self.holds else "over",
        ]
        return " ".join([*words, *([f"({self.note})"] if self.note else [])])

    def as_json(self) -> dict[str, Any]:
        ratio = self.ratio if self.ratio != float("inf") else None
        return asdict(self) | {"ratio": ratio, "ok": self.holds}


def _number(value: float) -> str:
    return f"{value:.0f}" if value == int(value) or value >= 1000 else f"{value:.2f}"


def alternating(
    ours: Callable[[], float],
    limit: Callable[[], float],
    *,
    requests: int = REQUESTS,
    alternations: int = ALTERNATIONS,
    uncounted: int = FIRST_UNCOUNTED,
) -> tuple[float, float]:
    """Turn and turn about, so that whatever else the machine does meets both: the median of so many calls, and of
    these medians the median. Each call gives what it took."""
    for each in (ours, limit):
        _times(each, uncounted)
    medians: list[tuple[float, float]] = [
        (statistics.median(_times(ours, requests)), statistics.median(_times(limit, requests)))
        for _ in range(alternations)
    ]
    return statistics.median(one for one, _ in medians), statistics.median(other for _, other in medians)


def _times(call: Callable[[], float], times: int) -> list[float]:
    return [call() for _ in range(times)]


def percentile(values: Sequence[float], part: float) -> float:
    """The value that `part` (0 to 1) of them do not pass; 0 where there are none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0
