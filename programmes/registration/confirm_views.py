"""The pages of the manager's word: sent and waiting for it, sending the link again, and what the link opens."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from embedded.links.landing import landing, over
from programmes.access import scope_of
from programmes.lifecycle import StepRefused
from programmes.registration import confirming, forms, present
from programmes.registration.reading import registration_of


@require_safe
def registration_sent(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """The end of the journey: the reference, what happens next, who decides."""
    residency = scope_of(request).residency(slug, code, permission="submit")
    if residency.stage != "scoping":
        return redirect("registration", slug, code)
    context = {
        "residency": residency,
        "deciders": present.deciders(residency),
        "waiting": confirming.waiting(residency),
        "ask": forms.ConfirmForm(),
    }
    return render(request, "registration/sent.jinja", context)


@require_POST
def registration_ask_again(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Sends the named manager a fresh link to confirm."""
    residency = scope_of(request).residency(slug, code, permission="submit")
    form = forms.ConfirmForm(request.POST)
    form.is_valid()

    def deed() -> str:
        confirming.send_again(residency=residency, by=request.person)
        messages.success(request, f"A new link is on its way to {residency.host_manager_email}")
        return reverse("registration", args=[slug, code])

    try:
        return redirect(once(form.cleaned_data["form_key"], by=request.person, deed=deed))
    except StepRefused as refused:
        messages.info(request, str(refused))
        return redirect("registration", slug, code)


@landing
def registration_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The named manager confirms by one press, without an account, what this page showed: if it has changed since, what
    changed is shown, and the press is asked for again."""
    residency = confirming.residency_behind(token)
    if residency is None:
        return over(request, lambda: confirming.send_afresh(token))
    if request.method == "POST" and residency.confirmed_by_manager_at is not None:
        return redirect(request.path)
    today, changes = timezone.localdate(), []
    sections = present.answers(residency, change=False, today=today)
    if request.method == "POST":
        changes = confirming.changed_since(request.POST.get("seen", ""), sections)
        if not changes:
            try:
                confirming.confirm(residency=residency, version=residency.version, at=timezone.now())
                return redirect(request.path)
            except Changed:
                residency = registration_of(residency)
                sections = present.answers(residency, change=False, today=today)
                changes = confirming.changed_since(request.POST["seen"], sections)
    context = {"residency": residency, "sections": sections, "form": forms.ConfirmForm(), "changes": changes}
    return render(request, "registration/confirm.jinja", context | {"seen": confirming.seen(sections)})
