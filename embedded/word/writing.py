"""Writes blocks into a Word file with real heading styles, lists that count anew, and boxes on a coloured ground."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from embedded.word.blocks import (
    Block,
    Box,
    Cards,
    Heading,
    Item,
    List,
    NewPage,
    Paragraph,
    Table,
    Write,
)
from embedded.word.inline import add_tick, mark_place, say
from embedded.word.paper import About, bytes_of, empty_sheet, style_id
from embedded.word.tables import add_place_to_write, add_table, card_cells

GROUND: Final = "F0F4F5"
BAR: Final = "005EB8"
DEEPEST: Final = 3  # lists within lists that have a style
DEEPEST_HEADING: Final = 6


def written(blocks: Sequence[Block], about: About) -> bytes:
    """The .docx file. The same blocks and the same About make the same bytes."""
    paper = empty_sheet(about)
    _Writer(paper, paper).write(blocks)
    return bytes_of(paper, about)


class _Writer:
    """Writes at one place: the document, or a cell of it. `boxed` is whether what is written stands in a box."""

    def __init__(self, paper: Any, place: Any) -> None:
        self.paper, self.place = paper, place
        self.boxed = self.breaks = False

    def write(self, blocks: Sequence[Block], depth: int = 1) -> None:
        for block in blocks:
            match block:
                case Heading():
                    self._heading(block)
                case Paragraph(words, style):
                    say(self._paragraph(style), words)
                case List():
                    self._list(block, depth)
                case Table():
                    self._table(block)
                case Box():
                    self._box(block)
                case Write():
                    self._place_to_write(block)
                case Cards(cards):
                    self._cards(cards)
                case NewPage():
                    self.breaks = True

    def _paragraph(self, style: str) -> Any:
        made = self.place.add_paragraph()
        made._p.style = style_id(style)
        if self.breaks:
            made.paragraph_format.page_break_before, self.breaks = True, False
        if self.boxed:
            _put_on_ground(made)
        return made

    def _heading(self, heading: Heading) -> None:
        made = self._paragraph(f"Heading {min(heading.level, DEEPEST_HEADING)}")
        if heading.anchor:
            mark_place(made, heading.anchor)
        say(made, heading.words)

    def _list(self, block: List, depth: int) -> None:
        kind = "List Number" if block.start else "List Bullet"
        counted = self._count_from(_set_in(kind, depth), block.start) if block.start else None
        for one in block.items:
            item = one if isinstance(one, Item) else Item(one)
            made = self._paragraph(_set_in("List" if item.tick else kind, depth))
            if item.tick:
                add_tick(made)
            elif counted is not None:
                made._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = counted
            say(made, item.words)
            self.write(item.more, depth + 1)

    def _count_from(self, style: str, start: int) -> int:
        """The number of a fresh count, so that a list does not run on from the one before."""
        kept = self.paper.styles[style].element.pPr.numPr.numId.val
        numbering = self.paper.part.numbering_part.element
        fresh = numbering.add_num(numbering.num_having_numId(kept).abstractNumId.val)
        fresh.add_lvlOverride(ilvl=0).add_startOverride(start)
        number: int = fresh.numId
        return number

    def _table(self, table: Table) -> None:
        if table.caption and table.named:
            say(self._paragraph("Caption"), table.caption)
        self._keep_break()
        add_table(self.paper, self.place, table)

    def _box(self, box: Box) -> None:
        before, self.boxed = self.boxed, True
        if box.heading:
            self._heading(Heading(box.heading, box.level))
        self.write(box.blocks)
        self.boxed = before
        self.place.add_paragraph().paragraph_format.space_after = Pt(2)

    def _place_to_write(self, block: Write) -> None:
        made = self._paragraph("Normal")
        made.paragraph_format.keep_with_next = True
        say(made, block.label, bold=True)
        self.write(block.hints)
        add_place_to_write(self.place, block.label, block.lines)

    def _cards(self, cards: Sequence[Box]) -> None:
        self._keep_break()
        for card, cell in zip(cards, card_cells(self.place, len(cards)), strict=True):
            first = cell.paragraphs[0]
            first._p.style = style_id(f"Heading {card.level}")
            say(first, card.heading)
            _Writer(self.paper, cell).write(card.blocks)
        self.place.add_paragraph()

    def _keep_break(self) -> None:
        """A table begins no page of its own: an empty paragraph before it does."""
        if self.breaks:
            self._paragraph("Normal")


def _set_in(style: str, depth: int) -> str:
    """The style of a list within lists."""
    return style if depth == 1 else f"{style} {min(depth, DEEPEST)}"


def _put_on_ground(paragraph: Any) -> None:
    """A coloured ground with a bar at its left. No space between, which Word would leave white."""
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing, shape.keep_together = 1.25, True
    properties = paragraph._p.get_or_add_pPr()
    border, bar = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in (("val", "single"), ("sz", "36"), ("space", "8"), ("color", BAR)):
        bar.set(qn(f"w:{name}"), value)
    border.append(bar)
    ground = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", GROUND)):
        ground.set(qn(f"w:{name}"), value)
    properties.insert_element_before(border, *_AFTER_BORDER)
    properties.insert_element_before(ground, *_AFTER_BORDER[1:])


# The order in which Word wants the properties of a paragraph (ECMA-376, 17.3.1.26)
_AFTER_BORDER: Final = tuple(
    f"w:{name}"
    for name in (
        "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
        "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
        "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ).split()
)
