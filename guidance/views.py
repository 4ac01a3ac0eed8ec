"""The library's pages, open to everybody: the shelves, one document, its editions, and its files."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.files import NoRoom
from embedded.pdf import CannotPrint
from guidance import listing, present, reading
from guidance.choosing import Wish
from guidance.counting import count
from guidance.downloading import download, downloads
from guidance.holding import held
from guidance.medium import WEB
from guidance.neighbours import neighbours
from guidance.numbers_views import sees_numbers
from guidance.typeset import typeset


@login_not_required
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The shelves; `?who=`, `?moment=`, `?topic=` and `?q=` leave some of it out, each with the others."""
    page = listing.library(Wish.of(request.GET)) | {"sees_numbers": sees_numbers(request)}
    return render(request, "guidance/library.jinja", page)


@login_not_required
@require_safe
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """A document as a web page; `?version=` for an older edition."""
    newest = reading.current(slug)
    edition = reading.asked_for(slug, request.GET.get("version", "")) or newest
    library = held(newest.stamp)  # type: ignore[attr-defined]
    loose = reading.loose_links(edition.body, library)
    page = {
        "edition": edition,
        "document": edition.document,
        "newest": newest,
        "text": typeset(edition.body, edition.notes, WEB, not edition.one_page, loose),
        "review_line": present.review_line(edition),
        "reviewers": present.reviewers(edition),
        "downloads": downloads(edition),
        "neighbours": neighbours(edition.document, library),
        "is_overdue": present.is_overdue(edition.document, timezone.localdate()),
        "citation": present.citation(edition),
    }
    answer = render(request, "guidance/document.jinja", page)
    count(request, answer, edition, "html")
    return answer


@login_not_required
@require_safe
def editions(request: HttpRequest, slug: str) -> HttpResponse:
    """Which versions there were, and what changed in each."""
    history = reading.history(slug)
    page = {"document": history[0].document, "editions": history, "downloads": downloads}
    return render(request, "guidance/editions.jinja", page)


@login_not_required
@require_safe
def file(request: HttpRequest, slug: str, again: str, number: reading.Number, form: str) -> HttpResponseBase:
    """A published edition as a tagged PDF, a Word file or a spreadsheet, made on the spot only if it has not been."""
    if again != slug:
        raise Http404("The file is named as its document is")
    edition = reading.numbered(slug, number)
    try:
        return download(request, edition, form)
    except (CannotPrint, NoRoom) as error:
        return render(request, "guidance/no_pdf.jinja", {"edition": edition, "why": error}, status=503)
