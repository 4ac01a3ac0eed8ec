"""What a report says, as plain values: made once, kept as JSON, shown from there on screen and on paper."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from embedded import charts
from programmes.measures.figure import Figure


@dataclass(frozen=True)
class KeyNumber:
    """One big number, what it counts, and of what."""

    number: str
    text: str
    note: str


@dataclass(frozen=True)
class Chapter:
    """Figures that belong together under one heading."""

    anchor: str
    title: str
    opening: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Content:
    """Everything that a report shows. Nothing in it is read from the records again."""

    title: str
    part: str
    period: str
    prepared_for: str
    asked_by: str
    computed_at: datetime.datetime
    summary: tuple[str, ...]
    key_numbers: tuple[KeyNumber, ...]
    chapters: tuple[Chapter, ...]
    definitions: tuple[tuple[str, str], ...]

    @property
    def figures(self) -> list[Figure]:
        return [figure for chapter in self.chapters for figure in chapter.figures]

    def to_json(self) -> dict[str, Any]:
        kept = {name: getattr(self, name) for name in ("title", "part", "period", "prepared_for", "asked_by")}
        return kept | {
            "computed_at": self.computed_at.isoformat(),
            "summary": list(self.summary),
            "key_numbers": [vars(number) for number in self.key_numbers],
            "chapters": [
                vars(chapter) | {"figures": [figure.to_json() for figure in chapter.figures]}
                for chapter in self.chapters
            ],
            "definitions": [list(pair) for pair in self.definitions],
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Content:
        """As it was when `to_json` kept it."""
        return cls(
            **{name: kept[name] for name in ("title", "part", "period", "prepared_for", "asked_by")},
            computed_at=datetime.datetime.fromisoformat(kept["computed_at"]),
            summary=tuple(kept["summary"]),
            key_numbers=tuple(KeyNumber(**number) for number in kept["key_numbers"]),
            chapters=tuple(
                Chapter(
                    chapter["anchor"],
                    chapter["title"],
                    chapter["opening"],
                    tuple(Figure.from_json(figure) for figure in chapter["figures"]),
                )
                for chapter in kept["chapters"]
            ),
            definitions=tuple((term, text) for term, text in kept["definitions"]),
        )


def drawing(figure: Figure) -> Markup:
    """The drawing as page and paper take it: embedded.charts made it and escaped all text before it was kept."""
    return charts.markup(figure.svg)
