"""The page of dates away, without a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import once
from embedded.nhsuk.words import counted
from programmes.logbook import actions, present, reading
from programmes.logbook.short_forms import AwayForm, RemoveForm


def away(request: SignedInRequest) -> HttpResponse:
    """From one day to another, from noon or until noon where it says so."""
    today = timezone.localdate()
    if "remove" in request.POST:
        return _remove(request)
    form = AwayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            made = actions.be_away(
                start=typed["start"],
                start_afternoon=typed["start_afternoon"],
                end=typed["end"],
                end_noon=typed["end_noon"],
                by=request.person,
            )
            first, last = present.ends_of(made)
            days = reading.plans_on(request.person, [made])[made.pk]
            wait = f". {counted(len(days), 'plan waits', 'plans wait')} on these days" if days else ""
            messages.success(request, f"Saved: away from {first} to {last}{wait}")
            return reverse("away")

        return redirect(once(typed["form_key"], by=request.person, deed=deed, content=request.POST))
    found = reading.aways(request.person, today)
    plans = reading.plans_on(request.person, found)
    aways = [(one, *present.ends_of(one), plans[one.pk]) for one in found]
    context = {"form": form, "aways": aways, "press": RemoveForm(auto_id=False)}
    return render(request, "logbook/away.jinja", context)


def _remove(request: SignedInRequest) -> HttpResponse:
    def deed() -> str:
        actions.not_be_away(away=reading.own_away(request.person, request.POST["remove"]), by=request.person)
        messages.success(request, "Removed")
        return reverse("away")

    form_key = request.POST.get("form_key")
    return redirect(once(form_key, by=request.person, deed=deed, content=request.POST))
