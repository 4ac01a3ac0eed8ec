"""What the list of all one's entries is narrowed to: it stands in the address, but for words that are looked for."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final
from urllib.parse import urlencode

from embedded.nhsuk.addresses import is_number
from programmes.models import FINER, ActivityKind, ActivityQuerySet

LONGEST: Final = 100  # characters of what is looked for
NUMBER_ENDS: Final = 2**63 - 1


@dataclass(frozen=True)
class Filter:
    """An answer that is none of those offered counts as not given. Days are written 2026-05-03, both included; records
    stand by their numbers."""

    residency: str = ""
    kind: str = ""
    project: str = ""
    host: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Filter:
        given = {one.name: one_line(query.get(one.name, "")) for one in fields(cls)}
        return cls(**{name: text for name, text in given.items() if text and _KNOWN[name](text)})

    def apply(self, found: ActivityQuerySet) -> ActivityQuerySet:
        for name in ("residency", "project", "host"):
            if number := getattr(self, name):
                found = found.filter(**{f"{name}_id": int(number)})
        if self.kind:
            beneath = [code for code, plain in FINER.items() if plain == self.kind]
            found = found.filter(kind__in=[self.kind, *beneath])
        if self.since:
            found = found.filter(date__gte=self.since)
        if self.until:
            found = found.filter(date__lte=self.until)
        return found

    @property
    def narrowed(self) -> list[str]:
        """The names of what was asked for."""
        return [one.name for one in fields(self) if getattr(self, one.name)]

    @property
    def is_one_day(self) -> bool:
        return bool(self.since) and self.since == self.until

    def without(self, name: str) -> Filter:
        return replace(self, **{name: ""})

    def query(self, **more: str) -> str:
        """Itself as the end of an address, with more behind it."""
        told = {name: getattr(self, name) for name in self.narrowed} | more
        return f"?{urlencode(told)}" if told else ""


@dataclass(frozen=True)
class Start:
    """Where a page of the list begins: right behind this entry, the latest first. Written 2026-05-03.1234."""

    date: datetime.date = datetime.date.max
    pk: int = NUMBER_ENDS

    @classmethod
    def of(cls, text: str) -> Start:
        date, _, pk = text.partition(".")
        return cls(datetime.date.fromisoformat(date), int(pk)) if is_day(date) and is_number(pk) else cls()

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d}.{self.pk}"


def one_line(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())[:LONGEST]


def is_day(text: str) -> bool:
    """Only as we write it: fromisoformat knows weeks and days without hyphens too."""
    try:
        return len(text) == 10 and bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


_KNOWN: Final[dict[str, Callable[[str], bool]]] = {
    "residency": is_number,
    "kind": lambda text: text in ActivityKind.values,
    "project": is_number,
    "host": is_number,
    "since": is_day,
    "until": is_day,
}
