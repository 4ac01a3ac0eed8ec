"""The numbers of the library, for its editors and for those who lead a programme."""

from __future__ import annotations

from typing import Final

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup

from embedded.accounts.models import Person
from embedded.accounts.requests import SignedInRequest
from embedded.charts import Bar, bar_chart, markup
from embedded.drafts import once
from embedded.nhsuk.forms import NhsForm
from embedded.tables.csv import csv_response
from guidance import numbers as counted
from guidance import opinions
from guidance.desk.editors import editor
from guidance.models import Document, Opinion

A_PAGE: Final = 25
DRAWN: Final = 10  # documents; the table has all


@require_safe
def numbers(request: SignedInRequest) -> HttpResponse:
    """Of the whole library; `?document=` of one. Words are read by the editors alone."""
    person, today = _reader(request), timezone.localdate()
    slug = request.GET.get("document", "").replace("\0", "")[:80]
    document = Document.objects.filter(slug=slug).first() if slug else None
    found = counted.numbers(today, document.slug if document else "")
    said = counted.words(today, document.slug if document else "")
    page = {
        "document": document,
        "numbers": found,
        "forms": counted.FORMS,
        "pack_forms": counted.PACK_FORMS,
        "drawing": drawing(found),
        "words": Paginator(said, A_PAGE).get_page(request.GET.get("page")) if person.edits_library else None,
        "form": NhsForm(),
        "path": f"?document={document.slug}&" if document else "?",
    }
    return render(request, "guidance/numbers.jinja", page)


@require_safe
def numbers_csv(request: SignedInRequest) -> HttpResponseBase:
    """Every count of the twelve months."""
    _reader(request)
    return csv_response("guidance-numbers.csv", counted.HEAD, counted.csv_rows(timezone.localdate()))


@require_POST
def remove_words(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes away what somebody wrote; their yes or no stays."""
    person = editor(request)
    form = NhsForm(request.POST)
    form.is_valid()
    opinion = get_object_or_404(Opinion.objects.select_related("edition__document"), pk=pk)

    def deed() -> str:
        opinions.remove_words(opinion=opinion, by=person, on=timezone.localdate())
        return reverse("guidance_numbers")

    return redirect(once(form.cleaned_data["form_key"], by=person, deed=deed, content=request.POST))


def drawing(found: counted.Numbers) -> Markup:
    """The ten that were read most."""
    bars = [Bar(line.name, line.total, f"{line.total:,}") for line in found.things[:DRAWN] if line.total]
    title = "Readings of the documents that were read most"
    return markup(bar_chart("most-read", title, "A bar for each; the table has all.", bars))


def sees_numbers(request: HttpRequest) -> bool:
    """Whether somebody edits the library or leads a programme."""
    person: Person | None = getattr(request, "person", None)
    return person is not None and (
        person.edits_library or bool(import_string(settings.NUMBERS_READER)(person))
    )


def _reader(request: SignedInRequest) -> Person:
    """The person who asks, if they may see the numbers. Http404 for everybody else."""
    if not sees_numbers(request):
        raise Http404("No numbers for this person")
    return request.person
