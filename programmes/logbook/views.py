"""The pages of the log: write, change, remove."""

from __future__ import annotations

import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, drop_draft, once
from programmes.access import scope_of
from programmes.entries import waiting, writing
from programmes.entries.own import own_entries, own_entry
from programmes.entries.repeating import WEEK
from programmes.entries.words import with_words
from programmes.logbook import copied, present, reading
from programmes.logbook.forms import LogForm
from programmes.logbook.opening import day_asked, draft_prefix, entry_typed, form_of, left_unsaved
from programmes.logbook.short_forms import RemoveForm


def log(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """One screen: the form, and the latest entries beneath it."""
    residency = scope_of(request).residency(slug, code, permission="log")
    prefix = draft_prefix(residency)
    if "throw_away" in request.POST:
        drop_draft(request.person, prefix + request.POST["throw_away"][:80])
        return redirect("log", slug, code)
    left = left_unsaved(request.person, prefix) if request.method != "POST" else []
    draft = request.GET.get("draft", "")
    on = day_asked(request.GET.get("on", ""))
    form = form_of(request.person, request.POST, residency, left=left, draft=draft, on=on)
    if request.method == "POST" and form.is_valid():
        form_key = form.cleaned_data["form_key"]

        def deed() -> str:
            drop_draft(request.person, f"{prefix}{form_key}")
            return _save(request, residency, form)

        return redirect(once(form_key, by=request.person, deed=deed, content=request.POST))
    return render(request, "logbook/log.jinja", _page(request, residency, form) | {"left": left})


def _save(request: SignedInRequest, residency: Any, form: LogForm) -> str:
    """Writes the entry, or keeps it until its day has come; where the page says so. A past day stays in the form."""
    person, entry = request.person, entry_typed(form, request.person)
    address = reverse("log", args=[residency.programme.slug, residency.code])
    if form.is_to_come:
        return f"{address}?waits={waiting.plan(residency=residency, entry=entry, by=person).pk}"
    saved = f"{address}?saved={writing.log_activity(residency=residency, entry=entry, by=person).pk}"
    return f"{saved}&on={entry.date}" if entry.date < timezone.localdate() else saved


def _page(request: SignedInRequest, residency: Any, form: LogForm) -> dict[str, Any]:
    """What stands around the form."""
    person, today = request.person, timezone.localdate()
    there = waiting.waiting_in(residency, person)
    waits = next((one for one in there if str(one.pk) == request.GET.get("waits")), None)
    saved = present.planned(residency, waits) if waits else None
    if saved is None and "copied" in request.GET:
        saved = copied.saved(request.GET["copied"], residency, person)
    elif saved is None and "saved" in request.GET:
        saved = present.saved(residency, person, request.GET["saved"], today)
    monday = today - datetime.timedelta(days=today.weekday())
    return {
        "form": form,
        "residency": residency,
        "saved": saved,
        "press": partial(RemoveForm, auto_id=False),
        "waiting": present.waiting(there, person, today),
        "elsewhere": reading.elsewhere(scope_of(request), residency),
        "entries": with_words(own_entries(residency, person)[: reading.RECENT], person),
        "week": reading.minutes_of_week(person, today),
        "last_week": reading.has_entries(person, monday - WEEK),
        "today": today,
        "draft": draft_prefix(residency),
        "warning": present.outside_dates(residency, form.date_shown, today),
    }


def log_entry(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Changes an entry of one's own."""
    residency = scope_of(request).residency(slug, code, permission="log")
    person, prefix = request.person, draft_prefix(residency, pk)
    if "throw_away" in request.POST:
        drop_draft(person, prefix + request.POST["throw_away"][:80])
        return redirect("log_entry", slug, code, pk)
    activity = own_entry(residency, person, pk)
    left = left_unsaved(person, prefix) if request.method != "POST" else []
    draft = request.GET.get("draft", "")
    form = form_of(person, request.POST, residency, activity=activity, left=left, draft=draft)
    changed = False
    if request.method == "POST" and form.is_valid():
        version, form_key = form.cleaned_data["version"], form.cleaned_data["form_key"]

        def deed() -> str:
            drop_draft(person, f"{prefix}{form_key}")
            entry = entry_typed(form, person)
            now = writing.change_activity(activity=activity, entry=entry, version=version, by=person)
            messages.success(request, present.said(now, timezone.localdate()))
            return reverse("log", args=[slug, code])

        try:
            return redirect(once(form_key, by=person, deed=deed, content=request.POST))
        except Changed:
            changed = True
            activity = own_entry(residency, person, pk)
            form.renew(activity.version)
    text = with_words([activity], person)[0][1] if changed else ""
    context = {"form": form, "residency": residency, "activity": activity, "changed": changed, "text": text}
    return render(request, "logbook/entry.jinja", context | {"draft": prefix, "left": left})


def log_remove(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """Asks once more, then takes an entry out. The Undo of one that was just saved presses here too, with `did`."""
    residency = scope_of(request).residency(slug, code, permission="log")
    person = request.person
    take_out = waiting.take_back if "did" in request.POST else writing.remove_activity

    def deed() -> str:
        take_out(activity=own_entry(residency, person, pk), by=person)
        return reverse("log", args=[slug, code])

    if request.method == "POST":
        url = once(request.POST.get("form_key"), by=person, deed=deed)
        messages.success(request, "Removed from your log")
        return redirect(url)
    activity = own_entry(residency, person, pk)
    context = {
        "residency": residency,
        "activity": activity,
        "text": with_words([activity], person)[0][1],
        "goes_along": present.goes_along(activity),
        "form": RemoveForm(),
    }
    return render(request, "logbook/remove.jinja", context)
