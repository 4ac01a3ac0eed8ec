"""What somebody asks of the library, as it stands in the address, and the choices that lead on from there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils.http import urlencode

from guidance.choices import Moment, Reader, Topic
from guidance.models import Document
from guidance.search import tidy
from guidance.starting import ALWAYS_FIRST, place_of

AT_ANY_TIME: Final = "any"


class Row(NamedTuple):
    """A document that can be read, as far as it is chosen by."""

    pk: int
    slug: str
    title: str
    audience: str
    readers: Sequence[str]
    moments: Sequence[str]
    topics: Sequence[str]


@dataclass(frozen=True)
class Option:
    """One choice: where it leads and how many documents it leaves."""

    value: str
    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """One question and its choices; those that would leave nothing are left out."""

    name: str
    heading: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Wish:
    """`who`, `moment`, `topic`: one of the values, or an empty text for any; `words`: what to search for."""

    who: str = ""
    moment: str = ""
    topic: str = ""
    words: str = ""
    page: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> Wish:
        """What an address asks for; a value that is none of ours asks for nothing."""
        known = {name: _known(labels, asked.get(name, "")) for name, (_, labels) in QUESTIONS.items()}
        return cls(**known, words=tidy(asked.get("q", "")), page=asked.get("page", "")[:6])

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for: the front of the library."""
        return not (self.who or self.moment or self.topic or self.words)

    @property
    def is_reader_alone(self) -> bool:
        return bool(self.who) and replace(self, page="") == Wish(who=self.who)

    def address(self, **other: str) -> str:
        """The query of the address that asks the same but for `other`; a choice leads to the first page."""
        wish = replace(self, page="", **other)
        asked = {"who": wish.who, "moment": wish.moment, "topic": wish.topic, "q": wish.words}
        query = urlencode({name: value for name, value in asked.items() if value})
        return f"?{query}" if query else ""

    def takes(self, row: Row, leaving_out: str = "") -> bool:
        """Whether a document is among those asked for, words aside."""
        fits = {
            "who": not self.who or self.who in row.readers,
            "moment": not self.moment or self.moment in moments_of(row, self.who),
            "topic": not self.topic or self.topic in row.topics,
        }
        return all(fit for name, fit in fits.items() if name != leaving_out)


def _labels(choices: type[TextChoices]) -> dict[str, str]:
    return {one.value: one.label for one in choices}


QUESTIONS: Final[Mapping[str, tuple[str, dict[str, str]]]] = {
    "who": ("Who are you?", _labels(Reader)),
    "moment": ("Where are you now?", _labels(Moment) | {AT_ANY_TIME: "At any time"}),
    "topic": ("What is it about?", _labels(Topic)),
}


def rows() -> list[Row]:
    """Every document that can be read, in the order of the shelves, in one question."""
    names = Row._fields
    found = [Row(*one) for one in Document.objects.readable().order_by().values_list(*names)]
    return sorted(found, key=lambda row: place_of(row.audience, row.slug, row.title))


def moments_of(row: Row, who: str) -> Sequence[str]:
    """When a document is listed for that reader: their own guide at every moment."""
    if ALWAYS_FIRST.get(who) == row.slug:
        return [*Moment.values, AT_ANY_TIME]
    return row.moments or [AT_ANY_TIME]


def facets(wish: Wish, found: Iterable[Row]) -> tuple[Facet, ...]:
    """The three questions. A choice takes the place of what was chosen to the same question, and keeps the rest."""
    listed = list(found)
    return tuple(_facet(wish, name, [row for row in listed if wish.takes(row, name)]) for name in QUESTIONS)


def _facet(wish: Wish, name: str, those: Sequence[Row]) -> Facet:
    heading, labels = QUESTIONS[name]
    counts = dict.fromkeys(labels, 0)
    for row in those:
        for value in _values(name, row, wish.who):
            counts[value] = counts.get(value, 0) + 1
    chosen = getattr(wish, name)
    options = (
        Option(value, label, counts[value], wish.address(**{name: value}), value == chosen)
        for value, label in labels.items()
        if counts[value] or value == chosen
    )
    return Facet(name, heading, tuple(options))


def _values(name: str, row: Row, who: str) -> Sequence[str]:
    return {"who": row.readers, "moment": moments_of(row, who), "topic": row.topics}[name]


@dataclass(frozen=True)
class Chosen:
    """What was chosen, in words, and the address without it."""

    label: str
    without: str


def chosen(wish: Wish) -> tuple[Chosen, ...]:
    picked = [
        Chosen(labels[value], wish.address(**{name: ""}))
        for name, (_, labels) in QUESTIONS.items()
        if (value := getattr(wish, name))
    ]
    words = [Chosen(f"“{wish.words}”", wish.address(words=""))] if wish.words else []
    return tuple(picked + words)


def _known(labels: Mapping[str, str], value: str) -> str:
    return value if value in labels else ""
