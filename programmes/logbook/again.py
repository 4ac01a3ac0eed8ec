"""From anywhere to one's log; the same once more: an entry, or a week of them. The page of the keys."""

from __future__ import annotations

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from embedded.accounts.requests import SignedInRequest
from embedded.drafts import once
from embedded.nhsuk.addresses import is_number
from programmes.access import scope_of
from programmes.entries import repeating
from programmes.entries.days import check_day
from programmes.entries.own import own_entry
from programmes.logbook import reading
from programmes.logbook.copied import led_to, named
from programmes.logbook.opening import day_asked


@require_safe
def log_here(request: SignedInRequest) -> HttpResponse:
    """On to the log of my only residency, or of the one in which I logged last; after the last post to all that I
    logged. Whoever never had a log goes home. `on` names the day to begin with."""
    residency = reading.latest_in(scope_of(request))
    if residency is not None:
        log, on = reverse("log", args=[residency.programme.slug, residency.code]), request.GET.get("on", "")
        return redirect(f"{log}?on={on}" if day_asked(on) else log)
    return redirect("log_all" if reading.ever_logged(request.person) else "home")


@require_POST
def log_repeat(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """An entry once more, today (X-6)."""
    residency = scope_of(request).residency(slug, code, permission="log")
    person, today, asked = request.person, timezone.localdate(), request.POST.get("repeat", "")
    activity = own_entry(residency, person, int(asked) if is_number(asked) else 0)
    if problem := check_day(person, today, activity.minutes):
        messages.warning(request, problem)
        return redirect("log", slug, code)

    def deed() -> str:
        made = repeating.repeat(activity=activity, on=today, by=person)
        return f"{reverse('log', args=[slug, code])}?saved={made.pk}"

    return redirect(once(request.POST.get("form_key"), by=person, deed=deed, content=request.POST))


@require_POST
def log_copy_week(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    """Everything of last week again in this one, in all residencies in which I log; or, with `did`, taken back."""
    scope, today = scope_of(request), timezone.localdate()
    residency = scope.residency(slug, code, permission="log")
    if "did" in request.POST:
        return _take_copy_back(request, slug, code)
    monday = today - datetime.timedelta(days=today.weekday())

    def deed() -> str:
        copied = repeating.copy_week(
            residencies=scope.residencies(permission="log"),
            from_monday=monday - repeating.WEEK,
            to_monday=monday,
            today=today,
            by=request.person,
        )
        if copied:
            return led_to(copied, residency, request.person)
        messages.success(request, "Nothing was left to copy from last week")
        return reverse("log", args=[slug, code])

    return redirect(once(request.POST.get("form_key"), by=request.person, deed=deed, content=request.POST))


def _take_copy_back(request: SignedInRequest, slug: str, code: str) -> HttpResponse:
    copied, here = named(request.GET.get("copied", ""), request.person), reverse("log", args=[slug, code])

    def deed() -> str:
        if copied is None:
            messages.warning(
                request, "It is too late to undo this here. Remove what does not belong in your log"
            )
        else:
            repeating.take_copy_back(copied=copied, by=request.person)
            messages.success(request, "The copy is taken out of your log")
        return here

    return redirect(once(request.POST.get("form_key"), by=request.person, deed=deed))


@require_safe
def keys(request: SignedInRequest) -> HttpResponse:
    """Which keys do something, for whoever has no script for the box that "?" opens."""
    return render(request, "logbook/keys.jinja")
