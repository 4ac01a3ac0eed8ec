"""The pages of evidence: what was used in decisions, one record, the host's confirmation by link."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest, VisitorRequest
from embedded.drafts import once
from embedded.links.landing import landing
from programmes.access import scope_of
from programmes.evidence import actions, reading
from programmes.evidence.forms import AskForm, ConfirmForm, UseForm


@require_safe
def uses(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """All uses of one residency, the latest decision first."""
    scope = scope_of(request)
    residency = scope.residency(slug, code)
    context = {
        "residency": residency,
        "uses": reading.uses_of(residency),
        "may_record": scope.can("record_use", residency),
    }
    return render(request, "evidence/uses.jinja", context)


def use_new(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Records a use in a decision."""
    residency = scope_of(request).residency(slug, code, permission="record_use")
    form = UseForm(request.POST or None, today=timezone.localdate(), projects=residency.projects.all())
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            use = actions.record_use(
                residency=residency,
                words=form.words(),
                by=request.person,
                at=timezone.now(),
                confirm_by=form.cleaned_data["confirm_by"],
            )
            messages.success(request, "Saved: used in a decision")
            return reverse("use", args=[slug, code, use.pk])

        return redirect(
            once(form.cleaned_data["form_key"], by=request.person, deed=deed, content=request.POST)
        )
    return render(request, "evidence/new.jinja", {"residency": residency, "form": form})


def use(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """One record, and asking for its confirmation."""
    scope = scope_of(request)
    needed = "record_use" if request.method == "POST" else "see_residency"
    residency = scope.residency(slug, code, permission=needed)
    found = reading.use_of(residency, pk)
    may_ask = scope.can("record_use", residency) and found.confirmed_at is None
    form = AskForm(request.POST or None, initial={"email": found.confirm_asked_of})
    if request.method == "POST" and may_ask and form.is_valid():

        def deed() -> str:
            actions.ask_to_confirm(use=found, email=form.cleaned_data["email"], by=request.person)
            messages.success(request, f"A link was sent to {form.cleaned_data['email']}")
            return reverse("use", args=[slug, code, pk])

        return redirect(once(form.cleaned_data["form_key"], by=request.person, deed=deed))
    context = {
        "residency": residency,
        "use": found,
        "form": form if may_ask else None,
        "letter_problem": actions.letter_problem(found),
    }
    return render(request, "evidence/use.jinja", context)


@landing
def use_confirm(request: VisitorRequest, token: str) -> HttpResponse:
    """The host's page: what is said to have been used, and one press. Reading changes nothing (P21)."""
    found = actions.use_behind(token)
    if found is None:
        return render(request, "links/over.jinja", status=410)
    form = ConfirmForm(request.POST or None)
    if request.method == "POST" and found.confirmed_at is None and form.is_valid():
        found = actions.confirm(use=found, name=form.cleaned_data["name"], at=timezone.now())
    return render(request, "evidence/confirm.jinja", {"use": found, "form": form})
