"""What every PDF is: tagged, titled, in its language, the same each time, and refused when it cannot be."""

from __future__ import annotations

import datetime
import subprocess
import sys

import pytest

from embedded import pdf as printer
from embedded.env import ROOT
from embedded.pdf import CannotPrint, print_pdf
from tests.pdf.checking import faults
from tests.pdf.papers import elements, paper, read, tags

DAY = datetime.date(2026, 11, 22)


def test_print_is_tagged_and_says_what_it_is() -> None:
    """P33: PDF/UA-1, language, title shown in the window, author and date."""
    printed = print_pdf(paper(), "Care plan", "cy", author="Somebody", made_on=DAY, subject="A plan")
    pdf = read(printed)
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"].value
    assert root["/Lang"] == "cy"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert b'pdfuaid:part="1"' in root["/Metadata"].get_object().get_data()
    assert pdf.metadata is not None
    assert (pdf.metadata.title, pdf.metadata.author, pdf.metadata.subject) == (
        "Care plan",
        "Somebody",
        "A plan",
    )
    assert str(pdf.metadata["/CreationDate"]).startswith("D:20261122")
    assert printed.pages == len(pdf.pages) == 1


def test_print_tags_headings_tables_and_header_cells() -> None:
    found = tags(read(print_pdf(paper(), "Care plan")))
    assert found.count("/H1") == found.count("/Table") == found.count("/Caption") == found.count("/TD") == 1
    assert found.count("/TH") == 3


def test_print_gives_each_drawing_its_words() -> None:
    """A chart says in its tag what it shows; decoration is no figure at all."""
    figures = [one for one in elements(read(print_pdf(paper(), "Care plan"))) if one["/S"] == "/Figure"]
    assert [one["/Alt"] for one in figures] == ["One bar"]


def test_print_leaves_no_content_outside_the_tags() -> None:
    """Every piece of text of the page body is marked content with an id; the rest is an artefact."""
    pdf = read(print_pdf(paper(), "Care plan"))
    content = pdf.pages[0].get_contents()
    assert content is not None
    text = content.get_data()
    assert text.count(b"BDC") + text.count(b"BMC") == text.count(b"EMC") > 5


def test_print_uses_our_font_only_drawings_and_welsh_letters_included() -> None:
    pdf = read(print_pdf(paper(), "Care plan"))
    fonts = {str(font["/BaseFont"]) for page in pdf.pages for font in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all("Arimo" in font for font in fonts), fonts
    assert "ŵ and ŷ" in pdf.pages[0].extract_text()


def test_print_is_the_same_each_time_in_other_processes_too() -> None:
    code = (
        "import hashlib; from embedded.pdf import print_pdf; from tests.pdf.papers import paper; "
        "print(hashlib.sha256(print_pdf(paper(), 'Care plan')).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


@pytest.mark.parametrize(
    "title",
    ["100% (true)", "a\r\nb) /JS (x", "\x00\x07bell", "‮gpj.exe", "Ŵ ŷ 日本", "\\) >> endobj", "x" * 5000],
)
def test_title_stays_a_title(title: str) -> None:
    """Nothing in a title breaks out of the file's own notation, and control characters are gone."""
    pdf = read(print_pdf(paper(), title))
    assert pdf.metadata is not None
    shown = str(pdf.metadata.title)
    assert shown == " ".join("".join(c if c.isprintable() else " " for c in title).split())
    assert "/OpenAction" not in pdf.trailer["/Root"]


def test_print_refuses_more_pages_than_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printer, "MOST_PAGES", 2)
    turn = '<p style="break-before: page">More</p>'
    assert print_pdf(paper(turn), "Two pages").pages == 2
    with pytest.raises(CannotPrint, match="more than 2 pages"):
        print_pdf(paper(turn * 2), "Three pages")


def test_print_refuses_too_much_html_before_it_tries() -> None:
    with pytest.raises(CannotPrint, match="too long"):
        print_pdf("x" * (printer.MOST_CHARACTERS + 1), "Too long")


def test_print_says_what_to_install_when_pango_is_missing() -> None:
    code = (
        "import ctypes.util, sys\n"
        "import cffi\n"
        "def gone(*a, **k): raise OSError('cannot load library')\n"
        "cffi.FFI.dlopen = gone\n"
        "from embedded.pdf import CannotPrint, print_pdf\n"
        "try: print_pdf('<p>x</p>', 'x')\n"
        "except CannotPrint as error: print(error)\n"
    )
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "apt-get install libpango-1.0-0" in said.stdout, said.stderr[-800:]


BARE = "<h2>One</h2><h4>Two</h4><table><tr><td>Help</td><td>Days</td></tr></table>"


def test_faults_of_a_pdf_are_told() -> None:
    """So that the tests of papers would see them: no main heading, a level skipped, a table without header cells."""
    found = " ".join(faults(print_pdf(paper(BARE).replace("h1>", "h2>"), "Care plan", "cy")))
    for words in (
        "in English",
        "0 main headings",
        "skip a level",
        "Table 2 has no header",
        "does not name the header",
    ):
        assert words in found
    assert faults(print_pdf(paper(), "Care plan")) == []


def test_what_the_printer_leaves_open_is_finished(monkeypatch: pytest.MonkeyPatch) -> None:
    """Header cells say whether they head a column or a row; page numbers are artefacts; drawings have words."""
    monkeypatch.setattr(printer, "finish_tags", None)
    found = " ".join(faults(print_pdf(paper().replace("<title>One bar</title>", ""), "Care plan")))
    for words in ("head a column or a row", "drawn that no tag holds", "A drawing has no words"):
        assert words in found


def test_page_numbers_are_set_apart_on_each_page() -> None:
    """A long paper has bookmarks, and links that are tagged and lead somewhere."""
    turns = "".join(f'<h2 id="p{n}" style="break-before: page">Part {n}</h2><p>More</p>' for n in range(4))
    printed = print_pdf(paper('<p><a href="#p2">To part 2</a></p>' + turns), "Five pages")
    assert printed.pages == 5 and faults(printed) == []
    assert "Page 5 of 5" in " ".join(read(printed).pages[4].extract_text().split())
