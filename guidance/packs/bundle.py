"""A pack as a ZIP: the PDF of each document, what is to be filled in as files, and a list of what is in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.conf import settings

from embedded.files import read
from embedded.nhsuk.words import day
from guidance.making import file_name, forms_of, make_file
from guidance.models import Edition, Pack, PackPart

CONTENTS = "contents.txt"
WHOLE = "Everything in one PDF, with contents and page numbers"
OWN_PAPERS = "; the residency’s own papers are in this file alone"
SAID = {"pdf": "", "word": ", to be filled in with Word", "sheet": ", to be filled in as a spreadsheet"}


@dataclass(frozen=True)
class Packed:
    """One file of the ZIP, and what the list says of it."""

    name: str
    content: bytes
    said: str


def bundled(pack: Pack, whole: bytes) -> bytes:
    """The ZIP. `whole` is the pack's own PDF, which holds the parts that have no file of their own. The same pack
    gives the same bytes. Raises embedded.pdf.CannotPrint and embedded.files.Damaged."""
    parts = list(
        pack.parts.select_related("edition__document", "edition__pdf", "edition__docx", "edition__xlsx")
    )
    files = [Packed(pack_filename(pack, "pdf"), whole, WHOLE + (OWN_PAPERS if pack.extras else ""))]
    # Packs that are made at once make files in the same order, so that none waits for one that waits for it
    in_order = sorted(enumerate(parts, 1), key=lambda one: one[1].edition_id)
    made = {number: list(_files_of(number, part)) for number, part in in_order}
    files += [file for number in sorted(made) for file in made[number]]
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as zipped:
        _write(zipped, pack, CONTENTS, _contents(pack, parts, files).encode())
        for file in files:
            _write(zipped, pack, file.name, file.content)
    return written.getvalue()


def pack_filename(pack: Pack, ending: str) -> str:
    """The name under which a pack is downloaded: what it is, and from when (V-96). One that somebody put together has
    the beginning of its address in it, so that two of one day differ."""
    name = pack.ready or f"guidance-pack-{pack.address[:6]}"
    return f"{name}-{pack.begun_on.isoformat()}.{ending}"


def _files_of(number: int, part: PackPart) -> Iterator[Packed]:
    """The files of one document; none of its own where only parts of it were chosen."""
    edition = part.edition
    if not part.sections:
        for form in forms_of(edition):
            made = make_file(edition=edition, form=form)
            yield Packed(f"{number:02d}-{file_name(edition, form)}", read(made), f"{edition}{SAID[form]}")


def _write(zipped: zipfile.ZipFile, pack: Pack, name: str, content: bytes) -> None:
    packed = name.endswith((".pdf", ".docx", ".xlsx"))
    entry = zipfile.ZipInfo(name, (pack.begun_on.year, pack.begun_on.month, pack.begun_on.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    zipped.writestr(entry, content)


def _contents(pack: Pack, parts: Iterable[PackPart], files: Iterable[Packed]) -> str:
    """The list, for any program that shows text."""
    lines = [pack.title, "=" * len(pack.title), ""]
    lines += [f"For {pack.whom}", ""] if pack.whom else []
    lasts = "As long as it is true" if pack.private_to else "The same pack, for ever"
    lines += [f"Put together on {day(pack.begun_on)}. {lasts}:"]
    lines += [settings.BASE_URL + pack.get_absolute_url(), "", "Documents", "---------"]
    for number, part in enumerate(parts, 1):
        edition = part.edition
        lines += [
            f"{number}. {edition}{', parts of it' if part.sections else ''}",
            f"   {_web_page(edition)}",
        ]
    lines += ["", "Files", "-----"]
    lines += [f"{file.name}\r\n   {file.said}" for file in files]
    return "\r\n".join([*lines, ""])


def _web_page(edition: Edition) -> str:
    return f"{settings.BASE_URL}/guidance/{edition.document.slug}/?version={edition.version}"
