"""Hostile documents (trust.md §4.3) through preview, page and PDF: nothing is fetched, nothing embedded, no script, and
time and memory end."""

from __future__ import annotations

import re
import resource
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.test import Client

from guidance.actions import load_library
from guidance.desk.checking import LONGEST_ON_PAPER
from guidance.desk.models import Revision
from guidance.medium import PAPER
from guidance.models import Edition
from guidance.paper import printed, printed_html
from guidance.typeset import typeset
from tests.guidance.desk.desk import DESK, begin, page, press, said
from tests.guidance.shelf import write as write_file
from tests.guidance.test_hostile_text import CASES, Looker
from tests.pdf.papers import read

pytestmark = pytest.mark.django_db
PLACES = [
    "file:///etc/passwd",
    "FILE:/etc/passwd",
    "file:/etc/passwd",
    "jar:file:///x.zip!/y",
    "ftp://x.example/",
    "gopher://x.example/",
    "data:text/html,<script>alert(1)</script>",
    "//10.0.0.1/",
    "http://[::1]/",
    "http://2130706433/",
    "http://127.1/",
    "http://rebinding.example/",
    "http://x.example/302-to-file",
]
WRAPS = [
    "![x]({})",
    "[x]({})",
    "<link rel=attachment href='{}'>",
    "<a rel=attachment href='{}'>x</a>",
    "<base href='{}'>",
    "<style>@import url({});</style>",
    "<style>@font-face {{ font-family: x; src: url({}) }}</style>",
    "<ul style='list-style-image:url({})'><li>x</ul>",
    "<p style='background:url({})'>x</p>",
    "<p style='content:url({})'>x</p>",
    "<img srcset='{} 2x' src='{}'>",
    "<object data='{}'></object>",
    "<embed src='{}'>",
    "<svg><image href='{}'/><use href='{}#a'/><foreignObject><iframe src='{}'/></foreignObject></svg>",
    "::: figure {}\nx\n:::",
    "::: card {}\nx\n:::",
    "::: write 3 {}\n:::",
]
ODD = [
    "<!DOCTYPE x [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'>]>&b;",
    "<p style='width:1e9px'>x</p>",
    "<style>@page { size: 100000mm 100000mm }</style>",
    "<style>a::after { content: target-counter(attr(href), page) }</style>",
    "# one\n\n###### six\n\n####### seven",
    "\u202eright to left\u202c \u2066bidi\u2069 \u200b\ufeff",
    "missing \U0001f9ff \u0f3a \ue000 glyphs",
    "% ( ) \\ << /JavaScript (app.alert(1)) >>",
    "[a]: https://x.example\n[b]: [a][a]\n\n[b][b]",
    "https://user:word@x.example <https://user:word@x.example>",
]
LIST = [
    *(wrap.replace("{}", place).replace("{{", "{").replace("}}", "}") for place in PLACES for wrap in WRAPS),
    *ODD,
]
TITLE = "%s ( ) \\ << /OpenAction >> </title><script>alert(1)</script>"
ACTIVE = {
    "/JavaScript",
    "/JS",
    "/Launch",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/RichMedia",
    "/OpenAction",
    "/AA",
}
ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/GoToR"}
MOST_MEMORY = 600 * 1024  # KiB more than before


def test_the_list_is_as_long_as_was_promised() -> None:
    assert len(LIST) >= 80


