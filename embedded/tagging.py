"""Finishes the tags of a printed PDF: what header cells head, terms in lists, links, what stands at the edge."""

from __future__ import annotations

from typing import Any


def finish_tags(_document: Any, pdf: Any) -> None:
    """Given to the printer as its finisher. The printer ties cells to their header cells without saying whether one
    heads a column or a row, puts a term and its text into a list as two items within a part, makes a link of each part
    of a link too, and leaves running titles and page numbers as content that no tag holds."""
    root = _of(pdf, pdf.catalog["StructTreeRoot"])
    _scope_header_cells(pdf)
    _pair_terms(pdf)
    _make_one_link_of_each(pdf, root)
    _set_edges_apart(pdf, root)


def _scope_header_cells(pdf: Any) -> None:
    """Those of the head of a table head columns, all others rows, as our papers are written."""
    for cell in pdf.objects:
        if isinstance(cell, dict) and cell.get("S") == "/TH":
            part = _of(pdf, _of(pdf, cell["P"])["P"])
            cell["A"]["Scope"] = "/Column" if part["S"] == "/THead" else "/Row"


def _pair_terms(pdf: Any) -> None:
    """A term with its text is one item of a list: `<dl><div><dt>…</dt><dd>…</dd></div></dl>`. Where a page ends
    between them, the text alone goes on as an item."""
    parts: list[Any] = [one for one in pdf.objects if isinstance(one, dict) and one.get("S") == "/Div"]
    for item in [one for one in parts if _of(pdf, one["P"]).get("S") == "/L"]:
        halves = [_of(pdf, kid) for kid in item["K"]]
        if not all(half.get("S") == "/LI" and _is_element(pdf, half["K"][0]) for half in halves):
            continue
        item["S"], item["K"][:] = "/LI", [half["K"][0] for half in halves]
        for kid, is_text in zip(item["K"], (len(halves) == 1, True), strict=False):
            _of(pdf, kid).update({"S": "/LBody" if is_text else "/Lbl", "P": item.reference})


def _make_one_link_of_each(pdf: Any, root: Any) -> None:
    """The parts of a link are its words, not links of their own: who walks by the tab key stops at it once."""
    taken: set[bytes] = set()
    waiting = [(root, False)]
    while waiting:
        one, is_part = waiting.pop()
        if is_part:
            held = [
                kid for kid in one["K"] if isinstance(kid, bytes) and _of(pdf, kid).get("Type") == "/OBJR"
            ]
            taken |= {_of(pdf, kid)["Obj"] for kid in held}
            one["K"][:] = [kid for kid in one["K"] if kid not in held]
            one["S"] = "/Span" if one["S"] == "/Link" else one["S"]
        in_link = is_part or one.get("S") == "/Link"
        waiting += [(_of(pdf, kid), in_link) for kid in one["K"] if _is_element(pdf, kid)]
    for page in (_of(pdf, reference) for reference in pdf.page_references):
        if "Annots" in page:
            page["Annots"][:] = [kept for kept in page["Annots"] if kept not in taken]
    _forget(_of(pdf, root["ParentTree"])["Nums"], {_of(pdf, link)["StructParent"] for link in taken})


def _forget(numbers: Any, keys: set[int]) -> None:
    """Takes the pairs of those keys out of a number tree."""
    pairs = zip(numbers[::2], numbers[1::2], strict=True)
    numbers[:] = [part for key, value in pairs if key not in keys for part in (key, value)]


def _set_edges_apart(pdf: Any, root: Any) -> None:
    """Marks as an artefact of the page whatever the tree of tags does not reach."""
    reached, numbers = _reached(pdf, root), _of(pdf, root["ParentTree"])["Nums"]
    for page, owners in zip(pdf.page_references, numbers[1::2], strict=False):
        lost = {place for place, owner in enumerate(owners) if owner not in reached}
        written = _of(pdf, _of(pdf, page)["Contents"]).stream
        for place, item in enumerate(written):
            if isinstance(item, dict) and item.get("MCID") in lost:
                owners[item["MCID"]] = b"null"
                written[place - 1 : place + 1] = [b"/Artifact", type(item)({"Type": "/Pagination"})]


def _reached(pdf: Any, root: Any) -> set[bytes]:
    """The references of all elements below the root."""
    found: set[bytes] = set()
    waiting = [root]
    while waiting:
        for kid in waiting.pop()["K"]:
            if _is_element(pdf, kid):
                found.add(kid)
                waiting.append(_of(pdf, kid))
    return found


def _is_element(pdf: Any, kid: Any) -> bool:
    return isinstance(kid, bytes) and "S" in _of(pdf, kid)


def _of(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
