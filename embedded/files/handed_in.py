"""Looks into a file that somebody hands in before it is kept: its size, and by its content what it is (P28)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, Final

from embedded.word import MEDIA_TYPE

PDF: Final = "application/pdf"
WORD: Final = MEDIA_TYPE
MOST: Final = 5 * 1024 * 1024  # bytes
MOST_PARTS: Final = 2_000  # files inside a Word file
MOST_UNPACKED: Final = 60 * 1024 * 1024  # bytes of all of them
MOST_READ: Final = 200_000  # bytes of one that is looked into

OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also the wrapping of a Word file with a password
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
DOES_THINGS: Final = re.compile(rb"/(?:JavaScript|Launch|EmbeddedFiles?|RichMedia)\b")
MACROS: Final = re.compile(r"vbaproject|vbadata|/activex/|oleobject", re.IGNORECASE)
TEMPLATE_ELSEWHERE: Final = re.compile(rb"attachedTemplate[^>]*TargetMode\s*=\s*[\"']External", re.IGNORECASE)

WRONG_KIND: Final = "The selected file must be a PDF or DOCX"
TOO_BIG: Final = "The selected file must be smaller than 5MB"
EMPTY: Final = "The selected file is empty"
LOCKED: Final = "The selected file is password protected"
BROKEN: Final = "The selected file could not be read. Open it, save it again and select it again"
ALIVE: Final = "The selected file must not contain macros, scripts or other files. Save it without them"


class NotTaken(ValueError):
    """The file is not kept; the text is an instruction in the words of the NHS service manual."""


@dataclass(frozen=True)
class HandedIn:
    """A file that was looked into. `ending` is ".pdf" or ".docx", from the content and not from the name."""

    content: bytes
    media_type: str
    ending: str


def look_into(file: IO[bytes], name: str) -> HandedIn:
    """Reads a PDF or DOCX of less than 5 MB; its name must end as its content says. Raises NotTaken."""
    content = file.read(MOST)
    if len(content) >= MOST:
        raise NotTaken(TOO_BIG)
    if not content:
        raise NotTaken(EMPTY)
    if content.startswith(OLD_OFFICE):
        raise NotTaken(LOCKED if ENCRYPTED in content else WRONG_KIND)
    if content.startswith(b"%PDF-") and _ends(name, ".pdf"):
        _look_into_pdf(content)
        return HandedIn(content, PDF, ".pdf")
    if content.startswith(b"PK\x03\x04") and _ends(name, ".docx"):
        _look_into_word(content)
        return HandedIn(content, WORD, ".docx")
    raise NotTaken(WRONG_KIND)


def _ends(name: str, ending: str) -> bool:
    return name.strip().lower().endswith(ending)


def _look_into_pdf(content: bytes) -> None:
    """What stands open in the file; what is hidden in packed parts is left to the reader's own program."""
    if b"%%EOF" not in content[-2048:]:
        raise NotTaken(BROKEN)
    if re.search(rb"/Encrypt\b", content):
        raise NotTaken(LOCKED)
    if DOES_THINGS.search(content):
        raise NotTaken(ALIVE)


def _look_into_word(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            _look_at_parts(packed.infolist())
            kinds = _part(packed, "[Content_Types].xml")
            settings = _part(packed, "word/_rels/settings.xml.rels")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, UnicodeError) as problem:
        raise NotTaken(BROKEN) from problem
    if b"macroEnabled" in kinds or TEMPLATE_ELSEWHERE.search(settings):
        raise NotTaken(ALIVE)
    if b"wordprocessingml.document.main+xml" not in kinds:
        raise NotTaken(WRONG_KIND)


def _look_at_parts(parts: list[zipfile.ZipInfo]) -> None:
    """Too many or too large parts are refused before any is unpacked, and so are names that lead elsewhere."""
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise NotTaken(TOO_BIG)
    if any(part.flag_bits & 0x1 for part in parts):
        raise NotTaken(LOCKED)
    if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
        raise NotTaken(BROKEN)
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        raise NotTaken(WRONG_KIND)
    if any(MACROS.search(name) for name in names):
        raise NotTaken(ALIVE)


def _part(packed: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of one part, never more than may be read; nothing where there is no such part."""
    if name not in packed.namelist():
        return b""
    with packed.open(name) as part:
        return part.read(MOST_READ)
