"""Journey 7: anybody, signed out, reads a guidance document and downloads it with its version and date."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Final

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from guidance.models import Opinion
from tests.journeys.conftest import Visitor, Way

MOST_PRESSES: Final = 3
LARGE: Final = Way("phone with large letters", 375, script=False)
LARGE_LETTERS: Final = "() => { document.documentElement.style.fontSize = '200%' }"


@pytest.fixture
def shelf(transactional_db: None) -> None:
    """The library as it ships; what is downloaded is printed on the spot."""
    call_command("load_guidance", verbosity=0, no_pdf=True, no_packs=True)


def test_anybody_reads_a_document_and_downloads_it(
    shelf: None, visit: Callable[..., Visitor], way: Way
) -> None:
    reader = visit()
    reader.go("/")
    reader.over()
    reader.keys.press("Read the guidance")
    reader.says("Guidance library")
    reader.over()
    reader.keys.follow("Do you need one?")
    reader.says("If you only do five things")
    reader.over()
    download(reader)
    assert reader.keys.presses <= MOST_PRESSES
    reader.go("/guidance/embedded-research-for-nhs-organisations/")
    reader.over()
    reader.keys.follow("all editions")
    reader.over()
    reader.keys.follow("Accessibility", back=True)
    reader.over()


def download(reader: Visitor) -> None:
    """The last press: the document as a tagged PDF."""
    reader.keys.to("Download (PDF")
    reader.keys.presses += 1
    with reader.page.expect_download() as caught:
        reader.page.keyboard.press("Enter")
    content = caught.value.path().read_bytes()
    pdf = PdfReader(BytesIO(content))
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    words = " ".join(page.extract_text() for page in pdf.pages)
    assert "Edition 1.0.0" in " ".join(words.split())
    assert "2026" in words


@pytest.mark.parametrize(
    "address", ["/accounts/login/", "/privacy/", "/accessibility/", "/contact/", "/no-such-page/"]
)
def test_open_pages_are_in_order(visit: Callable[..., Visitor], way: Way, address: str) -> None:
    anybody = visit()
    anybody.go(address)
    if address == "/no-such-page/":
        anybody.look.noise.clear()
    anybody.over()


def large(reader: Visitor) -> None:
    """Letters twice as large, as somebody has set them; nothing may be cut off or lie beside the screen."""
    reader.page.evaluate(LARGE_LETTERS)
    reader.over()


@pytest.mark.parametrize("way", [LARGE], ids=lambda way: way.name)
def test_public_contributor_reads_on_a_phone_with_large_letters_and_no_script(
    shelf: None, visit: Callable[..., Visitor], way: Way
) -> None:
    reader = visit()
    reader.go("/guidance/")
    large(reader)
    reader.keys.follow("Public contributors")
    large(reader)
    reader.says("Read these first")
    reader.keys.follow("For public contributors")
    large(reader)
    reader.says("If you only do five things")
    assert reader.path == "/guidance/for-public-contributors/"
    assert reader.keys.presses <= MOST_PRESSES
    reader.keys.follow("No, this page was not useful")
    large(reader)
    reader.keys.type("What helped, what did you miss, what is wrong?", "Whom do I ring?")
    reader.keys.press("Send")
    large(reader)
    reader.says("The editors of the library will read it")
    [said] = Opinion.objects.all()
    assert (said.useful, said.why) == (False, "Whom do I ring?")


def test_manager_finds_by_moment_and_by_words_spelt_wrongly(
    shelf: None, visit: Callable[..., Visitor], way: Way
) -> None:
    reader = visit()
    reader.go("/guidance/")
    reader.keys.follow("Recruiting")
    reader.over()
    reader.says("Job description and person specification")
    reader.go("/guidance/")
    reader.keys.type("Search the guidance", "honrary contract")
    reader.keys.press("Search")
    reader.over()
    reader.says("these say “honorary”")
    reader.says("Access, and what kind of work is this?")
    reader.keys.follow("Take away: “honrary contract”")
    reader.over()
    assert reader.path == "/guidance/"
