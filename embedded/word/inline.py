"""Puts runs of words into a paragraph: their look, links out and within the file, places that links lead to, ticks."""

from __future__ import annotations

from typing import Any, Final

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.run import Run as WordRun

from embedded.word.blocks import Run, Words, plain, runs

LONGEST_NAME: Final = 40  # letters of a bookmark
TICK: Final = (
    f'<w:sdt {nsdecls("w")} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr>'
    '<w:alias w:val="Tick"/><w14:checkbox><w14:checked w14:val="0"/>'
    '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
    '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:rPr>'
    '<w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic" w:hint="eastAsia"/></w:rPr>'
    "<w:t>\u2610</w:t></w:r></w:sdtContent></w:sdt>"
)


def say(paragraph: Any, words: Words, *, bold: bool = False) -> None:
    """Adds the words to a paragraph; `bold` makes all of them so."""
    for run in runs(words):
        if run.anchor:
            mark_place(paragraph, run.anchor)
        holder = _link(paragraph, run.link) if run.link else paragraph._p
        _add(paragraph, holder, run, bold)


def mark_place(paragraph: Any, anchor: str) -> None:
    """What follows in the paragraph is where links to the anchor lead."""
    name = _bookmark(anchor)
    places = paragraph.part.element.iter(qn("w:bookmarkStart"))
    number = str(sum(1 for _ in places))
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        place = OxmlElement(tag)
        place.set(qn("w:id"), number)
        if tag == "w:bookmarkStart":
            place.set(qn("w:name"), name)
        paragraph._p.append(place)


def add_tick(paragraph: Any) -> None:
    """A box that is ticked by a press in Word, and reads as ☐ everywhere else."""
    paragraph._p.append(parse_xml(TICK))
    paragraph.add_run(" ")


def _add(paragraph: Any, holder: Any, run: Run, bold: bool) -> None:
    element = OxmlElement("w:r")
    holder.append(element)
    written = WordRun(element, paragraph)
    if run.link or run.mark:
        element.style = "Hyperlink" if run.link else "Mark"
    written.bold, written.italic = (run.bold or bold) or None, run.italic or None
    written.font.superscript = run.raised or None
    written.text = plain(run.words)


def _link(paragraph: Any, address: str) -> Any:
    link = OxmlElement("w:hyperlink")
    if address.startswith("#"):
        link.set(qn("w:anchor"), _bookmark(address[1:]))
    else:
        link.set(
            qn("r:id"),
            paragraph.part.relate_to(plain(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
        )
    paragraph._p.append(link)
    return link


def _bookmark(anchor: str) -> str:
    """An anchor as Word can name a place: letters, digits and low lines, beginning with a letter."""
    name = "".join(sign if sign.isalnum() else "_" for sign in anchor)
    return f"a_{name}"[:LONGEST_NAME]
