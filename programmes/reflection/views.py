"""The pages of the monthly three questions: answer them, see a month, share it; what was shared with a supervisor."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.audit import record_read
from embedded.drafts import Changed, once
from embedded.nhsuk.forms import NhsForm, VersionField
from embedded.nhsuk.words import month as month_words
from programmes.access import scope_of
from programmes.entries.circle import circle
from programmes.reflection import actions, reading
from programmes.reflection.forms import PulseForm


def pulse(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """This month's three questions, and the months before; those alone once the post is over."""
    scope, asked = scope_of(request), request.method == "POST"
    residency = scope.residency(slug, code, permission="log") if asked else scope.own_log(slug, code)
    person, month = request.person, timezone.localdate().replace(day=1)
    months = reading.own_months(residency, person)
    given = reading.of_month(months, month)
    version = given.pulse.version if given else 0
    form = PulseForm(request.POST or None, initial=given.answers if given else {}, version=version)
    kept = None
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data

        def deed() -> str:
            actions.answer_pulse(
                residency=residency, month=month, answers=typed, version=typed["version"], by=person
            )
            return reverse("pulse_month", args=[slug, code, f"{month:%Y-%m}"])

        try:
            url = once(typed["form_key"], by=person, deed=deed, content=request.POST)
        except Changed:
            months = reading.own_months(residency, person)
            kept = reading.of_month(months, month)
            form.renew(kept.pulse.version if kept else 0)
        else:
            messages.success(request, f"Saved for {month_words(month)}")
            return redirect(url)
    context = {"residency": residency, "form": form, "months": months, "month": month, "kept": kept}
    context["writes"] = scope.can("log", residency)
    return render(request, "reflection/pulse.jinja", context)


def pulse_month(request: SignedInRequest, slug: str, code: str, month: str) -> HttpResponse:
    """What was answered, what may help where it is stuck, and whom to ring; a press shares it or takes it back,
    which can be done when the post is over too."""
    residency = scope_of(request).own_log(slug, code)
    writes = scope_of(request).can("log", residency)
    person, today = request.person, timezone.localdate()
    found = reading.own_month(residency, person, _first_of(month))
    supervising = circle(residency, person, today).supervisors
    changed = False
    if request.method == "POST":
        pressed, seen = request.POST.get("press"), VersionField().clean(request.POST.get("version"))

        def deed() -> str:
            if pressed == "share" and found.answers and supervising and writes:
                actions.share_pulse(
                    pulse=found.pulse, answers=found.answers, version=seen, by=person, on=today
                )
            elif pressed == "take_back":
                actions.take_back_pulse(pulse=found.pulse, by=person)
            return reverse("pulse_month", args=[slug, code, month])

        try:
            return redirect(once(request.POST.get("form_key"), by=person, deed=deed, content=request.POST))
        except Changed:
            changed, found = True, reading.own_month(residency, person, _first_of(month))
    context = {
        "residency": residency,
        "found": found,
        "supervisors": supervising,
        "to_ring": reading.to_ring(residency, supervising, today),
        "form": NhsForm(version=found.pulse.version),
        "changed": changed,
        "writes": writes,
    }
    return render(request, "reflection/month.jinja", context)


@require_safe
def pulse_shared(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """What a researcher shared with their academic supervisors, noted as read (P11)."""
    residency = scope_of(request).residency(slug, code, permission="see_pulse")
    months = reading.shared_months(residency)
    if months:
        numbers = [one.pulse.pk for one in months]
        record_read(request.person, "pulse", residency.code, f"p/{slug}/r/{code}", {"pulses": numbers})
    return render(request, "reflection/shared.jinja", {"residency": residency, "months": months})


def _first_of(month: str) -> datetime.date:
    """The first day of "2026-11"; whatever is no month is a 404."""
    try:
        return datetime.datetime.strptime(month, "%Y-%m").date()  # noqa: DTZ007 (a month has no zone)
    except ValueError:
        raise Http404("No such month") from None
