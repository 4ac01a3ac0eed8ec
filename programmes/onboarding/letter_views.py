"""The switch of the weekly letter: for whoever is signed in, and for whoever holds the link in a letter."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import once
from embedded.links.landing import landing
from programmes.onboarding import reminding
from programmes.onboarding.forms import PressForm


def weekly_letter(request: SignedInRequest) -> HttpResponse:
    """Whether one's own weekly letter on access comes; one press changes it."""
    email, form = request.person.email, PressForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and email:
        wanted = request.POST.get("weekly") == "on"

        def deed() -> str:
            today = timezone.localdate()
            reminding.set_weekly(email=email, wanted=wanted, by=request.person, on=today)
            messages.success(request, f"Saved: the weekly letter is {'on' if wanted else 'off'}")
            return reverse("weekly_letter")

        return redirect(once(form.cleaned_data["form_key"], by=request.person, deed=deed))
    context = {"form": form, "email": email, "quiet": reminding.is_quiet(email)}
    return render(request, "onboarding/weekly.jinja", context)


@landing
def weekly_letter_open(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link at the foot of the letter; no account is needed."""
    email = reminding.address_behind(token)
    if not email:
        return render(request, "links/over.jinja", status=410)
    form = PressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        wanted = request.POST.get("weekly") == "on"

        def deed() -> str:
            reminding.set_weekly(email=email, wanted=wanted, by=None, on=timezone.localdate())
            return reverse("weekly_letter_open", args=[token])

        return redirect(once(form.cleaned_data["form_key"], by=None, deed=deed))
    context = {"form": form, "email": email, "quiet": reminding.is_quiet(email)}
    return render(request, "onboarding/weekly.jinja", context)
