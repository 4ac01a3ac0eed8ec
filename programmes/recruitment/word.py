"""Prints a job description as a Word file that can be edited."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from embedded import word
from embedded.word import Heading, Paragraph
from programmes.recruitment import document as said
from programmes.recruitment.document import Document


def print_word(document: Document, *, made_at: datetime.datetime, author: str) -> bytes:
    """A DOCX in British English. The same arguments make the same file."""
    about = word.About(document.title, made_at, author, subject=document.standing)
    return word.written(list(_blocks(document)), about)


def _blocks(document: Document) -> Iterator[word.Block]:
    yield Paragraph(document.kicker, style="Subtitle")
    yield Heading(document.title, 1)
    yield Paragraph(document.standing)
    for section in document.sections:
        yield Heading(section.heading, section.level)
        yield from map(_block, section.parts)


def _block(part: said.Part) -> word.Block:
    match part:
        case said.Paragraph(words):
            return Paragraph(words)
        case said.Lines(lines, start):
            return word.List(lines, start)
        case said.Table(caption, head, rows):
            return word.Table(rows, head, caption)
