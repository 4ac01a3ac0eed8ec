"""A pack on paper: one tagged PDF whose contents, bookmarks and links are true."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from embedded.files import read as read_file
from guidance.packs.actions import request_pack
from guidance.packs.paper import pack_html
from guidance.packs.parts import ExtraPart
from tests.guidance.packs.binding import asked, made, parted
from tests.pdf.checking import faults
from tests.pdf.papers import read, tags

pytestmark = pytest.mark.django_db(transaction=True)


PRINTED: dict[str, bytes] = {}  # of the pack that all look at: printing takes seconds


@pytest.fixture
def content(library: Path) -> bytes:
    if not PRINTED:
        pack = made(asked())
        assert pack.pdf is not None
        PRINTED["all"] = read_file(pack.pdf)
        assert pack.pages == len(read(PRINTED["all"]).pages)
    return PRINTED["all"]


@pytest.fixture
def pdf(content: bytes) -> PdfReader:
    return read(content)


def words_of(pdf: PdfReader, page: int) -> str:
    return " ".join(pdf.pages[page].extract_text().split())


def outline(pdf: PdfReader) -> list[tuple[int, str, int]]:
    """Level, title and page of each bookmark."""
    found: list[tuple[int, str, int]] = []

    def walk(part: list[Any], level: int) -> None:
        for one in part:
            if isinstance(one, list):
                walk(one, level + 1)
            else:
                page = pdf.get_destination_page_number(one)
                assert page is not None
                found.append((level, str(one.title), page + 1))

    walk(pdf.outline, 1)
    return found


def test_pack_is_one_paper_that_can_be_read_aloud(content: bytes, pdf: PdfReader) -> None:
    assert faults(content) == []
    found = tags(pdf)
    assert found.count("/H1") == 1
    assert found.count("/H2") == 1 + 4  # contents, and each document
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"


def test_bookmarks_are_documents_and_their_sections(pdf: PdfReader) -> None:
    marks = outline(pdf)
    documents = [title for level, title, _ in marks if level == 1]
    assert documents == [
        "Guidance pack",
        "Contents",
        "A guide",
        "Second & last guide",
        "A sheet",
        "A short one",
    ]
    first = marks.index(next(mark for mark in marks if mark[1] == "A guide"))
    assert [title for level, title, _ in marks[first + 1 : first + 7] if level == 2][:3] == [
        "1. Begin",
        "2. Second part",
        "3. Third part",
    ]
    assert "Try this" not in {title for _, title, _ in marks}


def test_contents_name_the_page_where_each_begins(pdf: PdfReader) -> None:
    """The numbers printed in the list are those of the bookmarks, which the printer takes from the pages."""
    text = re.sub(r"\s+", " ", " ".join(page.extract_text() for page in pdf.pages[:2]))
    marks = outline(pdf)
    listed = [
        mark for mark in marks if mark[1] not in ("Guidance pack", "Contents", "A smaller heading", "Sources")
    ]
    assert len(listed) > 10
    for level, title, page in listed:
        assert level > 2 or re.search(rf"{re.escape(title)} ?{page}\b", text), (title, page, text)


def test_each_document_begins_a_page_that_names_it(pdf: PdfReader) -> None:
    for level, title, page in outline(pdf):
        if level == 1 and title not in ("Guidance pack", "Contents"):
            words = words_of(pdf, page - 1)
            assert f"{title} · version 1.0.0" in words  # at its foot
            assert f"Page {page} of {len(pdf.pages)}" in words
            assert f"{title} · version 1.0.0" not in words_of(pdf, page - 2)


def test_no_two_anchors_are_the_same(library: Path) -> None:
    html = pack_html(asked())
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    inside = re.findall(r'href="#([^"]+)"', html)
    assert inside and set(inside) <= set(ids)


def test_sources_are_numbered_in_each_document_apart(library: Path) -> None:
    html = pack_html(asked())
    for number in range(1, 5):
        assert f'href="#d{number}-source-1"' in html
        assert f'id="d{number}-source-1"' in html


def test_links_to_what_is_in_the_pack_lead_within_it(library: Path) -> None:
    html = pack_html(asked("a-guide", "b-guide"))
    assert 'href="#d1-second-part"' in html
    assert 'href="#d2-second-part"' in html


def test_link_to_a_part_that_was_left_out_leads_to_the_web(library: Path) -> None:
    pack = request_pack(parts=parted("a-guide", "begin"), by=None, on=timezone.localdate())
    html = pack_html(pack)
    assert 'href="http://localhost:8000/guidance/a-guide/#second-part"' in html
    assert "Third part" not in html
    assert "parts of it" in html


OWN = """<!doctype html><html lang="en-GB"><head><title>Not this</title></head><body><header>Nor this</header>
<main><h2>Who &amp; when</h2><p id="who">Ada <b>Marsh</b></p><h3>Small</h3><p><a href="#who">See who</a></p>
<table><thead><tr><th scope="col">What</th></tr></thead><tbody><tr><th scope="row">A desk</th></tr></tbody></table>
<h2 id="end">The end</h2><p><a href="http://localhost:8000/guidance/a-guide/#begin">The guide</a></p></main>
</body></html>"""


def test_papers_of_ones_own_stand_in_the_pack_like_documents(library: Path) -> None:
    """A whole paper or a piece of one: its sections are in the contents, and its anchors meet no others."""
    extras = [
        ExtraPart("Working agreement", OWN, "Version 3, agreed on 2 March 2026"),
        ExtraPart("Names", OWN.partition("<main>")[2].partition("</main>")[0], "The record of today"),
    ]
    names = [("Host", "Marsh <End> & Co"), ("Starts", "1 March 2026")]
    pack = asked("a-guide", extras=extras, names=names, private_to="p/x/r/y", title="Marsh End")
    html = pack_html(pack)
    assert "Not this" not in html
    assert "Nor this" not in html
    assert "Marsh &lt;End&gt; &amp; Co" in html
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert {"p1-who", "p2-who", "p1-end", "p1-section-1"} <= set(ids)
    assert 'href="#p2-who"' in html
    assert 'href="#d1-begin"' in html  # into the document of the same pack
    fresh = made(pack)
    assert fresh.pdf
    content = read_file(fresh.pdf)
    assert faults(content) == []
    pdf = read(content)
    first = [title for level, title, _ in outline(pdf) if level == 1]
    assert first == ["Marsh End", "Contents", "Working agreement", "Names", "A guide"]
    assert "Who & when" in [title for level, title, _ in outline(pdf) if level == 2]
    words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert "Version 3, agreed on 2 March 2026" in words
    assert "Starts 1 March 2026" in words
