"""The page that brings in something that is running already."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import once
from programmes import adopting
from programmes.access import scope_of
from programmes.lifecycle import StepRefused
from programmes.registers.field import learn_from
from programmes.registration import pages
from programmes.registration.adopt_form import AdoptForm
from programmes.registration.rows import rows_asked, typed_so_far


def adopt(request: SignedInRequest, slug: str) -> HttpResponse:
    """Brings in something that is running already."""
    scope = scope_of(request)
    programme = scope.programme(slug, "adopt")
    themes = pages.themes_offered(scope, programme)
    leads_whole = scope.leads_whole("adopt", programme)
    if not (leads_whole or themes):
        raise PermissionDenied
    rows = rows_asked(request.POST)
    form = _form(request, programme, programme.themes.all() if leads_whole else themes, rows)
    if request.method == "POST" and form.is_bound and form.is_valid():
        try:
            return redirect(_bring_in(request, programme, form, None if leads_whole else themes[0]))
        except StepRefused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "programme": programme, "by_file": leads_whole, "rows": rows}
    return render(request, "registration/adopt.jinja", context)


def _form(request: SignedInRequest, programme: Any, themes: Any, rows: int) -> AdoptForm:
    """With what was typed and nothing checked when a row was added."""
    options: dict[str, Any] = {
        "stages": adopting.STAGES,
        "themes": themes,
        "researcher_word": programme.researcher_word,
        "today": timezone.localdate(),
        "rows": rows,
    }
    if "add" not in request.POST:
        return AdoptForm(request.POST or None, **options)
    return AdoptForm(initial=typed_so_far(AdoptForm(**options), request.POST), **options)


def _bring_in(request: SignedInRequest, programme: Any, form: AdoptForm, own_theme: Any) -> str:
    """Whoever leads a theme and not the whole brings in for the first of theirs, unless another is chosen."""
    typed = form.cleaned_data

    def deed() -> str:
        residency = adopting.adopt(
            programme=programme,
            running=_running(form),
            theme=form.by_theme.get(typed.get("theme", "")) or own_theme,
            by=request.person,
            on=timezone.localdate(),
            at=timezone.now(),
        )
        learn_from(form, by=request.person)
        messages.success(request, f"Brought in: {residency.title}, {residency.code}")
        another = "another" in request.POST
        return reverse("adopt", args=[programme.slug]) if another else residency.get_absolute_url()

    return once(typed["form_key"], by=request.person, deed=deed, content=request.POST)


def _running(form: AdoptForm) -> adopting.Running:
    typed = form.cleaned_data
    return adopting.Running(
        title=typed["title"],
        host=typed["host"],
        stage=typed["stage"],
        start=typed["start"],
        end=typed["end"],
        researcher_name=typed["researcher_name"],
        researcher_email=typed["researcher_email"],
        days_a_week=typed["days_a_week"],
        academic_home=typed["academic_home"],
        further_hosts=form.further_hosts(),
        approved=_earlier(typed, "approved"),
        agreement=_earlier(typed, "agreement"),
        agreement_covers=typed["agreement_covers"],
        own_reference=typed["own_reference"],
        researcher_role=typed["researcher_role"],
        direction=typed["direction"],
        look_again_on=typed["look_again_on"],
        why_paused=typed["why_paused"],
        host_manager=_named(typed, "host_manager"),
        host_supervisor=_named(typed, "host_supervisor"),
        academic_supervisor=_named(typed, "academic_supervisor"),
        permission=_permission(typed),
    )


def _named(typed: dict[str, Any], part: str) -> adopting.Named:
    return adopting.Named(typed[f"{part}_name"], typed[f"{part}_email"])


def _earlier(typed: dict[str, Any], step: str) -> adopting.EarlierStep | None:
    on = typed[f"{step}_on"]
    return adopting.EarlierStep(on, typed[f"{step}_kept_at"]) if on else None


def _permission(typed: dict[str, Any]) -> adopting.Permission | None:
    if not typed["permission"]:
        return None
    return adopting.Permission(
        kind=typed["permission"],
        issued_on=typed["permission_issued_on"],
        reference=typed["permission_reference"],
        issuer=typed["permission_issuer"],
        until=typed["permission_until"],
    )
