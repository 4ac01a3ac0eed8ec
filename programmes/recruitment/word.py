"""Prints a document as a Word file that can be edited: real heading styles, lists, and tables whose heads repeat."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any, Final

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from programmes.recruitment.document import Document, Lines, Paragraph, Part, Table

INK: Final = RGBColor(0x21, 0x2B, 0x32)
DEEP_BLUE: Final = RGBColor(0x00, 0x30, 0x87)
FONT: Final = "Arial"
NO_XML: Final = re.compile(
    "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # what no such file can hold


def print_word(document: Document, *, made_at: datetime.datetime, author: str) -> bytes:
    """A DOCX in British English. The same arguments say the same words."""
    paper = docx.Document()
    _dress(paper)
    _tell_about_itself(paper, document, made_at, author)
    paper.add_paragraph(_fit(document.kicker), style="Subtitle")
    paper.add_heading(_fit(document.title), level=1)
    paper.add_paragraph(_fit(document.standing))
    for section in document.sections:
        paper.add_heading(section.heading, level=section.level)
        for part in section.parts:
            _add(paper, part)
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


def _add(paper: Any, part: Part) -> None:
    match part:
        case Paragraph(words):
            paper.add_paragraph(_fit(words))
        case Lines(lines, start):
            for line in lines:  # numbers run on through the file, as they do through the groups of duties
                paper.add_paragraph(_fit(line), style="List Number" if start else "List Bullet")
        case Table():
            _add_table(paper, part)


def _add_table(paper: Any, part: Table) -> None:
    """With a caption above, a head that repeats on each page, and a first column that heads the rows."""
    caption = paper.add_paragraph(part.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = paper.add_table(rows=1, cols=len(part.head), style="Table Grid")
    _say_what_heads(table, part.caption)
    for cell, words in zip(table.rows[0].cells, part.head, strict=True):
        _write(cell, words, bold=True)
    _mark(table.rows[0], "w:tblHeader")
    for row in part.rows:
        added = table.add_row()
        _mark(added, "w:cantSplit")
        for number, words in enumerate(row):
            _write(added.cells[number], words, bold=number == 0)
    paper.add_paragraph("").paragraph_format.space_after = Pt(2)


def _write(cell: Any, words: str, *, bold: bool) -> None:
    cell.paragraphs[0].add_run(_fit(words)).bold = bold
    cell.paragraphs[0].paragraph_format.space_after = Pt(2)


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _say_what_heads(table: Any, caption: str) -> None:
    """First row and first column are headers; the caption is also the table's own description."""
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        properties.append(look)
    for name, value in (("firstRow", "1"), ("firstColumn", "1"), ("noHBand", "1"), ("noVBand", "1")):
        look.set(qn(f"w:{name}"), value)
    told = OxmlElement("w:tblCaption")
    told.set(qn("w:val"), caption)
    properties.append(told)


def _dress(paper: Any) -> None:
    sizes = {"Normal": 11, "Heading 1": 22, "Heading 2": 15, "Heading 3": 12, "Caption": 10, "Subtitle": 11}
    for name, size in sizes.items():
        style = paper.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        style.font.italic = False
        style.font.color.rgb = DEEP_BLUE if name.startswith("Heading") else INK
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(kind), None)
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    paper.styles["Normal"].paragraph_format.space_after = Pt(6)


def _tell_about_itself(paper: Any, document: Document, made_at: datetime.datetime, author: str) -> None:
    told = paper.core_properties
    told.title, told.author, told.language = _fit(document.title)[:255], _fit(author)[:255], "en-GB"
    told.subject, told.comments, told.keywords = _fit(document.standing)[:255], "", ""
    told.created = told.modified = made_at.astimezone(datetime.UTC).replace(tzinfo=None)
    told.last_modified_by = _fit(author)[:255]


def _fit(words: str) -> str:
    return NO_XML.sub("", words)
