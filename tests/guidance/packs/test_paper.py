"""A pack on paper: one tagged PDF whose contents, bookmarks and links are true."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from embedded.files import read as read_file
from guidance.models import Pack
from guidance.packs.paper import pack_html
from tests.guidance.packs.binding import asked, made, parted
from tests.pdf.checking import faults
from tests.pdf.papers import read, tags

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pack(library: Path) -> Pack:
    return made(asked())


@pytest.fixture
def pdf(pack: Pack) -> PdfReader:
    assert pack.pdf is not None
    return read(read_file(pack.pdf))


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


def test_pack_is_one_paper_that_can_be_read_aloud(pack: Pack, pdf: PdfReader) -> None:
    assert pack.pdf is not None
    assert faults(read_file(pack.pdf)) == []
    found = tags(pdf)
    assert found.count("/H1") == 1
    assert found.count("/H2") == 1 + 4  # contents, and each document
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"
    assert pack.pages == len(pdf.pages)


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
    from django.utils import timezone

    from guidance.packs.actions import request_pack

    pack = request_pack(parts=parted("a-guide", "begin"), by=None, on=timezone.localdate())
    html = pack_html(pack)
    assert 'href="http://localhost:8000/guidance/a-guide/#second-part"' in html
    assert "Third part" not in html
    assert "parts of it" in html