def active_in(content: bytes) -> set[str]:
    """Whatever a PDF could do by itself, anywhere in its objects."""
    found: set[str] = set()
    with pikepdf.open(BytesIO(content)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                found |= ACTIVE & set(thing.keys())
                found |= {str(thing.get("/S"))} & ACTIONS
    return found


def all_of_it() -> str:
    return "\n\n".join(LIST + CASES)


def test_the_list_fits_on_paper() -> None:
    """So that the paper of it is really printed."""
    text = typeset(all_of_it(), {}, PAPER, True)
    assert len(all_of_it()) < 119_000 and len(text.opening + text.rest) < LONGEST_ON_PAPER


@pytest.fixture
def hostile(guide: Edition, hers: Client) -> Revision:
    """An editor's own browser sends it, as a thief of a session would."""
    begin(hers)
    answer = press(hers, f"{DESK}edit/", body=all_of_it()[:119_000], title=TITLE[:160], press="save")
    assert answer.status_code == 302, said(answer)
    return Revision.objects.get()


def foreign_in(text: str) -> list[str]:
    """What no page of ours holds within its article."""
    looker = Looker()
    looker.feed(text)
    return [one for one in looker.foreign if one not in OURS]


# What stands inside a figure is drawn by us; nothing of it comes from the text.
DRAWING = re.compile(r'<div class="drawing-room[^"]*"[^>]*><svg.*?</svg></div>', re.DOTALL)
REFUSED = re.compile(r"^:::[ \t]*figure\b|(?:guide|term):|\0", re.MULTILINE)
OURS = {"article", "h1", "article lang", "section", "div tabindex", "div aria-label"}


def test_preview_runs_and_fetches_nothing(hostile: Revision, hers: Client) -> None:
    answer: Any = hers.get(f"{DESK}preview/")
    assert answer.status_code == 200
    text = answer.content.decode()
    article = text[text.index("<article") : text.index("</article>")]
    assert foreign_in(DRAWING.sub("", article)) == []
    assert "<script>alert" not in text
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy


def test_paper_of_the_preview_fetches_and_embeds_nothing(hostile: Revision, hers: Client) -> None:
    """No socket can be opened in a test: whatever was fetched would fail it. What is on disk would be in the words."""
    answer: Any = hers.get(f"{DESK}preview.pdf")
    assert answer["Content-Type"] == "application/pdf"
    pdf = read(answer.content)
    assert active_in(answer.content) == set()
    assert not pdf.attachments
    words = " ".join(one.extract_text() for one in pdf.pages[:40])
    assert "root:x:" not in words


def test_none_of_it_can_be_published(hostile: Revision, hers: Client) -> None:
    text = page(hers, f"{DESK}publish/")
    assert "Put this right first" in text
    assert "Take off the HTML" in text
    assert 'name="kind"' not in text


def test_page_and_pdf_of_a_shipped_file_that_is_hostile(shelf: Path, db: None) -> None:
    """The same words where nobody looked through them: a folder that somebody else filled. A figure that there is not,
    a link that leads to nothing and NUL are refused before anything is read."""
    hostile = "\n\n".join(one for one in LIST + CASES if not REFUSED.search(one))
    write_file(shelf, body=f"A fact. [S3]\n\n{hostile}", version="3.0.0")
    load_library(library=shelf)
    edition = Edition.objects.get(major=3)
    answer: Any = Client().get("/guidance/a-guide/")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
    assert active_in(bytes(printed(edition, printed_html(edition)))) == set()


BOMBS = {
    "5,000 nested lists": "\n".join(f"{'  ' * min(depth, 40)}- a" for depth in range(5_000)),
    "nested quotations": "> " * 3_000 + "a",
    "one long word": "x" * 110_000,
    "many headings": "## a\n\n" * 8_000,
    "many notes": "[S3] " * 20_000,
    "many cells": "| a | b |\n|---|---|\n" + "| c | d |\n" * 9_000,
    "one wide row": "|" + " a |" * 9_000 + "\n|" + "---|" * 9_000 + "\n",
    "many cards": "::: card x\ny\n:::\n\n" * 5_000,
    "lines to write on": "::: write 30 x\n:::\n\n" * 5_000,
    "link text of 100 KB": f"[{'x' * 100_000}](https://a.example)",
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_come_to_an_end(guide: Edition, hers: Client, name: str) -> None:
    """On the screen they are shown; on paper they are printed, or it says in words that they cannot be."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begin(hers)
    press(hers, f"{DESK}edit/", body=BOMBS[name], press="save")
    assert hers.get(f"{DESK}preview/").status_code == 200
    assert hers.get(f"{DESK}publish/").status_code == 200
    answer: Any = hers.get(f"{DESK}preview.pdf")
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        assert "print" in page(hers, f"{DESK}preview/").lower()
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_MEMORY
