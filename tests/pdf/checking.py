"""Walks a PDF with pikepdf and tells what keeps it from being read aloud as it is meant (P33, V-95)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pikepdf

UA = "{http://www.aiim.org/pdfua/ns/id/}part"
LONG = 4  # pages, from which on bookmarks are looked for
DRAWS = {"Tj", "TJ", "'", '"', "Do", "sh", "S", "s", "f", "F", "f*", "B", "B*", "b", "b*"}
PARTS_OF = {"L": {"LI", "Caption", "L"}, "LI": {"Lbl", "LBody"}, "TR": {"TH", "TD"}}
PARTS_OF |= {"Table": {"THead", "TBody", "TFoot", "TR", "Caption"}}
PARTS_OF |= {part: {"TR"} for part in ("THead", "TBody", "TFoot")}


@dataclass(frozen=True)
class Element:
    """One tag: what it is, the tags in it, the (page, number) of the content it holds, the annotations it holds."""

    kind: str
    of: Any
    within: tuple[Element, ...]
    content: frozenset[tuple[Any, int]]
    holds: frozenset[Any]

    def told(self) -> Iterator[Element]:
        """It and all below it, as a screen reader comes to them."""
        yield self
        for one in self.within:
            yield from one.told()

    def all_of(self, *kinds: str) -> list[Element]:
        return [one for one in self.told() if one.kind in kinds]

    @property
    def about(self) -> Any:
        return self.of.get("/A", pikepdf.Dictionary())


def faults(printed: bytes) -> list[str]:
    """What is wrong with it, in sentences; nothing where all is as it should be."""
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        if "/StructTreeRoot" not in pdf.Root:
            return ["It is not tagged"]
        tree = element(pdf.Root.StructTreeRoot)
        told = (*_headings(tree), *_tables(tree), *_parts(tree), *_figures(tree))
        return [*_itself(pdf), *told, *_links(pdf, tree), *_lost(pdf, tree)]


def element(of: Any) -> Element:
    within: list[Element] = []
    content: set[tuple[Any, int]] = set()
    holds: set[Any] = set()
    kids = of.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):
            content.add((of.Pg.objgen, int(kid)))
        elif kid.get("/Type") == "/OBJR":
            holds.add(kid.Obj.objgen)
        else:
            within.append(element(kid))
    return Element(str(of.get("/S", "/Root"))[1:], of, tuple(within), frozenset(content), frozenset(holds))


def _itself(pdf: pikepdf.Pdf) -> Iterator[str]:
    root, title = pdf.Root, str(pdf.docinfo.get("/Title", ""))
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "It does not say that it is tagged"
    if str(root.get("/Lang", "")) != "en-GB":
        yield "It does not say that it is in English"
    if not title:
        yield "It has no title"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "Its title is not shown by the window"
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as said:
        if str(said.get("dc:title", "")) != title:
            yield "Its two titles differ"
        if said.get(UA) != "1":
            yield "It does not say that it keeps PDF/UA"
    if len(pdf.pages) >= LONG and "/First" not in root.get("/Outlines", {}):
        yield f"It has {len(pdf.pages)} pages and no bookmarks"
    for font in (one for one in pdf.objects if _is_font(one)):
        if not any(f"/FontFile{kind}" in font for kind in ("", "2", "3")):
            yield f"The font {font.FontName} is not in it"


def _is_font(one: Any) -> bool:
    return isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"


def _headings(tree: Element) -> Iterator[str]:
    levels = [int(one.kind[1]) for one in tree.told() if re.fullmatch(r"H\d", one.kind)]
    if levels.count(1) != 1:
        yield f"It has {levels.count(1)} main headings"
    if any(after > before + 1 for before, after in pairwise([0, *levels])):
        yield f"Its headings skip a level: {levels}"


def _tables(tree: Element) -> Iterator[str]:
    """Each has header cells that say what they head; each other cell names some of them; its rows are as long."""
    for number, table in enumerate(tree.all_of("Table"), 1):
        heads = table.all_of("TH")
        named = {str(one.of.ID) for one in heads if "/ID" in one.of}
        if not heads:
            yield f"Table {number} has no header cells"
        if any(str(one.about.get("/Scope")) not in ("/Column", "/Row") for one in heads):
            yield f"Table {number} has header cells that do not say whether they head a column or a row"
        for cell in table.all_of("TD"):
            names = {str(name) for name in cell.about.get("/Headers", [])}
            if not names or not names <= named:
                yield f"Table {number} has a cell that does not name the header cells it belongs to"
        widths = {sum(int(one.about.get("/ColSpan", 1)) for one in row.within) for row in table.all_of("TR")}
        if len(widths) > 1 and not any("/RowSpan" in one.about for one in table.all_of("TH", "TD")):
            yield f"Table {number} has rows of different lengths: {sorted(widths)}"


def _parts(tree: Element) -> Iterator[str]:
    """Lists hold their items and tables their rows, with nothing else between."""
    for one in tree.told():
        for part in one.within if one.kind in PARTS_OF else ():
            if part.kind not in PARTS_OF[one.kind]:
                yield f"A {one.kind} holds a {part.kind}"


def _figures(tree: Element) -> Iterator[str]:
    for one in tree.all_of("Figure"):
        if not str(one.of.get("/Alt", "")).strip():
            yield "A drawing has no words in its place"


def _links(pdf: pikepdf.Pdf, tree: Element) -> Iterator[str]:
    """Each link on a page stands in a tag of its own, which it leads back to, and says where it goes."""
    owners = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    tagged = {held for one in tree.all_of("Link") for held in one.holds}
    for page in pdf.pages:
        for link in page.get("/Annots", []):
            if link.objgen not in tagged or str(owners[int(link.StructParent)].S) != "/Link":
                yield "A link is not tagged"
            if not str(link.get("/Contents", "")).strip():
                yield "A link does not say where it goes"
        if "/Annots" in page and str(page.get("/Tabs")) != "/S":
            yield "The tab key does not follow the tags"
    for one in tree.all_of("Link"):
        if not one.holds or not any(part.content for part in one.told()):
            yield "A link has no words, or leads nowhere"
        if len(one.all_of("Link")) > 1:
            yield "A link stands in a link"


def _lost(pdf: pikepdf.Pdf, tree: Element) -> Iterator[str]:
    """Whatever is drawn stands in a tag or is an artefact of the page, and what a tag holds is on the page."""
    held = {place for one in tree.told() for place in one.content}
    marked: set[Any] = set()
    for number, page in enumerate(pdf.pages, 1):
        for operator, marks in _marked(page):
            marked |= marks
            if operator in DRAWS and not marks & held and "artefact" not in marks:
                yield f"On page {number} something is drawn that no tag holds"
    if held - marked:
        yield "A tag holds what is not on the page"


def _marked(page: Any) -> Iterator[tuple[str, set[Any]]]:
    """Each operator of a page with the marks that it stands in: (page, number), or that it is an artefact."""
    marks: list[Any] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) in ("BDC", "BMC"):
            marks.append(_mark(page, operands))
        elif str(operator) == "EMC":
            marks.pop()
        yield str(operator), set(marks)


def _mark(page: Any, operands: Any) -> Any:
    if str(operands[0]) == "/Artifact":
        return "artefact"
    said = operands[1] if len(operands) > 1 else {}
    return (page.objgen, int(said["/MCID"])) if "/MCID" in said else (page.objgen, None)
