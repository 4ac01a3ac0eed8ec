"""The list of residencies: narrowed, searched, sorted, a page at a time, and as a file of exactly what is shown."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.audit import record_read
from embedded.tables.csv import csv_response
from programmes.access import scope_of
from programmes.home import finding, lines, reading
from programmes.home.forms import STAGES, FilterForm, first_shown


@require_safe
def residencies(request: SignedInRequest, slug: str) -> HttpResponse:
    """The residencies of a programme that the person reaches, as the address asks for them."""
    scope, today = scope_of(request), timezone.localdate()
    programme = scope.programme(slug)
    asked = finding.Filter.of(request.GET)
    page, on_page = lines.page_of(asked, scope.residencies(programme), programme, request.GET.get("page"))
    leads = scope.leads_whole("register", programme)
    context = {
        "programme": programme,
        "page": page,
        "lines": lines.shown(on_page, programme, today),
        "asked": asked,
        "told": reading.told(asked, programme),
        "stages": STAGES,
        "sorts": finding.SORTS,
        "sizes": finding.SIZES,
        "may_register": scope.can_in_programme("register", programme),
        "may_adopt": scope.can_in_programme("adopt", programme),
        "leads": leads,
        "interested": programme.interests.waiting().count() if leads else 0,
        "may_by_file": scope.leads_whole("adopt", programme),
    }
    return render(request, "home/residencies.jinja", context)


@require_safe
def residencies_filter(request: SignedInRequest, slug: str) -> HttpResponse:
    """All the ways to narrow the list on one page; what is chosen there leads back to the list."""
    programme = scope_of(request).programme(slug)
    asked = finding.Filter.of(request.GET)
    sent = request.GET if "apply" in request.GET else None
    form = FilterForm(sent, programme=programme, initial=first_shown(asked))
    if sent is not None and form.is_valid():
        return redirect(reverse("residencies", args=[slug]) + form.chosen(asked).query)
    context = {"programme": programme, "form": form, "asked": asked}
    return render(request, "home/residencies_filter.jinja", context)


@require_safe
def residencies_csv(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """The same as a table to download: exactly what is narrowed to, all pages of it, noted as read (P11)."""
    scope, today = scope_of(request), timezone.localdate()
    programme = scope.programme(slug)
    found = finding.Filter.of(request.GET).apply(scope.residencies(programme), programme)
    count, place = found.count(), f"p/{slug}/residencies"
    record_read(request.person, "residencies", "List of residencies", place, details={"rows": count})
    return csv_response(f"{slug}-{today:%Y-%m-%d}.csv", lines.HEAD, lines.file_rows(found, today))
