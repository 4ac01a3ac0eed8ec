"""Reads the bank of wording in the folder wording/: duties, criteria and terms, by seniority and variant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

WORDING: Final = Path(__file__).resolve().parent / "wording"


@dataclass(frozen=True)
class Line:
    """A duty of the bank in the words of one seniority; `used` in a fresh draft."""

    key: str
    words: str
    used: bool


@dataclass(frozen=True)
class Asked:
    """A criterion of the bank in the words of one seniority; `duties` are keys of duties."""

    key: str
    heading: str
    words: str
    essential: bool
    duties: tuple[str, ...]
    by: tuple[str, ...]


def duties(seniority: str, names: Mapping[str, str]) -> dict[str, list[Line]]:
    """By group. `names` are what stands for {host}, {home} and the others."""
    return {
        group: [
            Line(row["key"], row[seniority].format_map(names), bool(row.get("use", False))) for row in rows
        ]
        for group, rows in _read("duties").items()
    }


def criteria(seniority: str, names: Mapping[str, str]) -> list[Asked]:
    return [
        Asked(
            key=row["key"],
            heading=heading,
            words=row[seniority].format_map(names),
            essential=seniority in row["essential"],
            duties=tuple(row["from"]),
            by=tuple(row["by"]),
        )
        for heading, rows in _read("criteria").items()
        for row in rows
    ]


def grade(variant: str, seniority: str, names: Mapping[str, str]) -> str:
    words: str = _read("terms")["grade"][variant][seniority]
    return words.format_map(names)


def terms(name: str, variant: str, names: Mapping[str, str]) -> list[str]:
    """The lines of that name: "scope", "support", "conditions", "checks", "general" or "relationships"."""
    kept = _read("terms")[name]
    lines: list[str] = kept[variant] if isinstance(kept, dict) else kept
    return [line.format_map(names) for line in lines]


@cache
def _read(name: str) -> Any:
    return yaml.safe_load((WORDING / f"{name}.yaml").read_text(encoding="utf-8"))
