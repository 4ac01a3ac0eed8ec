"""Hands a made file to a browser so that it can do nothing but be saved or shown."""

from __future__ import annotations

import unicodedata
from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from embedded.files import keeping
from embedded.files.models import MadeFile

SHOWN: Final = {"application/pdf", "image/png", "image/jpeg"}


def response(made: MadeFile, filename: str = "", *, inline: bool = False) -> HttpResponse:
    """The file under `filename`, or under its own name. `inline` shows a PDF or picture in the browser;
    anything else is always saved. The caller has checked who may have it. Raises disk.Damaged."""
    shown = inline and made.media_type in SHOWN
    answer = HttpResponse(keeping.read(made), content_type=made.media_type)
    answer["Content-Disposition"] = content_disposition_header(not shown, _safe(filename or made.name)) or ""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _safe(name: str) -> str:
    """Without folders, control characters and marks that turn the reading direction."""
    kept = "".join(one for one in name if unicodedata.category(one)[0] != "C")
    return kept.replace("/", "-").replace("\\", "-").strip(". ")[:150] or "file"
