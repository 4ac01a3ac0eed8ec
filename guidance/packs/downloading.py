"""Hands out the files of a pack: to everybody, or to the readers of the place that it is private to."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from embedded.audit import record_read
from embedded.errors import Gone
from embedded.files import again, response
from guidance.models import Pack, PackForm
from guidance.packs import reading
from guidance.packs.build import WITHDRAWN, place_of
from guidance.packs.bundle import pack_filename
from guidance.packs.counting import count


def download(request: HttpRequest, pack: Pack, form: str) -> HttpResponseBase:
    """The PDF or the ZIP, counted; 304 to whoever has it. Raises Http404 where it is not made, Gone where a document of
    it was withdrawn, and embedded.files.Damaged."""
    made = pack.pdf if form == PackForm.PDF else pack.bundle
    if made is None:
        raise Http404("This pack is not made")
    if reading.is_withdrawn(pack):
        raise Gone(WITHDRAWN)
    known = None if pack.private_to else again.known(request, made)
    if known is not None:
        return known
    answer = response(made, pack_filename(pack, form))
    count(request, answer, pack, form)
    if not pack.private_to:
        return again.for_everybody(
            answer, made, lambda later, its_answer: count(later, its_answer, pack, form)
        )
    person = getattr(request, "person", None)
    record_read(person, "pack", str(pack), place_of(pack), details={"form": form})
    return answer
