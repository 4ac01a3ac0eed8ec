"""The pages of the log: write, change, remove; dates away."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.models import Person
from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from embedded.nhsuk.words import day, minutes
from programmes.access import scope_of
from programmes.entries import people_met, writing
from programmes.entries.circle import circle
from programmes.entries.days import check_day
from programmes.entries.own import own_entries, own_entry
from programmes.entries.words import with_words
from programmes.logbook import actions, present, reading
from programmes.logbook.forms import AwayForm, LogForm, RemoveForm, starting_values


def log(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """One screen: the form, and the latest entries beneath it."""
    residency = scope_of(request).residency(slug, code, permission="log")
    person, today = request.person, timezone.localdate()
    form = _form(request, residency, today, None)
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            activity = writing.log_activity(residency=residency, entry=_entry(form, person), by=person)
            _say_saved(request, activity, today)
            return reverse("log", args=[slug, code])

        return redirect(once(form.cleaned_data["form_key"], by=person, deed=deed, content=request.POST))
    context = {
        "form": form,
        "residency": residency,
        "entries": with_words(own_entries(residency, person)[: reading.RECENT], person),
        "week": reading.minutes_of_week(person, today),
        "today": today,
        "warning": present.outside_dates(residency, today),
    }
    return render(request, "logbook/log.jinja", context)


def log_entry(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Changes an entry of one's own."""
    residency = scope_of(request).residency(slug, code, permission="log")
    person, today = request.person, timezone.localdate()
    activity = own_entry(residency, person, pk)
    form = _form(request, residency, today, activity)
    changed = False
    if request.method == "POST" and form.is_valid():

        def deed() -> str:
            version = form.cleaned_data["version"]
            entry = _entry(form, person)
            writing.change_activity(activity=activity, entry=entry, version=version, by=person)
            return reverse("log", args=[slug, code])

        try:
            url = once(form.cleaned_data["form_key"], by=person, deed=deed, content=request.POST)
        except Changed:
            changed = True
            activity = own_entry(residency, person, pk)
            form.renew(activity.version)
        else:
            messages.success(request, "Saved")
            return redirect(url)
    text = with_words([activity], person)[0][1] if changed else ""
    context = {"form": form, "residency": residency, "activity": activity, "changed": changed, "text": text}
    return render(request, "logbook/entry.jinja", context)


def log_remove(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Asks once more, then takes an entry out."""
    residency = scope_of(request).residency(slug, code, permission="log")

    def deed() -> str:
        writing.remove_activity(activity=own_entry(residency, request.person, pk), by=request.person)
        return reverse("log", args=[slug, code])

    if request.method == "POST":
        url = once(request.POST.get("form_key"), by=request.person, deed=deed)
        messages.success(request, "Removed from your log")
        return redirect(url)
    activity = own_entry(residency, request.person, pk)
    text = with_words([activity], request.person)[0][1]
    context = {"residency": residency, "activity": activity, "text": text, "form": RemoveForm()}
    return render(request, "logbook/remove.jinja", context)


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
    others = circle(residency, person, today)
    remembered = "" if request.POST else reading.last_kind(residency, person)
    initial = starting_values(activity, today, remembered)
    return LogForm(
        request.POST or None,
        initial=initial,
        today=today,
        hosts=residency.hosts,
        projects=residency.projects.all(),
        supervisors=others.supervisors,
        everyone=others.everyone,
        check_day=lambda date, minutes: check_day(person, date, minutes, activity),
        version=activity.version if activity is not None else None,
    )


def _entry(form: LogForm, person: Person) -> writing.Entry:
    """What was typed; whoever asked for it goes into the person's own list."""
    asked_by = form.cleaned_data["asked_by"]
    return form.entry(people_met.add(person=person, name=asked_by) if asked_by else None)


def _say_saved(request: SignedInRequest, activity: Any, today: datetime.date) -> None:
    """Says back what was saved, so that a remembered kind is no silent error (users.md §3)."""
    when = "today" if activity.date == today else day(activity.date)
    kind = activity.get_kind_display().lower()
    messages.success(request, f"Saved: {minutes(activity.minutes)}, {kind}, {when}")
