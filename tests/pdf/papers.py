"""A small paper to print, and a way to read a PDF's tags."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
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
