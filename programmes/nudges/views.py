"""The switch of reminders: for whoever is signed in, and for whoever holds the link in a letter."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import once
from embedded.links.landing import landing
from programmes.nudges import actions
from programmes.nudges.forms import PressForm


def nudges(request: SignedInRequest) -> HttpResponse:
    """Whether reminders of one's own log come; one press changes it."""
    person, form = request.person, PressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = request.POST.get("reminders") == "on"

        def deed() -> str:
            actions.set_reminders(person=person, wanted=wanted, by=person, on=timezone.localdate())
            messages.success(request, f"Saved: reminders are {'on' if wanted else 'off'}")
            return reverse("nudges")

        return redirect(once(form.cleaned_data["form_key"], by=person, deed=deed))
    context = {"form": form, "off": actions.is_off(person), "signed_in": True}
    return render(request, "nudges/nudges.jinja", context)


@landing
def nudge_open(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link at the foot of the letter, without signing in."""
    person = actions.person_behind(token)
    if person is None:
        return render(request, "links/over.jinja", status=410)
    form = PressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = request.POST.get("reminders") == "on"

        def deed() -> str:
            actions.set_reminders(person=person, wanted=wanted, by=None, on=timezone.localdate())
            return request.path

        return redirect(once(form.cleaned_data["form_key"], by=None, deed=deed))
    context = {"form": form, "off": actions.is_off(person), "signed_in": False}
    return render(request, "nudges/nudges.jinja", context)
