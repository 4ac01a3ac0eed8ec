"""Writes Word files: the working agreement, and a sheet of facts in tables. Words only: no pictures, no macros."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from docx import Document as new_document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from programmes.agreements.document import Document

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Table:
    """Facts under a heading: `head` may be empty for two columns of name and value."""

    heading: str
    rows: Sequence[Sequence[str]]
    head: Sequence[str] = ()
    none: str = "Nothing is recorded yet."


def working_agreement(document: Document, made_on: datetime.date) -> bytes:
    """The document as a .docx file."""
    paper = _paper(f"{document.title}: {document.about}", made_on)
    paper.add_heading(plain(document.title), 0)
    _say(paper, document.about, bold=True)
    _say(paper, document.edition)
    _say(paper, document.opening)
    if document.facts:
        _table(paper, (), document.facts)
    for section in document.sections:
        paper.add_heading(plain(section.heading), 1)
        for block in section.blocks:
            for line in block.lines:
                _say(paper, line, style="List Bullet" if block.is_list else None)
    paper.add_heading("Who is asked to agree", 1)
    if document.people:
        _table(paper, ("Name", "What they are in it", "Has agreed"), document.people)
    return _bytes(paper)


def facts_sheet(title: str, opening: Sequence[str], tables: Sequence[Table], made_on: datetime.date) -> bytes:
    """A title, a few sentences, and tables under headings, as a .docx file."""
    paper = _paper(title, made_on)
    paper.add_heading(plain(title), 0)
    for line in opening:
        _say(paper, line)
    for table in tables:
        paper.add_heading(plain(table.heading), 1)
        if table.rows:
            _table(paper, table.head, table.rows)
        else:
            _say(paper, table.none)
    return _bytes(paper)


def plain(text: str) -> str:
    """Without the signs that XML cannot hold."""
    return NOT_XML.sub("", text)


def _paper(title: str, made_on: datetime.date) -> Any:
    paper = new_document()
    section, style = paper.sections[0], paper.styles["Normal"]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    style.font.name, style.font.size = "Arial", Pt(11)
    style.paragraph_format.space_after = Pt(6)
    for name in ("Title", "Heading 1"):
        paper.styles[name].font.name = "Arial"
        fonts = paper.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for kind in list(fonts.attrib):
            del fonts.attrib[kind]
        fonts.set(qn("w:ascii"), "Arial")
        fonts.set(qn("w:hAnsi"), "Arial")
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    about = paper.core_properties
    about.title, about.author, about.language, about.comments = plain(title)[:250], "Embedded", "en-GB", ""
    about.created = about.modified = datetime.datetime.combine(made_on, datetime.time(12))
    return paper


def _say(paper: Any, text: str, *, bold: bool = False, style: str | None = None) -> None:
    paper.add_paragraph(style=style).add_run(plain(text)).bold = bold or None


def _table(paper: Any, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """With a head that is repeated on each page; without one the first column names the second."""
    table = paper.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    if head:
        _fill(table.add_row(), head, bold=len(head))
        marked = table.rows[0]._tr.get_or_add_trPr()
        marked.append(OxmlElement("w:tblHeader"))
    for row in rows:
        _fill(table.add_row(), row, bold=0 if head else 1)
    paper.add_paragraph()


def _fill(row: Any, texts: Sequence[str], *, bold: int) -> None:
    """The first `bold` cells are names."""
    for number, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.paragraphs[0].add_run(plain(text)).bold = number < bold or None
        cell.paragraphs[0].paragraph_format.space_after = Pt(2)


def _bytes(paper: Any) -> bytes:
    kept = io.BytesIO()
    paper.save(kept)
    return kept.getvalue()
