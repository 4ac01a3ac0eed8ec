"""Journey 7: anybody, signed out, reads a guidance document and downloads it with its version and date."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Final

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from tests.journeys.conftest import Visitor, Way

MOST_PRESSES: Final = 3


@pytest.fixture
def shelf(transactional_db: None) -> None:
    """The library as it ships."""
    call_command("load_guidance", verbosity=0)


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
    assert "Version 1.0" in words
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
