"""The page on which a wrong start and wrong days a week are corrected."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from programmes.access import scope_of
from programmes.course import corrections, forms
from programmes.lifecycle import StepRefused


def correct(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """The day it started and the days a week, as they were; the end is moved on its own page (V-18)."""
    scope, today = scope_of(request), timezone.localdate()
    residency = scope.residency(slug, code, permission="set_up")
    days = f"{residency.days_a_week.normalize():f}" if residency.days_a_week else None
    saved = {"started_on": residency.started_on, "days_a_week": days}
    form = forms.CorrectForm(request.POST or None, initial=saved, version=residency.version, today=today)
    changed, open_now = False, residency.stage in corrections.OPEN_STAGES
    if request.method == "POST" and form.is_valid() and open_now:
        typed = form.cleaned_data

        def deed() -> str:
            answers = {name: typed[name] for name in ("started_on", "days_a_week", "why", "version")}
            corrections.correct(residency=residency, by=request.person, on=today, **answers)
            messages.success(request, "Corrected. What it was stays in the history")
            return reverse("registration", args=[slug, code])

        try:
            return redirect(once(typed["form_key"], by=request.person, deed=deed, content=request.POST))
        except StepRefused as refused:
            residency.refresh_from_db()
            form.add_error("started_on", str(refused))
        except Changed:
            changed = True
            residency.refresh_from_db()
            form.renew(residency.version)
    context = {"residency": residency, "form": form, "changed": changed, "open_now": open_now}
    context["may_steer"] = scope.can("steer", residency)
    return render(request, "course/correct.jinja", context)
