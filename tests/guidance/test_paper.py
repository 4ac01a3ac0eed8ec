"""The print of a document: tagged as the page is, with contents, boxes and sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from embedded.files import read as read_file
from guidance.actions import load_library, print_edition
from guidance.models import Edition
from guidance.paper import title_lines
from tests.guidance.shelf import BODY, write
from tests.pdf.checking import faults
from tests.pdf.papers import elements, read, tags

pytestmark = pytest.mark.django_db

LONG = BODY.replace(
    "## Who to write to",
    "Table: Two kinds\n\n| Help | Time |\n|---|---|\n| Analyst | Days |\n\n## Second\n\n::: try\nx\n:::\n\n---\n\n"
    "## Third\n\n- [ ] A desk\n\n## Who to write to",
)


def test_print_says_and_tags_what_the_page_says(shelf: Path) -> None:
    """P33: the tree has the title, sections, box headings, table heads and lists of the web page."""
    write(shelf, body=LONG)
    load_library(library=shelf)
    printed = read_file(print_edition(edition=Edition.objects.select_related("document").get()))
    assert faults(printed) == []
    pdf = read(printed)
    found = tags(pdf)
    assert found.count("/H1") == 1
    assert found.count("/H2") == 1 + 1 + 4 + 1 + 1  # five things, contents, sections, sources, about
    assert found.count("/TH") == 3
    assert found.count("/Table") == found.count("/Caption") == 1
    assert found.count("/L") >= 4  # five things, contents (one for each column), ticks, sources
    assert "/Figure" not in found
    assert pdf.trailer["/Root"]["/Lang"] == "en-GB"
    assert len(pdf.pages) == 2


def test_contents_list_leads_to_the_pages(shelf: Path) -> None:
    write(shelf, body=LONG)
    load_library(library=shelf)
    pdf = read(read_file(print_edition(edition=Edition.objects.select_related("document").get())))
    first = " ".join(pdf.pages[0].extract_text().split())
    assert "1.Begin1" in first.replace(" ", "")
    assert "3.Third2" in first.replace(" ", "")
    links = [one for one in elements(pdf) if one["/S"] == "/Link"]
    assert len(links) >= 5


def test_print_of_the_same_words_is_the_same_file(edition: Edition) -> None:
    one = print_edition(edition=edition)
    Edition.objects.update(pdf=None)
    again = print_edition(edition=Edition.objects.select_related("document").get())
    assert one.sha256 == again.sha256


@pytest.mark.parametrize(
    ("title", "said"),
    [
        (
            "Research: a guide for NHS staff",
            'Research: <span class="together">a guide</span> <span class="together">for NHS</span> staff',
        ),
        (
            "Four tensions: a co-production workbook",
            'Four tensions: <span class="together">a co-production</span> workbook',
        ),
        (
            "A <b> & co-op",
            '<span class="together">A &lt;b&gt;</span> &amp; <span class="together">co-op</span>',
        ),
        ("Android and", "Android and"),
    ],
)
def test_title_breaks_after_no_small_word_and_at_no_hyphen(title: str, said: str) -> None:
    assert title_lines(title) == said
