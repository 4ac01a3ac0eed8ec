"""What a Word file may hold: runs of words, and the blocks that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Run:
    """Some words of one look; "\\n" in them begins a new line. `link` is a full address, or "#" and the anchor of a
    block of this file. `anchor` makes the words a place that links lead to."""

    words: str
    bold: bool = False
    italic: bool = False
    raised: bool = False
    mark: bool = False
    link: str = ""
    anchor: str = ""


Words = str | Sequence[Run]


@dataclass(frozen=True)
class Heading:
    """Level 1 is the document's title; `anchor` is where links lead."""

    words: Words
    level: int
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """`style` is a paragraph style of the file: Normal, Subtitle, Caption."""

    words: Words
    style: str = "Normal"


@dataclass(frozen=True)
class Item:
    """One item of a list: its first paragraph, and what else stands under it. One with a `tick` may be ticked in
    Word."""

    words: Words
    more: Sequence[Block] = ()
    tick: bool = False


@dataclass(frozen=True)
class List:
    """`start` is the number of the first item; 0 for a list of bullets."""

    items: Sequence[Item | str]
    start: int = 0


@dataclass(frozen=True)
class Table:
    """`head` is marked and repeated on each page; `row_heads` says that the first cell of a row heads it. An empty cell
    is one to write in. `named` puts the caption above; otherwise only those who cannot see the table are told it."""

    rows: Sequence[Sequence[Words]]
    head: Sequence[Words] = ()
    caption: str = ""
    named: bool = True
    row_heads: bool = True
    right: Sequence[int] = ()


@dataclass(frozen=True)
class Box:
    """Blocks on a coloured ground beside a bar, under a heading of their own."""

    heading: Words
    level: int
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Write:
    """A place of so many lines to write in, with what is to be written and hints above it."""

    label: str
    lines: int
    hints: Sequence[Block] = ()


@dataclass(frozen=True)
class Cards:
    """Boxes to be cut out, two in a row."""

    cards: Sequence[Box]


@dataclass(frozen=True)
class NewPage:
    """What follows begins on a new page."""


Block = Heading | Paragraph | List | Table | Box | Write | Cards | NewPage


def runs(words: Words) -> list[Run]:
    return [Run(words)] if isinstance(words, str) else list(words)


def plain(words: str) -> str:
    """Without the signs that XML cannot hold."""
    return NOT_XML.sub("", words)


def said(blocks: Sequence[Block]) -> Iterator[str]:
    """All the words, one text after another in the order of the file; numbers of lists are not words."""
    for block in blocks:
        match block:
            case Heading(words=words) | Paragraph(words=words):
                yield _text(words)
            case List(items=items):
                for item in items:
                    yield from _said_in_item(item)
            case Table():
                yield from _said_in_table(block)
            case Box(heading=heading, blocks=inside):
                yield _text(heading)
                yield from said(inside)
            case Write(label=label, hints=hints):
                yield label
                yield from said(hints)
            case Cards(cards=cards):
                yield from said(cards)


def _said_in_item(item: Item | str) -> Iterator[str]:
    if isinstance(item, str):
        yield item
    else:
        yield _text(item.words)
        yield from said(item.more)


def _said_in_table(table: Table) -> Iterator[str]:
    if table.caption and table.named:
        yield table.caption
    for row in (table.head, *table.rows):
        yield from (_text(cell) for cell in row)


def _text(words: Words) -> str:
    return "".join(run.words for run in runs(words))
