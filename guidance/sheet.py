"""An edition as a spreadsheet: each of its tables a sheet with working formulas, and what the text says beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode as Node

from embedded import word
from embedded.nhsuk.words import day
from embedded.tables.filling import About, Line, Page, sheet_names
from guidance.formulas import NotAFormula, Total, Typed, called, worked_out
from guidance.linking import address_of
from guidance.medium import WORD
from guidance.models import Edition
from guidance.paper import author, edition_line
from guidance.present import review_line
from guidance.reading import loose_links
from guidance.typeset import Source, parsed
from guidance.word import about_lines, text_blocks, words_of

FIRST: Final = "Read this first"
LAST: Final = "Sources"
HOW: Final = (
    "Type in the yellow cells. The grey cells are worked out for you.",
    "The sheets are protected without a password, so that no formula is typed over by accident. To add or change a "
    "line, choose Review, then Unprotect Sheet.",
)


@dataclass
class _Part:
    """A section of the text: what stands before each of its tables, and after the last."""

    heading: str
    lines: list[Line] = field(default_factory=list)
    tables: list[tuple[list[Line], Node]] = field(default_factory=list)


def sheet_pages(edition: Edition) -> list[Page]:
    """The sheets in their order. Raises NotAFormula."""
    loose = loose_links(edition.body)
    tokens, sources = parsed(edition.body, edition.notes, WORD, False, loose)
    parts = _parts(tokens)
    tables = [(part, before, node) for part in parts for before, node in part.tables]
    names = sheet_names([FIRST, *(_title(part, node) for part, _, node in tables), LAST])
    pages = [_first_page(names[0], edition, parts)]
    totals: dict[str, Total] = {}
    for name, (part, before, node) in zip(names[1:-1], tables, strict=True):
        is_last = node is part.tables[-1][1]
        pages.append(
            _table_page(name, _title(part, node), before, node, part.lines if is_last else [], totals)
        )
    return [*pages, *([_last_page(names[-1], sources)] if sources else [])]


def sheet_about(edition: Edition) -> About:
    """What the file says about itself."""
    title, line = edition.title, edition_line(edition)
    return About(title, author(edition), edition.summary, edition.published_on, line)


def check_formulas(body: str) -> None:
    """Raises NotAFormula for the first formula of a text that cannot be worked out."""
    totals: dict[str, Total] = {}
    for part in _parts(parsed(body, {}, WORD, False)[0]):
        for _, node in part.tables:
            _table_page("Sheet", _title(part, node), [], node, [], totals)


def _parts(tokens: Sequence[Token]) -> list[_Part]:
    parts = [_Part("")]
    for node in Node(tokens).children:
        if node.type == "heading" and node.tag == "h2":
            parts.append(_Part(_said(words_of(node))))
        elif node.type == "table":
            parts[-1].tables.append((parts[-1].lines, node))
            parts[-1].lines = []
        else:
            parts[-1].lines += _lines(text_blocks([node]))
    return parts


def _title(part: _Part, table: Node) -> str:
    caption = next((_said(words_of(one)) for one in table.children if one.type == "caption"), "")
    return caption or part.heading or "Table"


def _first_page(name: str, edition: Edition, parts: Sequence[_Part]) -> Page:
    """What the document is, and every section that has no table."""
    newer = f"Check for a newer version at {address_of(f'guide:{edition.document.slug}', settings.BASE_URL)}"
    lines = [
        Line(edition.summary),
        Line(f"Version {edition.version} · {day(edition.published_on)}"),
        Line(review_line(edition)),
        Line(newer),
        *map(Line, HOW),
    ]
    for part in parts:
        if not part.tables:
            lines += [*([Line(part.heading, heading=True)] if part.heading else []), *part.lines]
    lines += [Line("About this document", heading=True), *map(Line, about_lines(edition))]
    return Page(name, edition.title, lines)


def _table_page(
    name: str, title: str, before: list[Line], node: Node, after: list[Line], totals: dict[str, Total]
) -> Page:
    """Adds the table's last sum to `totals` under its title."""
    head, *rows = [
        [_typed(cell) for cell in row.children]
        for part in node.children
        if part.type in ("thead", "tbody")
        for row in part.children
    ]
    page = Page(name, title, before, [cell.words for cell in head], (), after)
    cells, total = worked_out(page.head, rows, page.first_row, name, totals)
    if total:
        totals[called(title)] = total
    return Page(name, title, before, page.head, cells, after)


def _typed(cell: Node) -> Typed:
    """A formula stands alone in its cell; beside words it would be lost."""
    inline = [child for line in cell.children for child in line.children]
    formulas = [child for child in inline if child.type == "formula"]
    words = _said(words_of(cell))
    if not formulas:
        return Typed(words=words)
    line = next((one.map[0] + 1 for one in cell.children if one.map), 0)
    if len(inline) > 1:
        raise NotAFormula(f"“{words}”: a formula stands alone in its cell", line)
    return Typed(formula=formulas[0].meta["formula"], line=line)


def _last_page(name: str, sources: Sequence[Source]) -> Page:
    lines = [Line(" ".join(filter(None, (f"{one.number}.", one.text, one.url)))) for one in sources]
    return Page(name, LAST, lines)


def _said(words: word.Words) -> str:
    """Words without their looks: a source number in square brackets, a mark in round ones."""
    if isinstance(words, str):
        return words
    return "".join(
        f" [{run.words.removeprefix(', ')}]" if run.raised else f"({run.words})" if run.mark else run.words
        for run in words
    ).strip()


def _lines(blocks: Sequence[word.Block]) -> Iterator[Line]:
    """Blocks as lines, one below another."""
    for block in blocks:
        match block:
            case word.Heading(words):
                yield Line(_said(words), heading=True)
            case word.Paragraph(words):
                yield from map(Line, _said(words).split("\n"))
            case word.List(items, start):
                for number, item in enumerate(items, start):
                    yield from _item(item, f"{number}." if start else "•")
            case word.Box(heading, _, inside):
                yield from [Line(_said(heading), heading=True)] if heading else []
                yield from _lines(inside)
            case word.Write(label, _, hints):
                yield Line(label, heading=True)
                yield from _lines(hints)
            case word.Cards(cards):
                yield from _lines(cards)
            case word.Table(rows, head):
                yield from (Line(" · ".join(map(_said, row))) for row in (head, *rows))


def _item(item: word.Item | str, sign: str) -> Iterator[Line]:
    inside = word.Item(item) if isinstance(item, str) else item
    yield Line(f"{'☐' if inside.tick else sign} {_said(inside.words)}")
    yield from _lines(inside.more)
