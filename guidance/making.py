"""The files of an edition, each made once and kept: its PDF, its Word file, its spreadsheet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from embedded import word
from embedded.accounts.models import Person
from embedded.audit import record
from embedded.files import Damaged, keep, read
from embedded.files.models import MadeFile
from embedded.tables import filling
from embedded.tables.xlsx import XLSX
from guidance.models import Edition
from guidance.paper import made_from, printed, printed_html
from guidance.sheet import sheet_about, sheet_pages
from guidance.word import word_about, word_blocks


@dataclass(frozen=True)
class Draft:
    """A file that could be made: the SHA-256 of all that decides what is in it, and how."""

    made_from: str
    make: Callable[[], bytes]


@dataclass(frozen=True)
class Kind:
    """A kind of file: the field of Edition that holds it, its ending, and what is begun for an edition."""

    field: str
    ending: str
    media_type: str
    begin: Callable[[Edition], Draft]
    offered: Callable[[Edition], bool]


def _pdf(edition: Edition) -> Draft:
    """Raises embedded.pdf.CannotPrint."""
    html = printed_html(edition)
    return Draft(made_from(html), lambda: printed(edition, html))


def _word(edition: Edition) -> Draft:
    blocks, about = word_blocks(edition), word_about(edition)
    return Draft(_fingerprint(word.look(), blocks, about), lambda: word.written(blocks, about))


def _sheet(edition: Edition) -> Draft:
    """Raises guidance.formulas.NotAFormula."""
    pages, about = sheet_pages(edition), sheet_about(edition)
    return Draft(_fingerprint(filling.look(), pages, about), lambda: filling.filling_workbook(pages, about))


KINDS: Final = {
    "pdf": Kind("pdf", "pdf", "application/pdf", _pdf, lambda edition: True),
    "word": Kind("docx", "docx", word.MEDIA_TYPE, _word, lambda edition: edition.word),
    "sheet": Kind("xlsx", "xlsx", XLSX, _sheet, lambda edition: edition.sheet),
}


def forms_of(edition: Edition) -> list[str]:
    """Which files there are of an edition: "pdf", and "word" and "sheet" if it says so."""
    return [form for form, kind in KINDS.items() if kind.offered(edition)]


def kept_file(edition: Edition, form: str) -> MadeFile | None:
    """The file as it was made last; None before that."""
    made: MadeFile | None = getattr(edition, KINDS[form].field)
    return made


def file_name(edition: Edition, form: str) -> str:
    """The name under which a file is downloaded (V-96: it carries the version)."""
    return f"{edition.document.slug}-{edition.version}.{KINDS[form].ending}"


@transaction.atomic
def make_file(*, edition: Edition, form: str, by: Person | None = None) -> MadeFile:
    """The edition's file of a form, made unless it is what it would be. Two at once make it once, and where there is
    nothing to make nobody waits. Raises embedded.pdf.CannotPrint and embedded.files.NoRoom."""
    kind = KINDS[form]
    draft = kind.begin(edition)
    row = Edition.objects.get(pk=edition.pk)
    made = _ready(row, form, draft)
    if made is None:
        # Without its file: whoever waited for the lock would see none, as the statement began before it was there.
        # Whoever refers to the edition meanwhile, like a pack that is asked for, does not wait
        row = Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)
        made = _ready(row, form, draft)
    if made is None:
        content = draft.make()
        made = keep(bytes(content), file_name(edition, form), kind.media_type)
        changed = {kind.field: made, f"{kind.field}_made_from": draft.made_from}
        changed |= {"pdf_pages": getattr(content, "pages", None)} if form == "pdf" else {}
        _put(row, changed)
        row.save(update_fields=list(changed))
        record(
            by, "guidance.printed", str(edition), f"guidance/{edition.document.slug}", details={"form": form}
        )
    _put(
        edition,
        {name: getattr(row, name) for name in (f"{kind.field}_made_from", "pdf_pages")} | {kind.field: made},
    )
    return made


def _put(edition: Edition, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(edition, name, value)


def _ready(edition: Edition, form: str, draft: Draft) -> MadeFile | None:
    """The file, where it is there and is what it would be."""
    made = kept_file(edition, form)
    same = getattr(edition, f"{KINDS[form].field}_made_from") == draft.made_from
    return made if made is not None and same and _still_there(made) else None


def _still_there(made: MadeFile) -> bool:
    """False when the data folder lost the file: it can be made again."""
    try:
        read(made)
    except Damaged:
        return False
    return True


def _fingerprint(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(repr, parts)).encode()).hexdigest()
