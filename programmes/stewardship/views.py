"""The page of stewardship: who guides it, who stands behind it, and how it will end."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from programmes.access import scope_of
from programmes.lifecycle import StepRefused
from programmes.stewardship import actions
from programmes.stewardship.forms import SteeringForm, saved_values


def steering(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Shows and saves it all at once; the end only for those who may decide about it."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="set_up")
    form = _form(request, residency, may_end=scope.can("steer", residency))
    changed = False
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_save(request, residency, form))
        except StepRefused as refused:
            residency = scope.residency(slug, code)
            form.add_error("new_end", str(refused))
        except Changed:
            changed, residency = True, scope.residency(slug, code)
            form = _form(request, residency, may_end=form.may_end, afresh=True)
    context = {
        "residency": residency,
        "form": form,
        "changed": changed,
        "ends": residency.end_changes.select_related("by"),
    }
    return render(request, "stewardship/steering.jinja", context)


def _form(request: SignedInRequest, residency: Any, *, may_end: bool, afresh: bool = False) -> SteeringForm:
    """What was typed stays; `afresh` gives it the version that is saved now, so that it can be saved over it."""
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and afresh:
        data["version"] = str(residency.version)
    return SteeringForm(
        data,
        initial=saved_values(residency),
        today=timezone.localdate(),
        may_end=may_end,
        is_known=residency.guiding_group_entered_on is not None,
        version=residency.version,
    )


def _save(request: SignedInRequest, residency: Any, form: SteeringForm) -> str:
    def deed() -> str:
        actions.record_steering(
            residency=residency,
            steering=form.steering(),
            ending=form.ending(),
            version=form.cleaned_data["version"],
            by=request.person,
            on=timezone.localdate(),
        )
        messages.success(request, "Saved: who guides it and how it will end")
        return str(residency.get_absolute_url())

    return once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
