"""Reads a Word file back: what it says in order, its headings, lists, links and tables."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph


def read(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def text_of(element: Any) -> str:
    """Every word in an element, in order, those of links and ticks too."""
    signs = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    return "".join(signs.get(one.tag, one.text or "") for one in element.iter(qn("w:t"), *signs))


def paragraphs(paper: Any) -> Iterator[Paragraph]:
    """All of them in the order of the file, those in tables too."""
    for element in paper.element.body.iter(qn("w:p")):
        yield Paragraph(element, paper._body)


def texts(paper: Any) -> list[str]:
    """What each paragraph says, in the order of the file; empty ones are left out."""
    return [text for one in paragraphs(paper) if (text := text_of(one._p))]


def headings(paper: Any) -> list[tuple[int, str]]:
    """Level and words of each."""
    return [
        (int(str(one.style.name)[-1]), text_of(one._p))
        for one in paragraphs(paper)
        if one.style is not None and str(one.style.name).startswith("Heading ")
    ]


def links(paper: Any) -> list[tuple[str, str]]:
    """Words and address of each; a place in the file begins with "#"."""
    found = []
    for link in paper.element.body.iter(qn("w:hyperlink")):
        target = link.get(qn("r:id"))
        to = paper.part.rels[target].target_ref if target else "#" + link.get(qn("w:anchor"))
        found.append((text_of(link), to))
    return found


def places(paper: Any) -> list[str]:
    """The names that links within the file may lead to."""
    return [str(one.get(qn("w:name"))) for one in paper.element.body.iter(qn("w:bookmarkStart"))]


def tables(paper: Any) -> list[Table]:
    """All tables, those within cells too."""
    return [Table(element, paper._body) for element in paper.element.body.iter(qn("w:tbl"))]


def is_head(row: Any) -> bool:
    """Whether it is marked as a head, which Word repeats on each page."""
    return row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
