"""Hands out a file of an edition: kept ready, made on the spot when it is not, and known again by its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from embedded.files import Damaged, again, response
from embedded.files.models import MadeFile
from guidance.counting import count
from guidance.making import file_name, forms_of, kept_file, make_file
from guidance.models import Edition
from guidance.present import size

FORMS: Final = {"pdf": "PDF", "word": "Word", "sheet": "Excel"}


@dataclass(frozen=True)
class Download:
    """A link to a file of an edition: the name of its address, and what follows the link so that nobody is surprised
    by it: "PDF, 2 pages, 87 KB"."""

    address: str
    words: str


def downloads(edition: Edition) -> tuple[Download, ...]:
    """The files of an edition, the PDF first."""
    return tuple(Download(f"guidance_{form}", _file_words(edition, form)) for form in forms_of(edition))


def _file_words(edition: Edition, form: str) -> str:
    made, pages = kept_file(edition, form), edition.pdf_pages if form == "pdf" else None
    counted = f"{pages} page{'' if pages == 1 else 's'}" if pages else ""
    return ", ".join(part for part in (FORMS[form], counted, size(made.size) if made else "") if part)


def download(request: HttpRequest, edition: Edition, form: str) -> HttpResponseBase:
    """The file of a form, counted. Raises Http404 when the edition has none of that form, and embedded.pdf.CannotPrint
    or embedded.files.NoRoom when it has not been made and cannot be."""
    if form not in forms_of(edition):
        raise Http404("There is no such file of this edition")
    try:
        return _file(
            request, edition, form, kept_file(edition, form) or make_file(edition=edition, form=form)
        )
    except Damaged:  # the data folder lost it, and it can be made again
        return _file(request, edition, form, make_file(edition=edition, form=form))


def _file(request: HttpRequest, edition: Edition, form: str, made: MadeFile) -> HttpResponseBase:
    """The file, or 304 to a reader who has it. Raises embedded.files.Damaged."""
    known = again.known(request, made)
    if known is not None:
        return known
    file = response(made, file_name(edition, form))
    count(request, file, edition, form)
    return again.for_everybody(file, made, lambda later, answer: count(later, answer, edition, form))
