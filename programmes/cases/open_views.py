"""The pages of published case studies, open to everybody."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.files import Damaged, response
from programmes.cases import reading
from programmes.cases.content import document_of
from programmes.cases.counting import count


@login_not_required
@require_safe
def open_cases(request: HttpRequest) -> HttpResponse:
    """All that may be read today."""
    found = reading.open_cases(timezone.localdate())
    return render(request, "cases/open_cases.jinja", {"cases": found})


@login_not_required
@require_safe
def open_case(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them; 410 once it is withdrawn."""
    found = reading.open_case(pk, timezone.localdate())
    answer = render(request, "cases/open_case.jinja", {"case": found, "document": document_of(found)})
    return _counted(request, answer, found, "html")


@login_not_required
@require_safe
def open_case_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a tagged PDF."""
    found = reading.open_case(pk, timezone.localdate())
    if found.pdf is None:
        raise Http404("This case study is not printed yet")
    try:
        answer = response(found.pdf)
    except Damaged as lost:
        raise Http404("The file of this case study is lost") from lost
    return _counted(request, answer, found, "pdf")


def _counted(request: HttpRequest, answer: HttpResponse, found: Any, form: str) -> HttpResponse:
    """Only a GET counts: programs that look with HEAD read nothing."""
    if request.method == "GET":
        count(answer, found, form, getattr(request, "person", None))
    return answer
