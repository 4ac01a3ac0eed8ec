"""The working agreement and a sheet of facts as Word files. Words only: no pictures, no macros."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from embedded import word
from embedded.word import Heading, List, Paragraph, Run
from programmes.agreements.document import Document


@dataclass(frozen=True)
class Table:
    """Facts under a heading: `head` may be empty for two columns of name and value."""

    heading: str
    rows: Sequence[Sequence[str]]
    head: Sequence[str] = ()
    none: str = "Nothing is recorded yet."


def working_agreement(document: Document, made_on: datetime.date) -> bytes:
    """The document as a .docx file."""
    about = word.About(f"{document.title}: {document.about}", made_on, "Embedded")
    return word.written(list(_agreement(document)), about)


def facts_sheet(title: str, opening: Sequence[str], tables: Sequence[Table], made_on: datetime.date) -> bytes:
    """A title, a few sentences, and tables under headings, as a .docx file."""
    blocks: list[word.Block] = [Heading(title, 1), *map(Paragraph, opening)]
    for table in tables:
        blocks.append(Heading(table.heading, 2))
        blocks.append(_facts(table.heading, table.rows, table.head) if table.rows else Paragraph(table.none))
    return word.written(blocks, word.About(title, made_on, "Embedded"))


def _agreement(document: Document) -> Iterator[word.Block]:
    yield Heading(document.title, 1)
    yield Paragraph([Run(document.about, bold=True)])
    yield Paragraph(document.edition)
    yield Paragraph(document.opening)
    if document.facts:
        yield _facts("Facts", document.facts)
    for section in document.sections:
        yield Heading(section.heading, 2)
        for block in section.blocks:
            yield from [List(block.lines)] if block.is_list else map(Paragraph, block.lines)
    yield Heading("Who is asked to agree", 2)
    if document.people:
        head = ("Name", "What they are in it", "Has agreed")
        yield _facts("Who is asked to agree", document.people, head)


def _facts(caption: str, rows: Sequence[Sequence[str]], head: Sequence[str] = ()) -> word.Table:
    return word.Table(rows, head, caption, named=False)
