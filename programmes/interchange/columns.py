"""The columns of a file of a log: under which headings other tools know each, and the words that stand in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from embedded.tables.reading.bounds import MEGABYTE, Bounds
from embedded.tables.reading.headings import Vocabulary, plain
from programmes.entries.days import MOST_A_DAY
from programmes.models import PLAIN_KINDS, ActivityKind, BareNumber, Place

BOUNDS: Final = Bounds(
    most_bytes=16 * MEGABYTE,
    most_rows=100_000,
    most_sheet_rows=20_000,
    longest_cell=20_000,
    most_signs=20_000_000,
    most_unpacked=60 * MEGABYTE,
    cpu_seconds=40,
    patience=50,
)
WHY: Final = "What to put right"  # the column that we add to the rows handed back; never read


@dataclass(frozen=True)
class Column:
    """`question` is asked on the page of the columns; `spellings` are other headings, the surest first."""

    name: str
    heading: str
    question: str
    spellings: tuple[str, ...]


def _column(name: str, heading: str, question: str, spellings: str) -> Column:
    return Column(name, heading, question, tuple(spellings.split(", ")))


COLUMNS: Final = (
    _column(
        "date",
        "Date",
        "The day",
        "Day, Start date, Date of work, Started on, Started, Start, From, Begin, When, Timestamp",
    ),
    _column(
        "how_long",
        "Minutes",
        "How long it took",
        "Min, Mins, Duration, How long, Time spent, Hours, Length, Total, Total time, Time",
    ),
    _column(
        "what",
        "What",
        "What you did",
        "What you did, Description, Activity, Task, Title, Subject, Details, Notes, Note, Comment",
    ),
    _column("kind", "Kind", "The kind of work", "Kind of work, Type of work, Activity type, Category, Type"),
    _column("residency", "Residency", "The residency", "Residency code"),
    _column("host", "Host", "The host", "Host organisation, Host name"),
    _column("place", "Place", "Where you were", "Where, Location, Workplace"),
    _column("project", "Project", "The project", "Project title, Project name"),
)
BY_NAME: Final = {column.name: column for column in COLUMNS}
NEEDED: Final = ("date", "how_long")
HEADINGS: Final = [column.heading for column in COLUMNS]
VOCABULARY: Final = Vocabulary(
    known={plain(one): column.name for column in COLUMNS for one in (column.heading, *column.spellings)},
    headings={column.name: column.heading for column in COLUMNS},
    any_head=True,
)
_SAYS_LITTLE: Final = frozenset("a and back feeding finding making or people time work writing".split())


def _words_of_one() -> dict[str, str]:
    """Each single word by which one kind alone is called, as "teaching"."""
    kinds = [(kind.value, set(plain(str(kind.label)).split())) for kind in ActivityKind]
    times = Counter(word for _, words in kinds for word in words)
    return {word: kind for kind, words in kinds for word in words - _SAYS_LITTLE if times[word] == 1}


KIND_LABELS: Final = {kind.value: str(kind.label) for kind in ActivityKind}
KINDS: Final = {plain(words): kind.value for kind in ActivityKind for words in (kind.value, str(kind.label))}
KIND_WORDS: Final = _words_of_one()
PLACES: Final = {plain(words): place.value for place in Place for words in (place.value, str(place.label))}
OFFERED_KINDS: Final = "; ".join(str(kind.label) for kind in PLAIN_KINDS)
_TWO_FIRST: Final = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}", re.ASCII)
OFFERED_PLACES: Final = "; ".join(str(place.label) for place in Place)


def guess(head: list[str]) -> dict[str, int]:
    """Where each column probably stands, counted from 0; those that nothing points to are left out."""
    said = [plain(heading) for heading in head]
    found: dict[str, int] = {}
    for column in COLUMNS:
        for spelling in (column.heading, *column.spellings):
            at = next((at for at, one in enumerate(said) if one == plain(spelling)), None)
            if at is not None:
                found[column.name] = at
                break
    return found


@dataclass(frozen=True)
class Orders:
    """The rows whose days can be read in one order only: 31/5/2026 by the day first, 5/31/2026 by the month first."""

    day: list[int]
    month: list[int]

    @property
    def likely(self) -> str:
        """The day first, unless no row speaks for it and some speak against it."""
        return "month" if self.month and not self.day else "day"


def orders_of(written: Iterable[tuple[int, str]]) -> Orders:
    """`written`: the number of each row, and what stands in it as its day."""
    orders = Orders([], [])
    for number, text in written:
        if (found := _TWO_FIRST.match(text)) is None:
            continue
        first, second = int(found[1]), int(found[2])
        if first <= 12 < second:
            orders.month.append(number)
        elif second <= 12 < first:
            orders.day.append(number)
    return orders


def guess_unit(heading: str, written: Iterable[str]) -> str:
    """What a bare number probably means: by its heading, or seconds where no day has as many minutes."""
    if {"hours", "hrs", "decimal"} & set(re.findall(r"[a-z]+", heading.casefold())):
        return BareNumber.HOURS.value
    long = any(int(text) > MOST_A_DAY for text in written if text.isascii() and text.isdigit())
    return BareNumber.SECONDS.value if long else BareNumber.MINUTES.value
