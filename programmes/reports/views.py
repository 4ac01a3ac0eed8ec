"""The pages of reports: ask for one and see those of before, watch one being made, read it, download it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.audit import record_read
from embedded.drafts import once
from embedded.files import Damaged, response
from programmes.access import scope_of
from programmes.reports import actions, present, reading
from programmes.reports.content import Content, drawing
from programmes.reports.forms import AgainForm, ReportForm

if TYPE_CHECKING:
    from programmes.models import Programme, Report

A_PAGE = 20


def reports(request: SignedInRequest, slug: str) -> HttpResponse:
    """Asks for a report, and lists those that the person may read."""
    scope = scope_of(request)
    programme = scope.programme(slug, reading.ASK)
    reach = reading.reach_of(scope, programme)
    form = ReportForm(request.POST or None, programme=programme, reach=reach, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_ask(request, programme, form))
        except actions.TooManyWaiting as problem:
            form.add_error(None, str(problem))
    page = Paginator(reading.reports_in(scope, programme), A_PAGE).get_page(request.GET.get("page"))
    lines = [(present.line(report, _pdf_url(report)), AgainForm(auto_id=False)) for report in page]
    context = {"programme": programme, "form": form, "reach": reach, "page": page, "lines": lines}
    return render(request, "reports/reports.jinja", context)


def _ask(request: SignedInRequest, programme: Programme, form: ReportForm) -> str:
    def deed() -> str:
        return actions.ask_for_report(
            programme=programme,
            theme=form.theme,
            period=form.chosen_period,
            prepared_for=form.cleaned_data["prepared_for"],
            by=request.person,
            at=timezone.now(),
        ).get_absolute_url()

    return once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)


def report(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One report: how far it is, what it says, or why it could not be made."""
    scope = scope_of(request)
    programme = scope.programme(slug, reading.ASK)
    found = reading.report_in(scope, programme, pk)
    if request.method == "POST":
        return _again(request, found)
    if present.is_open(found):
        return _waiting(request, programme, found)
    if request.htmx:  # type: ignore[attr-defined]
        return HttpResponse(headers={"HX-Refresh": "true"})
    if found.made_at is None:
        context = {
            "programme": programme,
            "line": present.line(found, ""),
            "job": found.job,
            "form": AgainForm(),
        }
        return render(request, "reports/failed.jinja", context)
    record_read(request.person, "report", str(found), reading.place_of(found), details={"form": "page"})
    context = {
        "programme": programme,
        "content": Content.from_json(found.figures or {}),
        "drawing": drawing,
        "line": present.line(found, _pdf_url(found)),
    }
    return render(request, "reports/report.jinja", context)


def _waiting(request: SignedInRequest, programme: Programme, found: Report) -> HttpResponse:
    """Looks again by itself, with and without JavaScript; "?still=1" switches that off (WCAG 2.2.1)."""
    context = {
        "programme": programme,
        "line": present.line(found, ""),
        "job": found.job,
        "progress": present.progress_words(found.job),
        "still": "still" in request.GET,
    }
    answer = render(request, "reports/waiting.jinja", context)
    answer["Cache-Control"] = "no-store"
    return answer


def _again(request: SignedInRequest, found: Report) -> HttpResponse:
    form = AgainForm(request.POST)
    form.is_valid()

    def deed() -> str:
        if not actions.try_again(report=found, by=request.person):
            messages.info(request, "There is nothing to try again: this report is on its way or made.")
        return found.get_absolute_url()

    return redirect(once(form.cleaned_data["form_key"], by=request.person, deed=deed))


@require_safe
def report_pdf(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """The made file, to whoever may read the report at this moment (P4), noted as read (P11)."""
    scope = scope_of(request)
    programme = scope.programme(slug, reading.ASK)
    found = reading.report_in(scope, programme, pk)
    if found.pdf is None:
        raise Http404("This report is not made yet")
    try:
        answer = response(found.pdf)
    except Damaged:
        messages.error(request, "The PDF cannot be read any more. This page shows the same figures.")
        return redirect(found.get_absolute_url())
    record_read(request.person, "report", str(found), reading.place_of(found), details={"form": "pdf"})
    return answer


def _pdf_url(report: Report) -> str:
    return reverse("report_pdf", args=[report.programme.slug, report.pk])
