"""The pages of the log: write, change, remove; dates away; notes shared with me; what others see of it."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.audit import record_read
from embedded.drafts import Changed, once
from embedded.nhsuk.words import day, minutes
from programmes.access import scope_of
from programmes.logbook import actions, present, reading
from programmes.logbook.forms import AwayForm, LogForm, RemoveForm, starting_values


def log(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """One screen: the form, and the latest entries beneath it."""
    residency = scope_of(request).residency(slug, code, permission="log")
    person, today = request.person, timezone.localdate()
    form = _form(request, residency, today, None)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            activity = actions.log_activity(residency=residency, entry=form.entry(), by=person)
            _say_saved(request, activity, today)
            return reverse("log", args=[slug, code])

        return redirect(once(form.cleaned_data["form_key"], by=person, deed=deed, content=request.POST))
    context = {
        "form": form,
        "residency": residency,
        "entries": reading.own_entries(residency, person)[: reading.RECENT],
        "week": reading.minutes_of_week(person, today),
        "today": today,
        "warning": present.outside_dates(residency, today),
    }
    return render(request, "logbook/log.jinja", context)


def log_entry(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Changes an entry of one's own."""
    residency = scope_of(request).residency(slug, code, permission="log")
    person, today = request.person, timezone.localdate()
    activity = reading.own_entry(residency, person, pk)
    form = _form(request, residency, today, activity)
    changed = False
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            version = form.cleaned_data["version"]
            actions.change_activity(activity=activity, entry=form.entry(), version=version, by=person)
            return reverse("log", args=[slug, code])

        try:
            url = once(form.cleaned_data["form_key"], by=person, deed=deed, content=request.POST)
        except Changed:
            changed = True
            activity = reading.own_entry(residency, person, pk)
            form.renew(activity.version)
        else:
            messages.success(request, "Saved")
            return redirect(url)
    context = {"form": form, "residency": residency, "activity": activity, "changed": changed, "today": today}
    return render(request, "logbook/entry.jinja", context)


def log_remove(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Asks once more, then takes an entry out."""
    residency = scope_of(request).residency(slug, code, permission="log")

    def deed() -> str:
        actions.remove_activity(activity=reading.own_entry(residency, request.person, pk), by=request.person)
        return reverse("log", args=[slug, code])

    if request.method == "POST":
        url = once(request.POST.get("form_key"), by=request.person, deed=deed)
        messages.success(request, "Removed from your log")
        return redirect(url)
    activity = reading.own_entry(residency, request.person, pk)
    context = {"residency": residency, "activity": activity, "form": RemoveForm()}
    return render(request, "logbook/remove.jinja", context)


@require_safe
def log_months(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Closed months, kinds and totals: exactly what hosts and leads see, for the researcher too."""
    residency = scope_of(request).residency(slug, code, permission="see_log_months")
    context = {
        "residency": residency,
        "months": present.months_seen(scope_of(request).residencies(), residency, timezone.localdate()),
        "own": scope_of(request).can("log", residency),
    }
    return render(request, "logbook/months.jinja", context)


@require_safe
def notes(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Notes of this residency that name the person who looks; noted as read (P11)."""
    residency = scope_of(request).residency(slug, code)
    shared = reading.notes_shared_with(residency, request.person, timezone.localdate())
    if shared:
        place = f"p/{slug}/r/{residency.code}/notes"
        record_read(request.person, "shared_notes", residency.code, place, details={"number": len(shared)})
    return render(request, "logbook/notes.jinja", {"residency": residency, "notes": shared})


def away(request: SignedInRequest) -> HttpResponse:
    """Dates away, without a reason."""
    today = timezone.localdate()
    if "remove" in request.POST:
        actions.not_be_away(away=reading.own_away(request.person, request.POST["remove"]), by=request.person)
        messages.success(request, "Removed")
        return redirect("away")
    form = AwayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            actions.be_away(start=typed["start"], end=typed["end"], by=request.person)
            messages.success(request, f"Saved: away from {day(typed['start'])} to {day(typed['end'])}")
            return reverse("away")

        return redirect(once(typed["form_key"], by=request.person, deed=deed, content=request.POST))
    context = {"form": form, "aways": reading.aways(request.person, today)}
    return render(request, "logbook/away.jinja", context)


def _form(request: SignedInRequest, residency: Any, today: datetime.date, activity: Any) -> LogForm:
    person = request.person
    circle = reading.circle(residency, person, today)
    remembered = "" if request.POST else reading.last_kind(residency, person)
    initial = starting_values(activity, today, remembered)
    if activity is not None:
        initial |= reading.note_values(activity, person)
    return LogForm(
        request.POST or None,
        initial=initial,
        today=today,
        hosts=residency.hosts,
        projects=residency.projects.all(),
        supervisors=circle.supervisors,
        everyone=circle.everyone,
        logged_on=lambda date: reading.minutes_of_day(person, date, activity),
        version=activity.version if activity is not None else None,
    )


def _say_saved(request: SignedInRequest, activity: Any, today: datetime.date) -> None:
    """Says back what was saved, so that a remembered kind is no silent error (users.md §3)."""
    when = "today" if activity.date == today else day(activity.date)
    kind = activity.get_kind_display().lower()
    messages.success(request, f"Saved: {minutes(activity.minutes)}, {kind}, {when}")
