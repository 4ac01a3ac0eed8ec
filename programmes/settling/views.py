"""The page of the first hundred days, and its presses."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import once
from programmes.access import scope_of
from programmes.settling import actions, plan, reading
from programmes.settling.forms import LineForm


def settling(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Who is who, what is missing, what to do by when; a line of one's own is added here."""
    residency = scope_of(request).residency(slug, code, permission="log")
    person, today = request.person, timezone.localdate()
    start = reading.first_day(residency, person)
    week = plan.week_of(start, today)
    form = LineForm(request.POST or None, initial={"week": week})
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            actions.add_own(residency=residency, week=typed["week"], words=typed["words"], by=person)
            return reverse("settling", args=[slug, code])

        url = once(typed["form_key"], by=person, deed=deed, content=request.POST)
        messages.success(request, "Saved on your list")
        return redirect(url)
    context = {
        "residency": residency,
        "who": reading.who_is_who(residency, person, today),
        "missing": reading.missing(residency, person, today),
        "lines": plan.shown(residency, reading.kept_lines(residency, person), start),
        "week": week,
        "today": today,
        "form": form,
    }
    return render(request, "settling/settling.jinja", context)


@require_POST
def settling_tick(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """One press on the list: done, not done after all, or taken out where it is one's own."""
    residency = scope_of(request).residency(slug, code, permission="log")
    press, _, value = request.POST.get("press", "").partition(":")

    def deed() -> str:
        _press(residency, press, value, request.person, timezone.localdate())
        return reverse("settling", args=[slug, code]) + "#first-days"

    return redirect(once(request.POST.get("form_key"), by=request.person, deed=deed, content=request.POST))


def _press(residency: Any, press: str, value: str, person: Any, today: datetime.date) -> None:
    on = today if press == "done" else None
    if value.startswith("own-"):
        own = reading.own_line(residency, person, value)
        if press == "remove":
            actions.remove_own(line=own, by=person)
        elif press in ("done", "undone"):
            actions.tick_own(line=own, by=person, on=on)
    elif press in ("done", "undone"):
        line = next((one for one in plan.from_the_record(residency) if one.key == value), None)
        if line is None:
            raise Http404("No line of that name")
        actions.tick(residency=residency, line=line, by=person, on=on)
