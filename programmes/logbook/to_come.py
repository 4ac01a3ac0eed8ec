"""What waits for its day: it happened, it did not, or it was otherwise."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import Changed, once
from embedded.nhsuk.words import day
from embedded.vault import Sealer
from programmes.access import scope_of
from programmes.entries import waiting
from programmes.entries.days import LATE_AFTER, check_day
from programmes.logbook.forms import LogForm
from programmes.logbook.opening import entry_typed, form_of

OVER = "That does not wait any more"


def log_waiting(request: SignedInRequest, slug: str, code: str, pk: int) -> HttpResponse:
    """GET asks what to change; a press says that it happened, that it did not, or what it was."""
    residency = scope_of(request).residency(slug, code, permission="log")
    planned = waiting.own_planned(residency, request.person, pk)
    match request.POST.get("did"):
        case "happened":
            return _happened(request, residency, planned)
        case "not":
            return _did_not(request, residency, planned)
    if request.method != "POST" and planned.state != "waiting":
        messages.info(request, OVER)
        return redirect("log", slug, code)
    return _changing(request, residency, planned)


def _changing(request: SignedInRequest, residency: Any, planned: Any) -> HttpResponse:
    """The form; what another window did first is said, and what was typed stays."""
    form = form_of(request.person, request.POST, residency, planned=planned)
    changed = False
    if request.method == "POST" and form.is_valid():
        deed = partial(_otherwise, request, residency, planned, form)
        try:
            form_key = form.cleaned_data["form_key"]
            return redirect(once(form_key, by=request.person, deed=deed, content=request.POST))
        except Changed:
            changed = True
            planned = waiting.own_planned(residency, request.person, planned.pk)
            form.renew(planned.version)
    context = {"form": form, "residency": residency, "planned": planned, "changed": changed}
    gone = planned.state != "waiting"
    return render(request, "logbook/waiting.jinja", context | {"send_to": _log(residency) if gone else ""})


def _happened(request: SignedInRequest, residency: Any, planned: Any) -> HttpResponse:
    """As it was planned, where its day has come and is not full."""
    entry, today = waiting.entry_of(planned, Sealer(request.person)), timezone.localdate()
    problem = "Its day has not come yet" if entry.date > today else ""
    if entry.date < today - LATE_AFTER:
        problem = f"Choose below why {day(entry.date)} is entered late, then save"
    if problem := problem or check_day(request.person, entry.date, entry.minutes):
        messages.warning(request, problem)
        return redirect("log_waiting", residency.programme.slug, residency.code, planned.pk)

    def deed() -> str:
        made = waiting.tick(planned=planned, residency=residency, entry=entry, by=request.person)
        return f"{_log(residency)}?saved={made.pk}"

    return _pressed(request, residency, request.POST.get("form_key"), deed)


def _did_not(request: SignedInRequest, residency: Any, planned: Any) -> HttpResponse:
    def deed() -> str:
        waiting.leave_out(planned=planned, by=request.person)
        messages.success(request, "Left out of your log")
        return _log(residency)

    return _pressed(request, residency, request.POST.get("form_key"), deed)


def _otherwise(request: SignedInRequest, residency: Any, planned: Any, form: LogForm) -> str:
    """Another day to come, or an entry that is not quite what was planned."""
    entry, version, by = entry_typed(form, request.person), form.cleaned_data["version"], request.person
    if form.is_to_come:
        waiting.plan_anew(planned=planned, entry=entry, version=version, by=by)
        return f"{_log(residency)}?waits={planned.pk}"
    made = waiting.tick(planned=planned, residency=residency, entry=entry, version=version, by=by)
    return f"{_log(residency)}?saved={made.pk}"


def _pressed(request: SignedInRequest, residency: Any, form_key: Any, deed: Any) -> HttpResponse:
    """Once; what another window did first is said."""
    try:
        return redirect(once(form_key, by=request.person, deed=deed, content=request.POST))
    except Changed:
        messages.warning(request, OVER)
        return redirect(_log(residency))


def _log(residency: Any) -> str:
    return reverse("log", args=[residency.programme.slug, residency.code])
