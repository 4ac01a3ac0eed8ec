"""Looks at how a printed guide is laid out: what is drawn where, in which tag, and what keeps it from reading well."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont

from embedded.pdf import STATIC
from tests.pdf.checking import Element, element

EDGE = 14.0  # points: what comes nearer to the edge of the page may be cut off by a printer
Matrix = tuple[float, float, float, float, float, float]
STILL: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Piece:
    """Some words as they are drawn: page from 1, where they begin and end in points, and the mark they stand in."""

    page: int
    left: float
    right: float
    foot: float
    words: str
    codes: tuple[int, ...]
    mark: tuple[Any, int] | None


class Paper:
    """A printed file, its tags, and every piece of words on its pages."""

    def __init__(self, printed: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(printed))
        self.tree = element(self.pdf.Root.StructTreeRoot)
        self.pieces = [one for number, page in enumerate(self.pdf.pages, 1) for one in drawn(number, page)]
        self.numbers = {page.objgen: number for number, page in enumerate(self.pdf.pages, 1)}

    @cached_property
    def by_mark(self) -> dict[Any, list[Piece]]:
        found: dict[Any, list[Piece]] = defaultdict(list)
        for one in self.pieces:
            found[one.mark].append(one)
        return found

    def pages_of(self, one: Element) -> set[int]:
        return {self.numbers[page] for part in one.told() for page, _ in part.content}

    def words_of(self, one: Element) -> str:
        marks = sorted(
            {mark for part in one.told() for mark in part.content}, key=lambda mark: (mark[0], mark[1])
        )
        return "".join(piece.words for mark in marks for piece in self.by_mark.get(mark, ()))

    def words_on(self, page: int) -> str:
        return "".join(one.words for one in self.pieces if one.page == page)


def drawn(number: int, page: Any) -> Iterator[Piece]:
    """Follows the operators of a page, as far as they move and set words."""
    fonts = {str(name): Font(font) for name, font in page.Resources.get("/Font", {}).items()}
    here, kept, text, marks = STILL, [], STILL, []
    font, points = Font(None), 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                kept.append(here)
            case "Q":
                here = kept.pop()
            case "cm":
                here = times(matrix(operands), here)
            case "BT":
                text = STILL
            case "Tm":
                text = matrix(operands)
            case "Td":
                text = times((1, 0, 0, 1, float(operands[0]), float(operands[1])), text)
            case "Tf":
                font, points = fonts[str(operands[0])], float(operands[1])
            case "BDC" | "BMC":
                said = (
                    operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
                )
                marks.append((page.objgen, int(said["/MCID"])) if "/MCID" in said else None)
            case "EMC":
                marks.pop()
            case "Tj" | "TJ":
                parts = operands[0] if str(operator) == "TJ" else [operands[0]]
                codes, moved = set_out(parts)
                whole = times(text, here)
                advance = (sum(font.width(code) for code in codes) - moved) / 1000 * points
                right = whole[4] + advance * abs(whole[0])
                yield Piece(
                    number, whole[4], right, whole[5], font.read(codes), codes, marks[-1] if marks else None
                )
                text = times((1, 0, 0, 1, advance, 0), text)


def matrix(operands: Any) -> Matrix:
    one, two, three, four, five, six = (float(number) for number in operands)
    return one, two, three, four, five, six


def times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def set_out(parts: Any) -> tuple[tuple[int, ...], float]:
    """The codes of the letters, two bytes each, and by how much they are moved together."""
    codes: list[int] = []
    moved = 0.0
    for part in parts:
        if isinstance(part, pikepdf.String):
            raw = bytes(part)
            codes += [int.from_bytes(raw[place : place + 2]) for place in range(0, len(raw), 2)]
        else:
            moved += float(part)
    return tuple(codes), moved


class Font:
    """What the letters of a font are, and how wide."""

    def __init__(self, font: Any) -> None:
        self.letters: dict[int, str] = {}
        self.widths: dict[int, float] = {}
        if font is not None:
            self._letters(bytes(font.ToUnicode.read_bytes()).decode("latin-1"))
            self._widths(font.DescendantFonts[0].W)

    def _letters(self, said: str) -> None:
        for code, letter in re.findall(r"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>", said):
            self.letters[int(code, 16)] = bytes.fromhex(letter).decode("utf-16-be", "replace")

    def _widths(self, said: Any) -> None:
        items = list(said)
        while items:
            first, second = int(items.pop(0)), items.pop(0)
            if isinstance(second, pikepdf.Array):
                self.widths |= {first + place: float(width) for place, width in enumerate(second)}
            else:
                self.widths |= dict.fromkeys(range(first, int(second) + 1), float(items.pop(0)))

    def width(self, code: int) -> float:
        return self.widths.get(code, 0.0)

    def read(self, codes: tuple[int, ...]) -> str:
        return "".join(self.letters.get(code, "\ufffd") for code in codes)


def untidiness(printed: bytes) -> list[str]:
    """What is wrong with how it is laid out, in sentences; nothing where all is as it should be."""
    paper = Paper(printed)
    return [
        *_letters(paper),
        *_edges(paper),
        *_headings(paper),
        *_tables(paper),
        *_contents(paper),
        *_links(paper),
    ]


@cache
def known_letters() -> frozenset[int]:
    """Those that our fonts have; any other is drawn as an empty box."""
    fonts = (STATIC / "built" / "fonts").glob("arimo-*.ttf")
    return frozenset(code for path in fonts for code in TTFont(path).getBestCmap())


def _letters(paper: Paper) -> Iterator[str]:
    for one in paper.pieces:
        if 0 in one.codes or any(ord(letter) not in known_letters() for letter in one.words):
            yield f"Page {one.page} has letters that the font does not know: {one.words!r}"


def _edges(paper: Paper) -> Iterator[str]:
    for one in paper.pieces:
        left, foot, right, top = (float(number) for number in paper.pdf.pages[one.page - 1].MediaBox)
        if one.left < left + EDGE or one.right > right - EDGE or not foot + EDGE < one.foot < top - EDGE:
            yield f"Page {one.page} has words at its edge or outside: {one.words!r}"


def _headings(paper: Paper) -> Iterator[str]:
    """A heading has at least the beginning of what follows beneath it, on the same page."""
    told = [
        one for one in paper.tree.told() if re.fullmatch(r"H\d|P|L|Table|Caption|LI|TR|Figure|Div", one.kind)
    ]
    filled = [one for one in told if paper.pages_of(one)]
    for one, following in pairwise(filled):
        if re.fullmatch(r"H[23]", one.kind) and max(paper.pages_of(one)) != min(paper.pages_of(following)):
            yield f"The heading {paper.words_of(one)!r} stands alone at the foot of page {max(paper.pages_of(one))}"


def _tables(paper: Paper) -> Iterator[str]:
    """No row goes over the end of a page, and whatever goes on has its head again."""
    for number, table in enumerate(paper.tree.all_of("Table"), 1):
        for row in table.all_of("TR"):
            if len(paper.pages_of(row)) > 1:
                yield f"A row of table {number} goes over the end of page {min(paper.pages_of(row))}"
        first = table.all_of("TR")[0]  # what goes on over the page is told as a table of its own
        if any(paper.words_of(cell) for cell in first.all_of("TD")):
            yield f"Table {number} begins or goes on without its head on page {min(paper.pages_of(first))}"


def _contents(paper: Paper) -> Iterator[str]:
    """The number at the end of each line of the list of contents is the page that the line leads to."""
    told = list(paper.tree.told())
    start = next(
        (n for n, one in enumerate(told) if one.kind == "H2" and paper.words_of(one) == "Contents"), None
    )
    if start is None:
        return
    following = next((n for n in range(start, len(told)) if told[n].kind in ("P", "Table")), len(told))
    for link in (one for one in told[start:following] if one.kind == "Link"):
        said = re.search(r"\d+$", paper.words_of(link))
        leads = {page for held in link.holds if (page := _destination(paper, held))}
        if not said or leads != {int(said[0])}:
            yield f"The line {paper.words_of(link)!r} of the contents leads to page {leads}"


def _links(paper: Paper) -> Iterator[str]:
    """Each note number leads to its source, and so does every other link within the paper to something."""
    for link in paper.tree.all_of("Link"):
        if not link.holds:
            yield f"The link {paper.words_of(link)!r} leads nowhere"
        for held in link.holds:
            about = paper.pdf.get_object(held)
            if "/Dest" in about and not _destination(paper, held):
                yield f"The link {paper.words_of(link)!r} leads nowhere"


def _destination(paper: Paper, annotation: Any) -> int | None:
    """The page that an annotation leads to, from 1; None for a link to the outside or to nothing."""
    name = str(paper.pdf.get_object(annotation).get("/Dest", ""))
    places = pikepdf.NameTree(paper.pdf.Root.Names.Dests) if "/Names" in paper.pdf.Root else {}
    return paper.numbers[places[name][0].objgen] if name in places else None
