"""Hands a made file to a browser so that it can do nothing but be saved or shown."""

from __future__ import annotations

import unicodedata
from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from embedded.files import keeping
from embedded.files.models import MadeFile

PDF: Final = "application/pdf"
SHOWN: Final = {PDF, "image/png", "image/jpeg"}
LOCKED: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def response(made: MadeFile, filename: str = "", *, inline: bool = False) -> HttpResponse:
    """The file under `filename`, or under its own name. `inline` shows a PDF or picture in the browser;
    anything else is always saved. The caller has checked who may have it. Raises disk.Damaged.

    A shown PDF carries no `sandbox`: browsers draw it by a part of their own, and some show nothing under one."""
    shown = inline and made.media_type in SHOWN
    answer = HttpResponse(keeping.read(made), content_type=made.media_type)
    answer["Content-Disposition"] = content_disposition_header(not shown, _safe(filename or made.name)) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = LOCKED if shown and made.media_type == PDF else f"sandbox; {LOCKED}"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _safe(name: str) -> str:
    """Without folders, control characters and marks that turn the reading direction."""
    kept = "".join(one for one in name if unicodedata.category(one)[0] != "C")
    return kept.replace("/", "-").replace("\\", "-").strip(". ")[:150] or "file"
