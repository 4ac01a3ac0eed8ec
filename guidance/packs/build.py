"""Makes one pack: pages, PDF and ZIP, kept in one transaction with the mark that it is made."""

from __future__ import annotations

from typing import Final

from django.db import transaction
from django.utils import timezone

from embedded.audit import record
from embedded.files import Damaged, NoRoom, keep, read
from embedded.files.models import MadeFile
from embedded.jobs import CannotBeDone, Progress
from embedded.pdf import CannotPrint
from guidance.models import Edition, Pack
from guidance.packs import paper
from guidance.packs.bundle import bundled, pack_filename

STEPS: Final = 4
WITHDRAWN: Final = "A document of this pack was withdrawn. Put the pack together anew without it."
PDF: Final = "application/pdf"
ZIP: Final = "application/zip"


@transaction.atomic
def make(pack: Pack, progress: Progress) -> None:
    """Files, row and audit event: all of them or none. A pack that is made and looks as it would is left alone, and
    so is one that was forgotten meanwhile.

    Raises CannotBeDone, with a sentence for the reader, where trying again would not help."""
    parts = list(pack.parts.select_related("edition__document").prefetch_related("edition__reviews"))
    if any(part.edition.state != Edition.State.PUBLISHED for part in parts):
        raise CannotBeDone(WITHDRAWN)
    try:
        source = paper.made_from(pack, parts)
        if pack.made_from == source and is_there(pack):
            return
        progress("Setting the pages", 1, STEPS)
        html = paper.pack_html(pack)
        progress("Printing", 2, STEPS)
        printed = paper.printed(pack, html)
        progress("Packing the files", 3, STEPS)
        zipped = bundled(pack, bytes(printed))
        progress("Keeping the files", 4, STEPS)
        row = Pack.objects.select_for_update().filter(pk=pack.pk).first()
        if row is None:
            return
        before = [made for made in (row.pdf_id, row.bundle_id) if made]
        pack.pdf = keep(bytes(printed), pack_filename(pack, "pdf"), PDF)
        pack.bundle = keep(zipped, pack_filename(pack, "zip"), ZIP)
    except (CannotPrint, NoRoom) as problem:
        raise CannotBeDone(str(problem)) from problem
    pack.pages, pack.made_from, pack.made_at = printed.pages, source, timezone.now()
    pack.save(update_fields=["pdf", "bundle", "pages", "made_from", "made_at"])
    MadeFile.objects.filter(pk__in=before).delete()
    record(None, "guidance.pack_made", str(pack), place_of(pack), details={"pages": printed.pages})


def is_there(pack: Pack) -> bool:
    """Whether both files are made and still on disk as they were kept."""
    try:
        return all(made is not None and read(made) is not None for made in (pack.pdf, pack.bundle))
    except Damaged:
        return False


def place_of(pack: Pack) -> str:
    """Its address, for the audit trail; below the place that it is private to."""
    return f"{pack.private_to or 'guidance'}/packs/{pack.address}"
