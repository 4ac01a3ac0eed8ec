"""Hands out an edition's PDF: kept ready, printed on the spot when it is not, and known again by its content."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from embedded.files import Damaged, response
from embedded.files.models import MadeFile
from guidance.actions import print_edition
from guidance.counting import count
from guidance.models import Edition

AN_HOUR = 3600  # seconds


def download(request: HttpRequest, edition: Edition) -> HttpResponseBase:
    """The PDF, counted. Raises embedded.pdf.CannotPrint when there is none and none can be made."""
    try:
        return _file(request, edition, edition.pdf or print_edition(edition=edition))
    except Damaged:  # the data folder lost it, and it can be printed again
        return _file(request, edition, print_edition(edition=edition))


def _file(request: HttpRequest, edition: Edition, made: MadeFile) -> HttpResponseBase:
    """The file, or 304 to a reader who has it. Raises embedded.files.Damaged."""
    etag = f'"{made.sha256}"'
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        return known
    file = response(made, edition.filename)
    count(request, file, edition, "pdf")
    file["ETag"] = etag
    file["Cache-Control"] = f"public, max-age={AN_HOUR}"  # the words are everybody's
    return file
