"""A small paper to print, and a way to read a PDF's tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from typing import Any

from pypdf import PdfReader

PAPER = """<!doctype html><html lang="en-GB"><head><title>From the page</title>{head}</head><body>
<h1>Care plan</h1><p>Some words, with ŵ and ŷ.</p>
<table><caption>Two rows</caption><thead><tr><th scope="col">Help</th><th scope="col">Time</th></tr></thead>
<tbody><tr><th scope="row">Analyst</th><td>Days</td></tr></tbody></table>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10" width="40" height="40" role="img">
<title>One bar</title><rect width="10" height="5" fill="#005eb8"/><text x="1" y="9" font-size="2">Five</text></svg>
{body}</body></html>"""


def paper(body: str = "", head: str = "") -> str:
    return PAPER.format(body=body, head=head)


def read(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content))


def elements(pdf: PdfReader) -> Iterator[dict[str, Any]]:
    """Every element of the structure tree."""
    waiting = [pdf.trailer["/Root"]["/StructTreeRoot"]["/K"]]
    while waiting:
        one = waiting.pop().get_object()
        if isinstance(one, list):
            waiting += list(one)
        elif isinstance(one, dict):
            if "/S" in one:
                yield one
            if "/K" in one:
                waiting.append(one["/K"])


def tags(pdf: PdfReader) -> list[str]:
    return [str(one["/S"]) for one in elements(pdf)]


def everything_in(pdf: PdfReader) -> bytes:
    """All streams unpacked and all texts, to look for what must not be there."""
    parts = []
    for number in range(1, len(pdf.xref[0]) + len(pdf.xref_objStm) + 1 if pdf.xref else 1):
        try:
            one = pdf.get_object(number)
        except Exception:  # noqa: BLE001, S112  numbers without an object are no concern here
            continue
        parts.append(one.get_data() if hasattr(one, "get_data") else repr(one).encode())
    return b"\n".join(parts)


def told_in_order(one: Any) -> Iterator[dict[str, Any]]:
    """The elements below one, as a screen reader comes to them."""
    one = one.get_object()
    if isinstance(one, list):
        for each in one:
            yield from told_in_order(each)
    elif isinstance(one, dict):
        if "/S" in one:
            yield one
        if "/K" in one:
            yield from told_in_order(one["/K"])


def faults(pdf: PdfReader) -> list[str]:
    """What keeps a PDF from being read aloud as it is meant (P33), in sentences: tags, language, title, the order of
    its headings, the header cells of its tables."""
    root = pdf.trailer["/Root"]
    told = list(told_in_order(root["/StructTreeRoot"]["/K"]))
    levels = [int(one["/S"][2:]) for one in told if re.fullmatch(r"/H\d", str(one["/S"]))]
    bare = [table for table in told if table["/S"] == "/Table" and not _head_cells(table)]
    named = {str(one["/ID"]) for one in told if one["/S"] == "/TH" and "/ID" in one}
    lost = [one for one in told if one["/S"] == "/TD" and not {str(name) for name in _headers(one)} & named]
    checks = {
        "It is not tagged": not root["/MarkInfo"]["/Marked"].value,
        "It does not say that it is in English": root.get("/Lang") != "en-GB",
        "It has no title": not (pdf.metadata and pdf.metadata.title),
        "Its title is not shown by the window": not root["/ViewerPreferences"]["/DisplayDocTitle"].value,
        f"It has {levels.count(1)} main headings": levels.count(1) != 1,
        f"Its headings skip a level: {levels}": any(b > a + 1 for a, b in pairwise([0, *levels])),
        f"{len(bare)} tables have no header cells": bool(bare),
        f"{len(lost)} cells do not name the header cells they belong to": bool(lost),
    }
    return [sentence for sentence, is_so in checks.items() if is_so]


def _head_cells(table: Any) -> list[dict[str, Any]]:
    return [one for one in told_in_order(table) if one["/S"] == "/TH"]


def _headers(cell: dict[str, Any]) -> list[Any]:
    """The identifiers of the header cells that a cell says it belongs to."""
    about = cell.get("/A", {})
    return list(about.get_object().get("/Headers", [])) if about else []
