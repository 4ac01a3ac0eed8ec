"""The pages of a month of one's own log."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from embedded.accounts.requests import SignedInRequest
from programmes.weeks.calendar import Month
from programmes.weeks.month import calendar_of


@require_safe
def log_month_now(request: SignedInRequest) -> HttpResponse:
    """Leads to the month that today is in."""
    return redirect("log_month", Month.of(timezone.localdate()).name)


@require_safe
def log_month(request: SignedInRequest, month: str) -> HttpResponse:
    """A calendar of one's own days, to see what is there and what is not; each leads to its list."""
    found = Month.named(month)
    if found is None:
        raise Http404("The calendar has no such month")
    today = timezone.localdate()
    context = {
        "calendar": calendar_of(request.person, found, today),
        "this_month": Month.of(today),
        "today": today,
    }
    return render(request, "weeks/month.jinja", context)
