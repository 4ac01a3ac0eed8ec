"""Sets tables: a head that is marked and repeated, rows that do not break, places to write, cards to cut out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from docx.enum.table import WD_ROW_HEIGHT_RULE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from embedded.word.blocks import Table, Words, plain, runs
from embedded.word.inline import say
from embedded.word.paper import style_id

TO_WRITE_IN: Final = Cm(1)  # how high a row with an empty cell is at least
LINE: Final = 0.8  # cm that a line of handwriting takes
HEAD_GROUND: Final = "E8EDEE"
NARROWEST, WIDEST = 8, 48  # letters by which a column's share of the width is told


def add_table(paper: Any, place: Any, table: Table) -> None:
    """`place` is the document or a cell of it."""
    rows = [*([table.head] if table.head else []), *table.rows]
    if not rows:
        return
    made = _grid(place, len(rows[0]), len(rows))
    _say_what_heads(made, table)
    _share_out(paper, made, rows)
    for number, (row, words) in enumerate(zip(made.rows, rows, strict=True)):
        heads = bool(table.head) and number == 0
        _fill(row, words, table, heads=heads)
        if heads:
            mark_row(row, "w:tblHeader")
    place.add_paragraph().paragraph_format.space_after = Pt(2)


def add_place_to_write(place: Any, label: str, lines: int) -> None:
    """An empty frame of so many lines; it grows with what is typed."""
    made = _grid(place, 1, 1)
    _describe(made, label)
    mark_row(made.rows[0], "w:cantSplit")
    made.rows[0].height, made.rows[0].height_rule = Cm(LINE * lines), WD_ROW_HEIGHT_RULE.AT_LEAST
    place.add_paragraph().paragraph_format.space_after = Pt(2)


def card_cells(place: Any, count: int) -> list[Any]:
    """A cell for each card, two in a row; whoever fills them adds a paragraph behind the table."""
    made = _grid(place, 2, (count + 1) // 2)
    _describe(made, "Cards to cut out")
    for row in made.rows:
        mark_row(row, "w:cantSplit")
        row.height, row.height_rule = Cm(5), WD_ROW_HEIGHT_RULE.AT_LEAST
    return [cell for row in made.rows for cell in row.cells][:count]


def mark_row(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))


def _grid(place: Any, columns: int, rows: int) -> Any:
    made = place.add_table(rows=rows, cols=columns)
    made._tbl.tblStyle_val = style_id("Table Grid")
    return made


def _fill(row: Any, words: Sequence[Words], table: Table, *, heads: bool) -> None:
    if not heads:
        mark_row(row, "w:cantSplit")
    for number, (cell, text) in enumerate(zip(row.cells, words, strict=True)):
        [paragraph] = cell.paragraphs
        say(paragraph, text, bold=heads or (number == 0 and table.row_heads))
        paragraph.paragraph_format.space_after = Pt(2)
        if number in table.right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if heads:
            _colour(cell)
    if not heads and not all(map(_letters, words)):
        row.height, row.height_rule = TO_WRITE_IN, WD_ROW_HEIGHT_RULE.AT_LEAST


def _share_out(paper: Any, made: Any, rows: Sequence[Sequence[Words]]) -> None:
    """Columns as wide as their words ask for, within reason; Word takes it for a wish."""
    weights = [
        min(max(max(_letters(row[number]) for row in rows), NARROWEST), WIDEST)
        for number in range(len(rows[0]))
    ]
    section = paper.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for column, weight in zip(made.columns, weights, strict=True):
        column.width = width = int(room * weight / sum(weights))
        for cell in column.cells:
            cell.width = width


def _letters(words: Words) -> int:
    return sum(len(run.words.strip()) for run in runs(words))


def _colour(cell: Any) -> None:
    ground = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", HEAD_GROUND)):
        ground.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(ground)


def _say_what_heads(made: Any, table: Table) -> None:
    """First row and first column are headers; the caption is also the table's own name."""
    properties = made._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    if look is None:
        look = OxmlElement("w:tblLook")
        properties.append(look)
    heads = {"firstRow": bool(table.head), "firstColumn": table.row_heads, "noHBand": True, "noVBand": True}
    for name, value in heads.items():
        look.set(qn(f"w:{name}"), str(int(value)))
    if table.caption:
        _name(properties, "w:tblCaption", table.caption)


def _describe(made: Any, words: str) -> None:
    _name(made._tbl.tblPr, "w:tblDescription", words)


def _name(properties: Any, tag: str, words: str) -> None:
    told = OxmlElement(tag)
    told.set(qn("w:val"), plain(words))
    properties.append(told)
