"""Looking back, six and twelve months after the end: a short form by account, or by a signed link without one."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest, VisitorRequest
from embedded.drafts import led_before, once
from embedded.links.landing import landing
from programmes.access import scope_of
from programmes.course import actions, forms, reading
from programmes.lifecycle import LOOK_BACK_AFTER, StepRefused

ANSWERS: Final = ("lasted", "did_not_last", "carried_on_by")


@require_safe
def looking_back(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Both days, what was said, and whom to ask."""
    scope = scope_of(request)
    residency = scope.residency(slug, code)
    context = {
        "residency": residency,
        "lines": reading.look_lines(residency),
        "may_answer": scope.can("record_use", residency),
        "today": timezone.localdate(),
    }
    return render(request, "course/looking_back.jinja", context)


def look_back(request: SignedInRequest, slug: str, code: str, months: int) -> HttpResponse:
    """The short form, for somebody with an account."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="record_use")
    line = _line(residency, months)
    form = forms.LookBackForm(request.POST or None, by_link=False)
    if request.method == "POST" and line is not None and line.open and form.is_valid():
        said = actions.Answer(*(form.cleaned_data[name] for name in ANSWERS))

        def deed() -> str:
            actions.answer(
                residency=residency,
                months=months,
                said=said,
                name=request.person.display_name,
                by=request.person,
                on=timezone.localdate(),
                at=timezone.now(),
                may_steer=scope.can("steer", residency),
            )
            messages.success(request, "Saved: what lasted")
            return reverse("looking_back", args=[slug, code])

        try:
            key = form.cleaned_data["form_key"]
            return redirect(once(key, by=request.person, deed=deed, content=request.POST))
        except StepRefused as refused:
            form.add_error(None, str(refused))
    elif before := _sent_before(request):
        return redirect(before)
    context = {"residency": residency, "months": months, "form": form, "line": line}
    return render(request, "course/look_back.jinja", context)


def look_back_ask(request: SignedInRequest, slug: str, code: str, months: int) -> HttpResponse:
    """Sends the form by link to somebody who is still there."""
    scope = scope_of(request)
    residency = scope.residency(slug, code, permission="record_use")
    line = _line(residency, months)
    asked = line.row.asked_of if line and line.row else residency.host_manager_email
    form = forms.AskForm(request.POST or None, initial={"email": asked})
    if request.method == "POST" and line is not None and line.open and form.is_valid():
        email = form.cleaned_data["email"]

        def deed() -> str:
            actions.ask_to_look_back(
                residency=residency,
                months=months,
                email=email,
                by=request.person,
                on=timezone.localdate(),
                may_steer=scope.can("steer", residency),
            )
            messages.success(request, f"A link was sent to {email}")
            return reverse("looking_back", args=[slug, code])

        try:
            return redirect(once(form.cleaned_data["form_key"], by=request.person, deed=deed))
        except StepRefused as refused:
            form.add_error(None, str(refused))
    context = {"residency": residency, "months": months, "form": form, "line": line}
    return render(request, "course/look_back_ask.jinja", context)


@landing
def look_back_answer(request: VisitorRequest, token: str) -> HttpResponse:
    """The same form for whoever holds the link. Reading changes nothing (P21)."""
    found = actions.behind(token)
    if found is None:
        return render(request, "links/over.jinja", status=410)
    form = forms.LookBackForm(request.POST or None, by_link=True)
    if request.method == "POST" and found.answered_at is None and form.is_valid():
        found = actions.answer(
            residency=found.residency,
            months=found.months,
            said=actions.Answer(*(form.cleaned_data[name] for name in ANSWERS)),
            name=form.cleaned_data["name"],
            by=None,
            on=timezone.localdate(),
            at=timezone.now(),
        )
    return render(request, "course/look_back_answer.jinja", {"found": found, "form": form})


def _sent_before(request: SignedInRequest) -> str:
    """Where a second press of the same form leads: the first one has answered for that day."""
    if request.method != "POST":
        return ""
    return led_before(request.POST.get("form_key"), by=request.person, content=request.POST)


def _line(residency: Any, months: int) -> reading.LookLine | None:
    """One of the two days; None while it has not ended, 404 for any other."""
    if months not in LOOK_BACK_AFTER:
        raise Http404("We look back six and twelve months after the end")
    return next((one for one in reading.look_lines(residency) if one.months == months), None)
