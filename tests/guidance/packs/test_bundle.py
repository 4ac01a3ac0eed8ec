"""The ZIP of a pack: the whole, each document by itself, and a list of what is in it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from django.utils import timezone

from embedded.files import read
from guidance.packs.actions import request_pack
from guidance.packs.reading import newest_parts
from tests.guidance.packs.binding import made, parted
from tests.pdf.checking import faults

SHORT = ["03-d-guide-1.0.0.pdf", "03-d-guide-1.0.0.docx"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_zip_holds_every_whole_document_and_says_what_is_in_it(library: Path) -> None:
    parts = [*newest_parts(["c-sheet"]), *parted("a-guide", "second-part"), *newest_parts(["d-guide"])]
    pack = made(request_pack(parts=parts, by=None, on=timezone.localdate()))
    assert pack.bundle and pack.pdf
    with zipfile.ZipFile(io.BytesIO(read(pack.bundle))) as zipped:
        assert zipped.testzip() is None
        names = zipped.namelist()
        whole = f"guidance-pack-{pack.address[:6]}-{timezone.localdate()}.pdf"
        assert names == ["contents.txt", whole, "01-c-sheet-1.0.0.pdf", *SHORT]
        assert zipped.read(whole) == read(pack.pdf)
        assert all(faults(zipped.read(name)) == [] for name in names if name.endswith(".pdf"))
        assert zipped.read(SHORT[1])[:2] == b"PK"  # a Word file is a ZIP itself
        said = zipped.read("contents.txt").decode()
    for words in (
        "1. A sheet, version 1.0.0",
        "2. A guide, version 1.0.0, parts of it",
        "A short one, version 1.0.0, to be filled in with Word",
        f"http://localhost:8000/guidance/packs/at/{pack.address}/",
        "http://localhost:8000/guidance/c-sheet/?version=1.0.0",
        *names[1:],
    ):
        assert words in said
