"""Hands out the files of a pack: to everybody, or to the readers of the place that it is private to."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from embedded.audit import record_read
from embedded.errors import Gone
from embedded.files import response
from guidance.models import Pack, PackForm
from guidance.packs import reading
from guidance.packs.build import WITHDRAWN, place_of
from guidance.packs.bundle import pack_filename
from guidance.packs.counting import count

AN_HOUR = 3600  # seconds


def download(request: HttpRequest, pack: Pack, form: str) -> HttpResponseBase:
    """The PDF or the ZIP, counted; 304 to whoever has it. Raises Http404 where it is not made, Gone where a document of
    it was withdrawn, and embedded.files.Damaged."""
    made = pack.pdf if form == PackForm.PDF else pack.bundle
    if made is None:
        raise Http404("This pack is not made")
    if reading.is_withdrawn(pack):
        raise Gone(WITHDRAWN)
    etag = f'"{made.sha256}"'
    known = get_conditional_response(request, etag=etag)
    if known is not None and not pack.private_to:
        return known
    answer = response(made, pack_filename(pack, form))
    count(request, answer, pack, form)
    if pack.private_to:
        person = getattr(request, "person", None)
        record_read(person, "pack", str(pack), place_of(pack), details={"form": form})
    else:
        answer["ETag"] = etag
        answer["Cache-Control"] = f"public, max-age={AN_HOUR}"  # the words are everybody's
    return answer
